import Foundation
import Pilot
import SandboxCloud
import Testing

@testable import NovaClient

/// What is known of a secret, and what is left of it.
struct SecretTests {
  @Test func `no way of printing shows it`() {
    let secret = Secret("hunter2")
    var dumped = ""
    dump(secret, to: &dumped)
    for text in ["\(secret)", "\([secret])", String(reflecting: secret), dumped] {
      #expect(!text.contains("hunter2"))
    }
    #expect(secret.reveal() == "hunter2")
  }

  /// The second time one copy is made and let go on purpose, so that it is known to be found.
  @Test(arguments: [([], 0), (["copy"], 1)] as [([String], Int)])
  func `no memory is let go of with a token in it`(_ more: [String], _ count: Int) async throws {
    let sandbox = Sandbox(SandboxSettings(imageCount: 3))
    let server = SandboxServer(sandbox)
    let address = try await server.start()
    let answer = await sandbox.respond(to: SandboxDesk.signIn("demo", project: "demo"))
    let token = try #require(answer.headers["X-Subject-Token"] as String?)
    let program = try PtyProgram.start(
      program: PtyProgram.built("freed-memory"), arguments: ["list", address.computeURL] + more,
      environment: ["OS_TOKEN": token])
    #expect(try await program.exitStatus() == 0)
    await server.stop()
    #expect(await program.text.hasPrefix("freed: \(count)\n"))
    #expect(await sandbox.received.contains { $0.headers["X-Auth-Token"] == token })
  }

  /// Sandboxes with the same seed give out the same tokens.
  @Test(arguments: [([], 0), (["copy"], 2)] as [([String], Int)])
  func `none with what one signs in with or what that gives either`(_ more: [String], _ count: Int)
    async throws
  {
    var tokens: [String] = []
    let twin = Sandbox(SandboxSettings(imageCount: 3))
    for _ in 0..<3 {
      let answer = await twin.respond(to: SandboxDesk.signIn("demo", project: "demo"))
      tokens.append(try #require(answer.headers["X-Subject-Token"] as String?))
    }
    let sandbox = Sandbox(SandboxSettings(imageCount: 3))
    let server = SandboxServer(sandbox)
    let address = try await server.start()
    let program = try PtyProgram.start(
      program: PtyProgram.built("freed-memory"), arguments: ["renew", address.authURL] + more,
      environment: ["TOKENS": tokens.joined(separator: " "), "OS_PASSWORD": "demo-secret"])
    try await program.waitFor("renewed")
    await sandbox.revokeTokens()
    await program.send("\r")
    #expect(try await program.exitStatus() == 0)
    await server.stop()
    #expect(await program.text.contains("freed: \(count)\n"))
    let sent = await sandbox.received.compactMap { $0.headers["X-Auth-Token"] as String? }
    for token in tokens { #expect(sent.contains(token)) }
  }
}
