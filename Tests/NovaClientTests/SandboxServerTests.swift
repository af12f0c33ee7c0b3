import Foundation
import NovaClient
import SandboxCloud
import Testing

/// The served sandbox through another client than ours.
@Suite struct SandboxServerTests {
  /// Serves a small cloud while a body runs.
  private func serving(_ body: (SandboxDesk, SandboxAddress) async throws -> Void) async throws {
    let desk = try await SandboxDesk(imageCount: 300)
    let server = SandboxServer(desk.sandbox)
    let address = try await server.start()
    do {
      try await body(desk, address)
    } catch {
      await server.stop()
      throw error
    }
    await server.stop()
  }

  private func load(_ request: HTTPRequest, from address: SandboxAddress) async throws -> HTTPResponse {
    try await PlainClient(port: try port(address)).send(request, host: String(address.origin.dropFirst(7)))
  }

  private func port(_ address: SandboxAddress) throws -> UInt16 {
    try #require(UInt16(address.origin.split(separator: ":").last ?? ""))
  }

  @Test func `it listens on loopback and answers what the sandbox answers`() async throws {
    try await serving { desk, address in
      #expect(address.origin.hasPrefix("http://127.0.0.1:"))
      let request = desk.request(.get, "/images/detail?limit=200")
      let response = try await load(request, from: address)
      let inProcess = await desk.sandbox.respond(to: request).text
      #expect(response.status == 200)
      #expect(response.headers["OpenStack-API-Version"] == "compute 2.1")
      #expect(
        String(decoding: response.body, as: UTF8.self)
          == inProcess.replacingOccurrences(of: InProcessTransport.address.origin, with: address.origin))
    }
  }

  @Test func `signing in gives a catalogue that leads back to it, and a deletion works`() async throws {
    try await serving { desk, address in
      let response = try await load(SandboxDesk.signIn("demo", project: "demo"), from: address)
      #expect(response.status == 201)
      #expect(response.headers["X-Subject-Token"] != nil)
      #expect(String(decoding: response.body, as: UTF8.self).contains("\"\(address.computeURL)\""))
      let id = await desk.sandbox.create("web")
      let deletion = try await load(desk.request(.delete, "/images/\(id)"), from: address)
      #expect(deletion.status == 204)
      #expect(await desk.sandbox.image(id) == nil)
    }
  }

  @Test(arguments: [Fault.drop, .cut(afterBytes: 100)])
  func `a broken connection is broken on the wire`(_ fault: Fault) async throws {
    try await serving { desk, address in
      await desk.sandbox.inject(fault)
      await #expect(throws: PlainClient.Broken.self) {
        try await load(desk.request(.get, "/images"), from: address)
      }
    }
  }

  @Test func `a body that trickles arrives whole`() async throws {
    try await serving { desk, address in
      await desk.sandbox.inject(.trickle(bytes: 200, every: .milliseconds(1)))
      let body = try await load(desk.request(.get, "/images?limit=5"), from: address).body
      #expect(try JSONDecoder().decode(JSONValue.self, from: body)["images"]?.array?.count == 5)
    }
  }

  @Test func `it stops while a request hangs, and its port is free again`() async throws {
    let desk = try await SandboxDesk(imageCount: 1)
    let server = SandboxServer(desk.sandbox)
    let address = try await server.start()
    let gate = Gate()
    await desk.sandbox.inject(.hold(gate))
    let hanging = Task { _ = try await load(desk.request(.get, "/images"), from: address) }
    await gate.arrival()
    await server.stop()
    await #expect(throws: PlainClient.Broken.self) { try await hanging.value }
    let second = SandboxServer(desk.sandbox)
    #expect(try await second.start(port: port(address)) == address)
    await second.stop()
  }

  @Test func `a port that is taken is an error at once`() async throws {
    try await serving { desk, address in
      let second = SandboxServer(desk.sandbox)
      await #expect(throws: (any Error).self) { try await second.start(port: port(address)) }
    }
  }
}
