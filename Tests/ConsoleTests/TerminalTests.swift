import Glibc
import Pilot
import Testing

/// Console on a real pseudo-terminal, by way of the `console-demo` program.
struct TerminalTests {
  private func start(
    _ arguments: [String] = [], environment: [String: String] = [:], columns: Int = 80, rows: Int = 24
  ) throws -> PtyProgram {
    try PtyProgram.start(
      program: PtyProgram.built("console-demo"), arguments: arguments, environment: environment,
      columns: columns, rows: rows)
  }

  @Test func `a screen is shown as it was drawn`() async throws {
    let demo = try start()
    try await demo.waitFor("marked")
    await demo.look { terminal in
      #expect(terminal.isAlternateScreen)
      #expect(terminal.text(row: 0).hasPrefix("console-demo 80x24"))
      #expect(terminal.text(row: 1) == "▌ 日本語 e\u{301} 👨👩 ␛[31m \u{FFFD}abc" + "              │")
      #expect(terminal.cell(row: 1, column: 40).text == "│")
      #expect(terminal.cell(row: 1, column: 2) == TerminalCell("日", width: 2, isReversed: true))
      #expect(terminal.cell(row: 0, column: 0) == TerminalCell("c", isBold: true))
      #expect(terminal.cell(row: 9, column: 0) == TerminalCell("d", foreground: 1, isBold: true))
      #expect(terminal.cell(row: 4, column: 0) == TerminalCell("f", isDim: true))
      #expect(terminal.cursor == (1, 0))
      #expect(terminal.isCursorVisible)
    }
  }

