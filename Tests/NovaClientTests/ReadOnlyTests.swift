import NovaClient
import SandboxCloud
import Testing

@Suite struct ReadOnlyTests {
  @Test(arguments: Wire.both, Operation.writes)
  func `no write leaves a read-only session`(_ wire: Wire, _ operation: Operation) async throws {
    try await ClientDesk.open(wire, readOnly: true) { desk in
      let id = await desk.add("web", secondsAgo: 1) { $0.properties = ["key": "old"] }
      let error = await #expect(throws: NovaError.self) {
        try await operation.perform(desk.client, on: id)
      }
      #expect(error?.kind == .readOnly && error?.status == nil)
      #expect(
        await desk.sandbox.requests.filter { !$0.hasPrefix("GET") } == ["POST /identity/v3/auth/tokens"])
    }
  }

  @Test(arguments: Wire.both, Operation.allCases.filter { !Operation.writes.contains($0) })
  func `a read-only session reads`(_ wire: Wire, _ operation: Operation) async throws {
    try await ClientDesk.open(wire, readOnly: true) { desk in
      let id = await desk.add("web", secondsAgo: 1) { $0.properties = ["key": "old"] }
      try await operation.perform(desk.client, on: id)
      #expect(await desk.asked().count == 1)
    }
  }

  @Test func `a request that only looks like a sign-in does not leave either`() async throws {
    try await ClientDesk.open(.inProcess, readOnly: true) { desk in
      for (url, headers) in [
        (desk.address.computeURL + "/v3/auth/tokens", ["X-Auth-Token": "t"]),
        (desk.address.computeURL + "/images/1/metadata?x=/v3/auth/tokens/", [:]),
      ] as [(String, HTTPHeaders)] {
        let error = await #expect(throws: NovaError.self) {
          try await desk.transport.send(HTTPRequest(.post, url, headers: headers))
        }
        #expect(error?.kind == .readOnly)
      }
      #expect(await desk.sandbox.requests.isEmpty)
    }
  }
}
