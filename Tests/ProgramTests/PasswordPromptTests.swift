import Foundation
import Glibc
import NovaClient
import Pilot
import SandboxCloud
import Testing

/// The question for a password, which must leave no terminal that shows nothing, and show no password.
@Suite struct PasswordPromptTests {
  private func withQuestion(_ body: (ServedCloud) async throws -> Void) async throws {
    try await withCloud("amber") { cloud in
      try cloud.workplace.write(cloud.cloudsFile(password: nil), to: ".config/openstack/clouds.yaml")
      try await body(cloud)
    }
  }

  @Test(
    arguments: [
      SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGABRT, SIGSEGV, SIGILL, SIGUSR1, SIGUSR2, SIGALRM, SIGPWR, 34, 64,
    ] as [Int32])
  func `a signal that ends it has the terminal show again what is typed`(_ signal: Int32) async throws {
    try await withQuestion { cloud in
      // With the runtime's own questions after a crash, if it asks any.
      let novalens = try cloud.workplace.start(
        ["--os-cloud", "sandbox"], environment: ["SWIFT_BACKTRACE": "interactive=yes,color=no"])
      try await novalens.waitFor("Password for sandbox:")
      #expect(await novalens.modes != novalens.firstModes)
      await novalens.signal(signal)
      #expect(try await novalens.exitStatus() == -signal)
      #expect(await novalens.modes == novalens.firstModes)
      guard [SIGABRT, SIGSEGV, SIGILL].contains(signal) else { return }
      let files = try cloud.workplace.files()
      let report = try #require(files.first { $0.key.contains("/crash-") })
      #expect(report.value.hasPrefix("novalens "))
      try await novalens.waitFor("A report lies in")
    }
  }

  @Test func `it is asked for at the terminal, wherever standard error leads`() async throws {
    try await withQuestion { cloud in
      let novalens = try cloud.workplace.start(
        ["-c", #"exec "$0" --os-cloud sandbox 2>"$HOME/said""#, PtyProgram.built("novalens")],
        program: "/bin/sh")
      try await novalens.waitFor("Password for sandbox:")
      await novalens.send("demo-secret\r")
      try await novalens.waitFor("1 image ")
      await novalens.send("q")
      #expect(try await novalens.exitStatus() == 0)
      #expect(try cloud.workplace.files()["said"] == "")
    }
  }

  @Test(arguments: ["<C-z>", "SIGTSTP"])
  func `stopped it shows what is typed, and continued it does not`(_ stop: String) async throws {
    try await withQuestion { cloud in
      // A shell that can stop it, but leaves the terminal's modes alone.
      let script = #"set -m; "$0" --os-cloud sandbox; echo "stopped with $?"; read -r answer; fg"#
      let shell = try cloud.workplace.start(
        ["-c", script, PtyProgram.built("novalens")], program: "/bin/bash")
      try await shell.waitFor("Password for sandbox:")
      #expect(await shell.modes != shell.firstModes)
      if stop == "SIGTSTP" {
        kill(try #require(await shell.children().first), SIGTSTP)
      } else {
        await shell.send(stop)
      }
      try await shell.waitFor("stopped with 148")
      #expect(await shell.modes == shell.firstModes)
      await shell.send("\r")
      try await shell.waitUntil("it is asked for again") {
        $0.text.components(separatedBy: "Password for sandbox:").count == 3
      }
      #expect(await shell.modes != shell.firstModes)
      await shell.send("demo-secret\r")
      try await shell.waitFor("1 image ")
      #expect(!String(decoding: await shell.received, as: UTF8.self).contains("secret"))
    }
  }

  @Test func `what a service says to a wrong password is no command to the terminal`() async throws {
    try await withQuestion { cloud in
      let body =
        #"{"error": {"code": 401, "title": "Unauthorized", "message": "no\u001b]0;mine\u0007 \u009b31mway"}}"#
      await cloud.sandbox.inject(
        .answer(HTTPResponse(401, headers: ["Content-Type": "application/json"], body: Data(body.utf8))),
        into: .identity, times: 3)
      let novalens = try cloud.workplace.start(["--os-cloud", "sandbox"])
      for tries in 1...3 {
        try await novalens.waitUntil("it is asked for") {
          $0.text.components(separatedBy: "Password for sandbox:").count == tries + 1
        }
        await novalens.send("wrong\r")
      }
      #expect(try await novalens.exitStatus() != 0)
      #expect(await novalens.text.components(separatedBy: "mine").count == 4)
      #expect(!(await novalens.received.contains(0x1B)))
      #expect(!String(decoding: await novalens.received, as: UTF8.self).contains("\u{9B}"))
    }
  }

  @Test func `in a locale of eight bits it goes to Keystone as UTF-8`() async throws {
    try await withQuestion { cloud in
      let locale = try LatinTests.makeLocale("ru_RU", "KOI8-R", in: cloud.workplace)
      let novalens = try cloud.workplace.start(["--os-cloud", "sandbox"], environment: locale)
      try await novalens.waitFor("Password for sandbox:")
      // "пар" in KOI8-R.
      await novalens.send(bytes: [0xD0, 0xC1, 0xD2, 0x0D])
      try await novalens.waitUntil("it is refused, and asked for again") {
        $0.text.components(separatedBy: "Password for sandbox:").count == 3
      }
      let bodies = await cloud.sandbox.received.compactMap(\.body).map { String(decoding: $0, as: UTF8.self) }
      #expect(bodies.contains { $0.contains(#""password":"пар""#) })
      await novalens.send("demo-secret\r")
      try await novalens.waitFor("RegionOne - demo")
    }
  }

  @Test func `one with a character that the locale does not know is not sent`() async throws {
    try await withQuestion { cloud in
      let novalens = try cloud.workplace.start(["--os-cloud", "sandbox"])
      try await novalens.waitFor("Password for sandbox:")
      // "pär" as a terminal in Latin-1 sends it, to a program in UTF-8.
      await novalens.send(bytes: [0x70, 0xE4, 0x72, 0x0D])
      try await novalens.waitFor("A character of it is not valid in this locale (LC_CTYPE).")
      try await novalens.waitUntil("it is asked for again") {
        $0.text.components(separatedBy: "Password for sandbox:").count == 3
      }
      #expect(await cloud.sandbox.received.isEmpty)
      await novalens.send("demo-secret\r")
      try await novalens.waitFor("RegionOne · demo")
    }
  }

  @Test func `what is typed before the question and behind the password is not lost`() async throws {
    try await withQuestion { cloud in
      let early = try cloud.workplace.start(["--os-cloud", "sandbox"])
      await early.send("demo-sec")
      try await early.waitFor("Password for sandbox:")
      await early.send("ret\r?")
      try await early.waitFor("filter by name while typing")
    }
  }
}