  @Test func `keys arrive, also those that a line discipline would take`() async throws {
    let demo = try start()
    try await demo.waitFor("marked")
    await demo.send("<Up><C-c><C-s><C-q><BS><Enter>é")
    try await demo.waitFor(
      #"up control("c") control("s") control("q") backspace enter character("é")"#)
  }

  @Test func `a lone Esc is a key within its short wait`() async throws {
    let demo = try start()
    try await demo.waitFor("marked")
    await demo.send("<Esc>")
    try await demo.waitFor("escape")
  }

  @Test func `nothing is sent while nothing changes, and little for a small change`() async throws {
    let demo = try start()
    try await demo.waitFor("marked")
    try await demo.settle()
    let before = await demo.bytesReceived
    await demo.send("j")
    try await demo.waitFor("character")
    try await demo.settle()
    let after = await demo.bytesReceived
    #expect(after - before < 60)
    try await demo.settle()
    #expect(await demo.bytesReceived == after)
  }

  @Test func `another window size is told and drawn`() async throws {
    let demo = try start()
    try await demo.waitFor("marked")
    await demo.resize(columns: 100, rows: 30)
    try await demo.waitFor("console-demo 100x30")
    await demo.resize(columns: 20, rows: 5)
    try await demo.waitFor("console-demo 20x5")
    await demo.send("q")
    #expect(try await demo.exitStatus() == 0)
  }

  @Test(arguments: ["q", "SIGTERM", "SIGHUP", "SIGINT", "t", "a", "SIGQUIT"])
  func `however it ends, the terminal is given back as it was`(_ end: String) async throws {
    let demo = try start()
    try await demo.waitFor("marked")
    #expect(await demo.modes != demo.firstModes)

    let signals = ["SIGTERM": SIGTERM, "SIGHUP": SIGHUP, "SIGINT": SIGINT, "SIGQUIT": SIGQUIT]
    if let signal = signals[end] { await demo.signal(signal) } else { await demo.send(end) }
    let status = try await demo.exitStatus()

    let expected = ["q": 0, "SIGTERM": 143, "SIGHUP": 129, "SIGINT": 130, "a": -SIGABRT, "SIGQUIT": -SIGQUIT]
    if end == "t" { #expect([-SIGILL, -SIGTRAP].contains(status)) } else { #expect(status == expected[end]) }
    #expect(await demo.modes == demo.firstModes)
    await demo.look { terminal in
      #expect(!terminal.isAlternateScreen)
      #expect(terminal.isCursorVisible)
    }
    let received = String(decoding: await demo.received, as: UTF8.self)
    #expect(received.contains("\u{1B}[?2004h"))
    let lastPasteMode = received.ranges(of: "\u{1B}[?2004").last.map { received[$0.upperBound...].first }
    #expect(lastPasteMode == "l")
  }

  @Test func `a cut line ends the program`() async throws {
    let demo = try start()
    try await demo.waitFor("marked")
    await demo.hangUp()
    #expect(try await demo.exitStatus() == 129)
  }

  @Test(arguments: ["<C-z>", "SIGTSTP", "SIGSTOP"])
  func `a shell can stop and continue it`(_ stop: String) async throws {
    // Job control needs a shell: a program whose parent could not continue it is not stopped.
    let shell = try PtyProgram.start(
      program: "/bin/bash", arguments: ["--norc", "--noprofile", "-i"], environment: ["PS1": "ready> "])
    try await shell.waitFor("ready>")
    await shell.send("\(PtyProgram.built("console-demo"))<Enter>")
    try await shell.waitFor("marked")

    if stop == "<C-z>" {
      await shell.send(stop)
    } else {
      let names = ["SIGTSTP": SIGTSTP, "SIGSTOP": SIGSTOP]
      let child = try #require(await shell.children().first)
      kill(child, try #require(names[stop]))
    }
    try await shell.waitFor("Stopped")
    if stop != "SIGSTOP" { await shell.look { #expect(!$0.isAlternateScreen) } }

    await shell.send("fg<Enter>")
    try await shell.waitUntil("the picture is back") {
      $0.isAlternateScreen && $0.text(row: 2) == "plain" && !$0.text.contains("Stopped")
    }
    await shell.send("j")
    try await shell.waitFor(#"character("j")"#)
    await shell.send("q")
    try await shell.waitUntil("the shell is back") { !$0.isAlternateScreen && $0.text.contains("ready>") }
  }

  @Test func `another program can have the terminal for a while`() async throws {
    let demo = try start()
    try await demo.waitFor("marked")
    await demo.send("o")
    try await demo.waitUntil("the other program asks") {
      !$0.isAlternateScreen && $0.text.contains("outside:")
    }
    #expect(await demo.modes.isCooked)
    await demo.send("yes<Enter>")
    try await demo.waitFor("sh ended with 0")
    await demo.look { #expect($0.isAlternateScreen && $0.text(row: 2) == "plain") }
  }

  @Test func `output that was stopped while another program had the terminal goes on`() async throws {
    let demo = try start()
    try await demo.waitFor("marked")
    await demo.send("o")
    try await demo.waitFor("outside:")
    await demo.send("<C-s>yes<Enter>")
    try await demo.waitFor("sh ended with 0")
  }

  @Test func `a paste is one key, and copying asks the terminal`() async throws {
    let demo = try start()
    try await demo.waitFor("marked")
    await demo.send(bytes: Array("\u{1B}[200~one\rtwo\u{1B}[201~c".utf8))
    try await demo.waitFor("copied")
    try await demo.waitFor(#"paste("one\ntwo")"#)
    #expect(String(decoding: await demo.received, as: UTF8.self).contains("\u{1B}]52;c;MTU1ZDkwMGY=\u{07}"))
  }

  @Test func `without UTF-8 only ASCII is sent`() async throws {
    let demo = try start(environment: ["LANG": "", "LC_ALL": "C"])
    try await demo.waitFor("marked")
    await demo.look { #expect($0.text(row: 1).hasPrefix("> ?????? e ???? ?[31m ?abc")) }
    #expect(await demo.received.allSatisfy { $0 < 0x80 })
  }

  @Test func `without colours none are sent`() async throws {
    let demo = try start(environment: ["NO_COLOR": "1"])
    try await demo.waitFor("marked")
    await demo.look { terminal in
      for row in 0..<24 { #expect(terminal.cell(row: row, column: 0).foreground == nil) }
      #expect(terminal.cell(row: 9, column: 0).isBold)
    }
  }

  @Test(
    arguments: [
      "xterm-256color", "xterm", "screen-256color", "tmux-256color", "screen", "linux", "vt100", "vt220",
      "rxvt-unicode", "alacritty", "kitty",
    ])
  func `every terminal that people use can be drawn on and given back`(_ term: String) async throws {
    let demo = try start(environment: ["TERM": term])
    try await demo.waitFor("marked")
    await demo.look { #expect($0.text(row: 1).contains("日本語 e\u{301}")) }
    await demo.send("<Down>q")
    #expect(try await demo.exitStatus() == 0)
    #expect(await demo.modes == demo.firstModes)
  }

  @Test func `a pipe is refused`() async throws {
    let demo = try PtyProgram.start(
      program: "/bin/sh", arguments: ["-c", "\(PtyProgram.built("console-demo")) </dev/null"])
    #expect(try await demo.exitStatus() == 2)
    #expect(await demo.text.hasPrefix("console-demo: standard input and output must be a terminal"))
  }

  @Test(
    arguments: [
      ("dumb", "console-demo: TERM=dumb cannot place its cursor"),
      ("nonsense", "console-demo: TERM=nonsense is not known here"),
      (
        "a\u{1B}[31m\u{9B}b",
        #"console-demo: TERM=a\u{1B}[31m\u{009B}b is not known here;"#
      ),
      ("", "console-demo: TERM is not set"),
    ])
  func `a terminal that cannot be used is refused in one line`(_ term: String, _ words: String) async throws {
    let demo = try start(environment: ["TERM": term])
    #expect(try await demo.exitStatus() == 2)
    let received = String(decoding: await demo.received, as: UTF8.self)
    #expect(received.hasPrefix(words))
    #expect(received.filter { $0.isNewline }.count == 1)
  }
}
