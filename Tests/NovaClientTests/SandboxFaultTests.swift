import Foundation
import NovaClient
import SandboxCloud
import Testing

@Suite struct SandboxFaultTests {
  private func wire() async throws -> (SandboxDesk, InProcessTransport) {
    let desk = try await SandboxDesk(imageCount: 5)
    return (desk, InProcessTransport(desk.sandbox))
  }

  @Test func `requests are remembered in order`() async throws {
    let (desk, transport) = try await wire()
    _ = try await transport.send(desk.request(.get, "/images?limit=1"))
    _ = try await transport.send(desk.request(.delete, "/images/nope"))
    #expect(
      await desk.sandbox.requests == [
        "GET /compute/v2.1/images?limit=1", "DELETE /compute/v2.1/images/nope",
      ])
    await desk.sandbox.forgetRequests()
    #expect(await desk.sandbox.requests.isEmpty)
  }

  @Test func `a fault meets as many requests as it was meant for, and only those of its pattern`()
    async throws
  {
    let (desk, transport) = try await wire()
    await desk.sandbox.inject(.badGateway, into: .path("/compute/v2.1/images/detail", .get), times: 2)
    var statuses: [Int] = []
    for path in ["/images", "/images/detail", "/images/detail?limit=1", "/images/detail"] {
      statuses.append(try await transport.send(desk.request(.get, path)).status)
    }
    #expect(statuses == [200, 502, 502, 200])
  }

  @Test func `answers of proxies and limiters have their forms`() async throws {
    let (desk, transport) = try await wire()
    await desk.sandbox.inject(.badGateway)
    await desk.sandbox.inject(.unavailable(retryAfter: 3))
    await desk.sandbox.inject(.tooManyRequests(retryAfter: 7))
    await desk.sandbox.inject(.unauthorized)
    await desk.sandbox.inject(.notJSON)
    await desk.sandbox.inject(.nested(levels: 3))
    var answers: [HTTPResponse] = []
    for _ in 0..<6 { answers.append(try await transport.send(desk.request(.get, "/images"))) }
    #expect(answers.map(\.status) == [502, 503, 429, 401, 200, 200])
    #expect(answers[0].headers["Content-Type"]?.hasPrefix("text/html") == true)
    #expect(answers[1].headers["Retry-After"] == "3")
    #expect(try answers[2].json()["overLimit"]?["code"] == 429)
    #expect(answers[2].headers["Retry-After"] == "7")
    #expect(answers[5].text == "[[[]]]")
  }

  @Test func `a gate holds a request until it is opened`() async throws {
    let (desk, transport) = try await wire()
    let gate = Gate()
    await desk.sandbox.inject(.hold(gate))
    async let answer = transport.send(desk.request(.get, "/images?limit=1"))
    await gate.arrival()
    await desk.sandbox.create("made while it was held")
    await gate.open()
    #expect(try await answer.text.contains("made while it was held"))
  }

  @Test func `an answer that is held is the older one`() async throws {
    let (desk, transport) = try await wire()
    let gate = Gate()
    await desk.sandbox.inject(.holdAnswer(gate))
    async let answer = transport.send(desk.request(.get, "/images?limit=1"))
    await gate.arrival()
    await desk.sandbox.create("made while it was held")
    await gate.open()
    #expect(try await !answer.text.contains("made while it was held"))
  }

  @Test func `a request that hangs ends when it is cancelled`() async throws {
    let (desk, transport) = try await wire()
    let gate = Gate()
    await desk.sandbox.inject(.hold(gate))
    await desk.sandbox.inject(.hang)
    let held = Task { try await transport.send(desk.request(.get, "/images")) }
    await gate.arrival()
    let hanging = Task { try await transport.send(desk.request(.get, "/images")) }
    held.cancel()
    hanging.cancel()
    await #expect(throws: CancellationError.self) { try await held.value }
    await #expect(throws: CancellationError.self) { try await hanging.value }
  }

  @Test(arguments: [
    (Fault.drop, NovaError.Kind.unreachable), (.dropAnswer, .unreachable),
    (.cut(afterBytes: 10), .malformedAnswer),
    (.endless, .answerTooLarge),
  ])
  func `a broken connection is an error`(_ fault: Fault, _ kind: NovaError.Kind) async throws {
    let (desk, transport) = try await wire()
    await desk.sandbox.inject(fault)
    let error = await #expect(throws: NovaError.self) {
      try await transport.send(desk.request(.get, "/images"))
    }
    #expect(error?.kind == kind)
  }

  @Test(arguments: [(Fault.drop, 204), (.dropAnswer, 404)])
  func `whether a dropped request was done depends on when it was dropped`(
    _ fault: Fault, _ second: Int
  ) async throws {
    let (desk, transport) = try await wire()
    let id = await desk.sandbox.create("web")
    await desk.sandbox.inject(fault)
    await #expect(throws: NovaError.self) { try await transport.send(desk.request(.delete, "/images/\(id)")) }
    #expect(try await transport.send(desk.request(.delete, "/images/\(id)")).status == second)
  }
}
