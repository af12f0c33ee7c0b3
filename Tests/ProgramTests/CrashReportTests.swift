import Console
import Foundation
import Glibc
import NovaClient
import Pilot
import SandboxCloud
import Testing

/// What a crash leaves behind, for whoever has to find out why.
@Suite struct CrashReportTests {
  private func report(_ workplace: Workplace) throws -> (path: String, text: String) {
    let found = try workplace.files().filter { $0.key.contains("novalens/crash-") }
    #expect(found.count == 1)
    let report = try #require(found.first)
    return (report.key, report.value)
  }

  @Test(arguments: [SIGSEGV, SIGABRT, SIGILL]) func `the report is the last thing on the screen`(
    _ signal: Int32
  )
    async throws
  {
    try await withCloud("amber") { cloud in
      let novalens = try cloud.workplace.start(
        ["-c", #"umask 0; exec "$0""#, PtyProgram.built("novalens")], program: "/bin/sh",
        environment: cloud.variables)
      try await novalens.waitFor("1 image ")
      // So many exchanges that not all are kept.
      for number in 0..<55 {
        await novalens.send("y")
        try await novalens.waitFor("\"id\"")
        await novalens.send("<Esc>")
        try await novalens.waitUntil("the list is back, \(number)") { $0.text(row: 3).hasPrefix(" ▌ amber") }
      }
      await novalens.signal(signal)
      #expect(try await novalens.exitStatus() == -signal)
      let (path, text) = try report(cloud.workplace)
      let shown = await novalens.text.split(separator: "\n").suffix(3).joined()
      #expect(shown.replacing("\n", with: "").hasSuffix(path))
      #expect(try cloud.workplace.permissions(of: path) == 0o600)
      #expect(text.hasPrefix("novalens 0.1.0, started 20"))
      #expect(text.contains("Signal \(signal)\n"))
      let lines = text.split(separator: "\n")
      #expect(lines.count { $0.contains("novalens(+0x") } > 2)
      #expect(lines.contains("    in ccurses_report_write"))
      #expect(lines.count { $0.contains("/compute/v2.1/images") } == 50)
      let secrets = Set(await cloud.sandbox.received.compactMap { $0.headers["X-Auth-Token"] }).union([
        "demo-secret"
      ])
      for secret in secrets { #expect(!text.contains(secret)) }
    }
  }

  @Test(arguments: ["vt100", "linux"]) func `it stands alone where the picture stays`(_ term: String)
    async throws
  {
    try await withCloud("amber", "birch", "cedar", "dogwood") { cloud in
      let novalens = try cloud.browse(environment: ["TERM": term])
      try await novalens.waitFor("4 images")
      await novalens.signal(SIGSEGV)
      #expect(try await novalens.exitStatus() == -SIGSEGV)
      let (path, _) = try report(cloud.workplace)
      let lines = await novalens.text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
      let start = try #require(lines.lastIndex(of: "The program has crashed. A report lies in"))
      #expect(lines[(start + 1)...].joined().hasSuffix(path))
      #expect(lines[(start + 1)...].joined().hasPrefix("/"))
    }
  }

  @Test func `a trap is found by the names of functions, which the next start makes readable`() async throws {
    let workplace = try Workplace()
    let report = workplace.home.appending(path: "report.txt").path
    let demo = try workplace.start(
      [], program: PtyProgram.built("console-demo"), environment: ["CONSOLE_DEMO_REPORT": report])
    try await demo.waitFor("marked")
    await demo.send("t")
    #expect([-SIGILL, -SIGTRAP].contains(try await demo.exitStatus()))
    let text = try #require(try workplace.files()["report.txt"])
    let readable = try #require(CrashReport.readable(text))
    #expect(readable.contains("    in console_demo.Demo.trap() -> Swift.Never\n"))
    #expect(CrashReport.readable(readable) == nil)

    // What the program does with one that lies there.
    try workplace.write(text, to: ".local/state/novalens/crash-1-1.txt")
    let novalens = try workplace.start(["--demo"])
    try await novalens.waitFor(" images")
    #expect(try workplace.files()[".local/state/novalens/crash-1-1.txt"] == readable)
    #expect(try workplace.permissions(of: ".local/state/novalens/crash-1-1.txt") == 0o600)
  }

  @Test func `there is a report also where what is said cannot be kept`() async throws {
    let workplace = try Workplace()
    let state = workplace.home.appending(path: ".local/state/novalens")
    try FileManager.default.createDirectory(at: state, withIntermediateDirectories: true)
    let elsewhere = workplace.home.appending(path: "elsewhere")
    try Data("theirs".utf8).write(to: elsewhere)
    try FileManager.default.createSymbolicLink(
      at: state.appending(path: "stderr.log"), withDestinationURL: elsewhere)
    let novalens = try workplace.start(["--demo"])
    try await novalens.waitFor(" ▌ ")
    await novalens.signal(SIGSEGV)
    #expect(try await novalens.exitStatus() == -SIGSEGV)
    let (path, text) = try report(workplace)
    #expect(await novalens.text.replacing("\n", with: "").contains(path))
    #expect(text.contains("Signal 11\n"))
    #expect(try Data(contentsOf: elsewhere) == Data("theirs".utf8))
  }

  @Test func `a link in the report's place is not followed, and a folder of others is not used`() async throws
  {
    let workplace = try Workplace()
    let state = workplace.home.appending(path: ".local/state")
    let elsewhere = workplace.home.appending(path: "elsewhere")
    for folder in [state, elsewhere] {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }
    try FileManager.default.createSymbolicLink(
      at: state.appending(path: "novalens"), withDestinationURL: elsewhere)
    let novalens = try workplace.start(["--demo"], columns: 200)
    try await novalens.waitFor(" ▌ ")
    // An edit, which a draft would be made of.
    await novalens.send("ed")
    try await novalens.waitFor("is a link, and a folder is needed in its place")
    await novalens.signal(SIGSEGV)
    #expect(try await novalens.exitStatus() == -SIGSEGV)
    await expectGivenBack(novalens)
    #expect(try FileManager.default.contentsOfDirectory(atPath: elsewhere.path).isEmpty)
  }
}
