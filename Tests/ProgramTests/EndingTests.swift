import Glibc
import Pilot
import SandboxCloud
import Testing

/// However the program ends or stops, the terminal is as it was.
@Suite(.serialized) struct EndingTests {
  @Test(arguments: ["q", "<C-c>", "f<C-c>", "/<C-c>", "?qq", "<Enter>qq"])
  func `leaving gives the terminal back`(_ keys: String) async throws {
    try await withCloud("amber") { cloud in
      let novalens = try cloud.browse()
      try await novalens.waitFor("1 image ")
      #expect(await novalens.modes != novalens.firstModes)
      await novalens.send(keys)
      #expect(try await novalens.exitStatus() == 0)
      await expectGivenBack(novalens)
      await novalens.look { #expect($0.text.trimmingPrefix(while: \.isWhitespace).isEmpty) }
    }
  }

  @Test(
    arguments: [
      (SIGTERM, 143), (SIGHUP, 129), (SIGINT, 130), (SIGSEGV, -SIGSEGV), (SIGABRT, -SIGABRT),
      (SIGBUS, -SIGBUS),
      (SIGQUIT, -SIGQUIT),
    ] as [(Int32, Int32)])
  func `a signal that ends it, or a crash, gives the terminal back`(_ signal: Int32, _ status: Int32)
    async throws
  {
    let novalens = try Workplace().start(["--demo"])
    try await novalens.waitFor(" images")
    await novalens.signal(signal)
    #expect(try await novalens.exitStatus() == status)
    await expectGivenBack(novalens)
  }

  @Test func `a signal before the first picture gives the terminal back`() async throws {
    try await withCloud { cloud in
      await cloud.sandbox.inject(.hang, times: .max)
      let novalens = try cloud.browse()
      try await novalens.waitUntil("the screen is taken") { $0.isAlternateScreen }
      await novalens.signal(SIGTERM)
      #expect(try await novalens.exitStatus() == 143)
      await expectGivenBack(novalens)
    }
  }

  @Test func `a cut line ends it`() async throws {
    let novalens = try Workplace().start(["--demo"])
    try await novalens.waitFor(" images")
    await novalens.hangUp()
    let status = try await novalens.exitStatus()
    #expect(status == 129)
  }

  @Test func `Ctrl-Z gives the terminal back whole, and fg brings the picture back`() async throws {
    try await withCloud("amber") { cloud in
      // A shell with job control, but one that leaves the terminal's modes alone.
      let script = #"set -m; "$0"; echo "stopped with $?"; read -r answer; fg; echo "ended with $?""#
      let shell = try cloud.workplace.start(
        ["-c", script, PtyProgram.built("novalens")], program: "/bin/bash", environment: cloud.variables)
      try await shell.waitFor("1 image ")
      await shell.send("<C-z>")
      try await shell.waitFor("stopped with 148")
      await expectGivenBack(shell)

      await shell.resize(columns: 120, rows: 36)
      await shell.send("<Enter>")
      try await shell.waitUntil("the picture is back, as large as the window") {
        $0.isAlternateScreen && $0.text(row: 0).count == 119 && !$0.text(row: 35).isEmpty
      }
      await shell.send("<Esc>q")
      try await shell.waitFor("ended with 0")
      await expectGivenBack(shell)
    }
  }

  @Test func `Ctrl-Z where nobody could continue it changes nothing`() async throws {
    try await withCloud("amber") { cloud in
      let novalens = try cloud.browse()
      try await novalens.waitFor("1 image ")
      await novalens.send("<C-z>?")
      try await novalens.waitFor("filter by name while typing")
      let sent = String(decoding: await novalens.received, as: UTF8.self)
      #expect(sent.ranges(of: "\u{1B}[?1049l").count == 1)
      #expect(sent.ranges(of: "\u{1B}[?1049h").count == 2)
      await novalens.send("qq")
      #expect(try await novalens.exitStatus() == 0)
    }
  }

  @Test(arguments: [SIGPIPE, SIGXFSZ])
  func `a log that nobody reads any more, or that may grow no further, does not end it`(_ signal: Int32)
    async throws
  {
    try await withCloud("amber") { cloud in
      let novalens = try cloud.browse()
      try await novalens.waitFor("1 image ")
      await novalens.signal(signal)
      await novalens.send("?")
      try await novalens.waitFor("Keys")
    }
  }
}
