import Foundation
import Glibc
import Pilot
import Testing

/// The person's own editor, when the program or the editor ends or stops in an unusual way.
@Suite struct EditorEndingTests {
  /// Has the modes of a terminal that an editor may set, and waits.
  private static let busy =
    #"stty raw -echo; printf '\033[?1000h\033[?1002h\033[?1003h\033[?1004h\033[?1006h\033[?2004h'; "#
    + #"cut -d ' ' -f 5 /proc/$$/stat >"$HOME/group"; echo "outside now"; while :; do sleep 0.1; done"#

  /// Has a screen of its own, without a cursor.
  private static let screen = #"printf '\033[?1049h\033[?25l'"#

  private func expectCalm(_ program: PtyProgram) async {
    let sent = String(decoding: await program.received, as: UTF8.self)
    for mode in ["1000", "1002", "1003", "1004", "1006", "2004"] {
      let last = sent.ranges(of: "\u{1B}[?\(mode)").map { sent[$0.upperBound...].first }.last
      #expect(last == "l", "mode \(mode) is left on")
    }
  }

  private static func group(_ image: EditedCloud) throws -> Int32 {
    try #require(try image.cloud.workplace.files()["group"].flatMap { Int32($0.dropLast()) })
  }

  /// The editor's group has ended with it. Who is dead is still there until somebody has taken notice of it.
  private func expectGone(_ image: EditedCloud) async throws {
    let group = try Self.group(image)
    let end = ContinuousClock.now + .seconds(10)
    while kill(-group, 0) == 0, ContinuousClock.now < end { _ = poll(nil, 0, 20) }
    #expect(kill(-group, 0) != 0, "the editor is left behind")
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGINT, SIGUSR1, SIGSEGV], [true, false])
  func `the editor ends with the program`(_ signal: Int32, _ isTidy: Bool) async throws {
    try await withImage { image in
      // One that hears of it puts its own screen in order; for one that does not the program has to.
      let tidy = #"trap 'echo told >"$HOME/told"; printf "\033[?1049l\033[?25h"; exit 1' HUP"#
      let editor = try image.script("\(isTidy ? tidy : "true"); \(Self.screen); \(Self.busy)")
      let novalens = try await image.browse(editor: editor)
      await novalens.send("E")
      try await novalens.waitFor("outside now")
      await novalens.signal(signal)
      let status = try await novalens.exitStatus()
      #expect(status == ([SIGTERM, SIGHUP, SIGINT].contains(signal) ? 128 + signal : -signal))
      try await expectGone(image)
      #expect(try !isTidy || image.cloud.workplace.files()["told"] == "told\n")
      await expectCalm(novalens)
      await expectGivenBack(novalens)
      if signal == SIGSEGV { #expect(await novalens.text.contains("crash-")) }
    }
  }

  /// One process, and one that a shell waits for which ends sooner.
  @Test(arguments: ["", "; true"], [SIGTERM, SIGSEGV])
  func `an editor that does not want to end has to`(_ rest: String, _ signal: Int32) async throws {
    try await withImage { image in
      let editor = try image.script("trap '' HUP TERM; \(Self.screen); \(Self.busy)")
      let novalens = try await image.browse(editor: rest.isEmpty ? editor : "f() { \(editor); }; f\(rest); :")
      await novalens.send("E")
      try await novalens.waitFor("outside now")
      await novalens.signal(signal)
      // One more, while it waits for the editor, changes nothing.
      if signal == SIGSEGV { for _ in 0..<5 { await novalens.signal(SIGUSR1) } }
      let status = try await novalens.exitStatus(timeout: .seconds(10))
      #expect(status == (signal == SIGTERM ? 143 : -signal))
      try await expectGone(image)
      await expectCalm(novalens)
      await expectGivenBack(novalens)
      if signal == SIGSEGV { #expect(await novalens.text.contains("crash-")) }
    }
  }

  /// The editor has left a terminal that nobody reads, so the program is held up in the midst of taking it again.
  @Test(arguments: [SIGSEGV, SIGUSR1, SIGTERM])
  func `a signal while the terminal is taken from an editor gives it back`(_ signal: Int32) async throws {
    try await withImage { image in
      let editor = try image.script(
        #"printf '\033[?1003h\033[?1004h'; stty raw -echo; timeout 4 yes outside; exit 0"#)
      let novalens = try await image.browse(editor: "exec \(editor)")
      await novalens.send("E")
      try await novalens.waitUntilBlocked()
      await novalens.signal(signal)
      try await novalens.waitForEndUnread()
      #expect(await novalens.modes == novalens.firstModes)
      #expect(try await novalens.exitStatus() == (signal == SIGTERM ? 143 : -signal))
      await expectCalm(novalens)
      await expectGivenBack(novalens)
    }
  }

  /// In the moments between the editor's last one and the picture, some of which are some run's.
  @Test(arguments: [SIGSEGV, SIGUSR1, SIGTERM])
  func `a signal as the editor ends gives the terminal back`(_ signal: Int32) async throws {
    try await inLanes(2, Array(0..<10)) { number in
      try await withImage { image in
        let editor = try image.script(
          #"stty raw -echo; printf '\033[?1000h\033[?2004h'; (sleep 0.0\#(number); kill -\#(signal) $PPID) & exit 0"#
        )
        let novalens = try await image.browse(editor: "exec \(editor)")
        await novalens.send("E")
        let status = try await novalens.exitStatus()
        #expect(status == (signal == SIGTERM ? 143 : -signal), "\(number)")
        await expectCalm(novalens)
        await expectGivenBack(novalens, "\(number)")
      }
    }
  }

  @Test func `what a dead editor has left on is off`() async throws {
    try await withImage { image in
      let dying = Self.busy.replacing("while", with: "kill -9 $$; while")
      let novalens = try await image.browse(editor: try image.script(dying))
      await novalens.send("E")
      try await novalens.waitFor("The editor was ended by signal 9.")
      await novalens.signal(SIGTERM)
      #expect(try await novalens.exitStatus() == 143)
      await expectCalm(novalens)
      await expectGivenBack(novalens)
    }
  }

  @Test func `the editor has the standard files and no others`() async throws {
    try await withImage { image in
      let editor = try image.script(#"echo "has $(ls /proc/self/fd | tr '\n' ' ')"; read -r answer"#)
      let novalens = try image.cloud.workplace.start(
        ["-c", #"exec 7</dev/null; exec "$0""#, PtyProgram.built("novalens")], program: "/bin/sh",
        environment: image.cloud.variables.merging(["EDITOR": editor]) { $1 })
      try await novalens.waitFor("1 image ")
      await novalens.send("E")
      // The last is what lists them.
      try await novalens.waitUntil("they are listed") { $0.text(row: 0) == "has 0 1 2 3" }
    }
  }

  @Test func `Ctrl-Z in the editor stops both, and fg goes on with it`() async throws {
    try await withImage { image in
      let editor = try image.script(
        #"echo "outside now"; read -r answer; echo "heard $answer"; read -r answer; sed -i 's/ide/virtio/' "$1""#
      )
      let script = #"set -m; "$0"; echo "stopped with $?"; read -r answer; fg; echo "ended with $?""#
      let shell = try image.cloud.workplace.start(
        ["-c", script, PtyProgram.built("novalens")], program: "/bin/bash",
        environment: image.cloud.variables.merging(["EDITOR": editor]) { $1 })
      try await shell.waitFor("1 image ")
      await shell.send("E")
      try await shell.waitFor("outside now")
      await shell.send("<C-z>")
      try await shell.waitFor("stopped with 148")
      await shell.send("\rmore\r")
      try await shell.waitFor("heard more")
      await shell.send("\r")
      try await shell.waitUntil("the edit is there, on our screen") {
        $0.isAlternateScreen && $0.text.contains("was: ide")
      }
    }
  }

  @Test(arguments: [true, false])
  func `stopped with its editor it ends in the background, and so does the editor`(_ goesOnBefore: Bool)
    async throws
  {
    try await withImage { image in
      let shell = try await image.browseInShell(editor: image.script(Self.busy))
      await shell.send("E")
      try await shell.waitFor("outside now")
      // The editor has switched Ctrl-Z off, as most have.
      kill(-(try Self.group(image)), SIGTSTP)
      try await shell.waitFor("stopped with 148")
      let modes = await shell.setShellModes()
      await shell.send(goesOnBefore ? "yes\r" : "\r")
      try await shell.waitFor("stopped again")
      let count = await shell.received.count
      await shell.send("\r")
      try await shell.waitFor("Exit 143")
      try await shell.waitFor("ended")
      try await expectGone(image)
      // The terminal is the shell's, modes and all.
      #expect(await shell.modes == modes)
      #expect(await !shell.received[count...].contains(0x1B))
    }
  }

  @Test func `a Ctrl-Z while the editor is only being started does not hold it up`() async throws {
    try await withImage { image in
      // One command, which the shell becomes without starting another process; it ends when it is told, by Ctrl-D.
      let novalens = try await image.browse(editor: "cat - #")
      for _ in 0..<15 {
        await novalens.send("E")
        try await novalens.sendToGuest("<C-z>")
        await novalens.send("<C-d>")
        try await novalens.waitFor("Nothing was changed.", timeout: .seconds(10))
        await novalens.send("<Esc><C-l>")
        try await novalens.waitUntil("it is said no more") { !$0.text.contains("Nothing was changed.") }
      }
    }
  }

  @Test func `Ctrl-Z in the editor where nobody could continue it changes nothing`() async throws {
    try await withImage { image in
      let novalens = try await image.browse(
        editor: try image.script(#"echo "outside now"; read -r answer; echo "heard $answer"; read -r answer"#)
      )
      await novalens.send("E")
      try await novalens.waitFor("outside now")
      await novalens.send("<C-z>more\r")
      try await novalens.waitFor("heard more")
      await novalens.send("\r")
      try await novalens.waitFor("Nothing was changed.")
    }
  }
}
