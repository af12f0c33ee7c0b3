import Foundation
import NovaClient
import Synchronization
import Testing

@Suite struct TokenRenewalTests {
  /// A clock that a test turns.
  final class TestClock: Sendable {
    private let instant = Mutex(ContinuousClock.now)
    var now: ContinuousClock.Instant { instant.withLock { $0 } }
    func advance(by duration: Duration) { instant.withLock { $0 += duration } }
  }

  let clock = TestClock()

  private func session(_ cloud: StubCloud) -> CloudSession { cloud.session { [clock] in clock.now } }

  @Test func `a refused token is renewed in place and the call repeated`() async throws {
    let cloud = StubCloud()
    let session = session(cloud)
    _ = try await session.send(.images)
    cloud.revokeAll()
    #expect(try await session.send(.images).status == 200)
    #expect(cloud.calls.map { $0.prefix(7) } == ["token-1", "token-1", "token-2"])
  }

  @Test func `calls that meet a 401 together sign in once`() async throws {
    let latch = Latch()
    let cloud = StubCloud { request, cloud in
      // All of them are refused before the first can sign in again.
      if request.headers["X-Auth-Token"] == "token-1", cloud.state.withLock({ $0.revoked }) == 1 {
        await latch.pass()
      }
      return nil
    }
    let session = session(cloud)
    _ = try await session.connect()
    cloud.revokeAll()
    try await withThrowingTaskGroup { group in
      for _ in 1...20 { group.addTask { try await session.send(.images).status } }
      await latch.arrivals(20)
      latch.open()
      for try await status in group { #expect(status == 200) }
    }
    #expect(cloud.signIns == 2)
  }

  @Test func `a call that failed with an older token just repeats`() async throws {
    let latch = Latch()
    let cloud = StubCloud { request, _ in
      if request.headers["X-Auth-Token"] == "token-1", request.url.hasSuffix("/slow") { await latch.pass() }
      return nil
    }
    let session = session(cloud)
    _ = try await session.connect()
    let late = Task { try await session.send(ServiceCall(.get, ["slow"])).status }
    await latch.arrivals(1)
    cloud.revokeAll()
    #expect(try await session.send(.images).status == 200)
    latch.open()
    #expect(try await late.value == 200)
    #expect(cloud.signIns == 2)
  }

  @Test func `a second 401 says that the token is refused, not who we are`() async throws {
    let cloud = StubCloud { request, _ in
      request.method == .get ? StubCloud.error(401, "error", "no") : nil
    }
    let error = await #expect(throws: NovaError.self) { try await session(cloud).send(.images) }
    #expect(error?.kind == .tokenRefused && error?.message == "no")
    #expect(cloud.signIns == 2)
    #expect(cloud.calls.count == 2)
  }

  @Test(arguments: [
    (403, "forbidden", "HTTP 401 Unauthorized: This server could not verify that you are authorized"),
    (500, "computeFault", "Unexpected API Error. <class 'nova.exception.ImageNotAuthorized'>"),
  ])
  func `a refusal in disguise renews the token`(_ status: Int, _ kind: String, _ message: String) async throws
  {
    let cloud = StubCloud { request, _ in
      request.headers["X-Auth-Token"] == "token-1" ? StubCloud.error(status, kind, message) : nil
    }
    #expect(try await session(cloud).send(.images).status == 200)
    #expect(cloud.signIns == 2)
  }

  @Test func `a doubtful refusal that a new token does not help is believed from then on`() async throws {
    let cloud = StubCloud { request, _ in
      request.method == .get ? StubCloud.error(500, "computeFault", "ImageNotAuthorized") : nil
    }
    let session = session(cloud)
    for _ in 1...3 { #expect(try await session.send(.images).status == 500) }
    #expect(cloud.signIns == 2)
    #expect(cloud.calls.count == 4)
  }

  @Test func `a forbidden image is a matter of the token only near its end`() async throws {
    let cloud = StubCloud { request, _ in
      request.headers["X-Auth-Token"] == "token-1"
        ? StubCloud.error(403, "forbidden", "Not authorized for image 1.") : nil
    }
    let session = session(cloud)
    #expect(try await session.send(.images).status == 403)
    #expect(cloud.signIns == 1)
    clock.advance(by: .seconds(3600 - 200))
    #expect(try await session.send(.images).status == 200)
    #expect(cloud.signIns == 2)
  }

  @Test func `other errors are given back as they are`() async throws {
    let cloud = StubCloud { request, _ in
      request.method == .get ? StubCloud.error(403, "forbidden", "You are not allowed.") : nil
    }
    #expect(try await session(cloud).send(.images).status == 403)
    #expect(cloud.signIns == 1)
  }

  @Test func `a token is renewed a minute before its end by Keystone's own clock`() async throws {
    let cloud = StubCloud()
    let session = session(cloud)
    _ = try await session.connect()
    clock.advance(by: .seconds(3600 - 61))
    _ = try await session.connect()
    #expect(cloud.signIns == 1)
    clock.advance(by: .seconds(2))
    _ = try await session.connect()
    #expect(cloud.signIns == 2)
  }

  @Test func `while Keystone is away the old token serves to its end`() async throws {
    let isAway = Mutex(false)
    let cloud = StubCloud { request, _ in
      guard request.method == .post, isAway.withLock({ $0 }) else { return nil }
      throw NovaError(.unreachable, "connection refused by cloud:5000")
    }
    let session = session(cloud)
    _ = try await session.connect()
    isAway.withLock { $0 = true }
    clock.advance(by: .seconds(3600 - 30))
    for _ in 1...3 { #expect(try await session.send(.images).status == 200) }
    #expect(cloud.state.withLock { $0.requests.filter { $0.method == .post }.count } == 2)
    clock.advance(by: .seconds(31))
    let error = await #expect(throws: NovaError.self) { try await session.send(.images) }
    #expect(error?.kind == .unreachable)
    isAway.withLock { $0 = false }
    #expect(try await session.send(.images).status == 200)
  }
}
