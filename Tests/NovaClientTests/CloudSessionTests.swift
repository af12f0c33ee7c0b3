import Foundation
import NovaClient
import Synchronization
import Testing

@Suite struct CloudSessionTests {
  @Test func `the first call signs in and the next ones use its token`() async throws {
    let cloud = StubCloud()
    let session = cloud.session()
    #expect(await session.info == nil)

    for _ in 1...3 { #expect(try await session.send(.images).status == 200) }

    #expect(cloud.signIns == 1)
    #expect(cloud.calls == Array(repeating: "token-1 http://cloud:8774/v2.1/images", count: 3))
    let info = try #require(await session.info)
    #expect(info.cloud == "stub" && info.region == "one" && info.project == "lab" && info.user == "demo")
    #expect(info.roles == ["member", "reader"])
    #expect(info.warnings == [])
  }

  @Test func `calls that come together sign in once`() async throws {
    let latch = Latch()
    let cloud = StubCloud { request, _ in
      if request.method == .post { await latch.pass() }
      return nil
    }
    let session = cloud.session()
    try await withThrowingTaskGroup { group in
      for _ in 1...20 { group.addTask { try await session.send(.images).status } }
      await latch.arrivals(1)
      latch.open()
      for try await status in group { #expect(status == 200) }
    }
    #expect(cloud.signIns == 1)
  }

  @Test func `a call carries its body and no microversion`() async throws {
    let cloud = StubCloud { request, _ in request.method == .put ? HTTPResponse(200) : nil }
    let call = ServiceCall(
      .put, ["images", "..", "metadata", "a/b c"], query: [.init("x", "1 + 1")], body: ["meta": ["k": "v"]])
    _ = try await cloud.session().send(call)
    let request = try #require(cloud.state.withLock { $0.requests.last })
    #expect(request.url == "http://cloud:8774/v2.1/images/%2E%2E/metadata/a%2Fb%20c?x=1%20%2B%201")
    #expect(request.headers.fields.map(\.name) == ["Accept", "X-Auth-Token", "Content-Type"])
    #expect(request.body == Data(#"{"meta":{"k":"v"}}"#.utf8))
  }

  @Test func `a wrong password is said in Keystone's words and asked once`() async throws {
    let cloud = StubCloud()
    cloud.state.withLock { $0.password = "other" }
    let error = await #expect(throws: NovaError.self) { try await cloud.session().send(.images) }
    #expect(error?.kind == .notSignedIn)
    #expect(
      error?.message
        == "user name, password, domain or project is wrong (Keystone: The request you have made requires authentication.)"
    )
    #expect(cloud.signIns == 1)
    #expect(cloud.calls.isEmpty)
  }

  @Test func `the configuration is read again when signing in has failed`() async throws {
    let cloud = StubCloud()
    let password = Mutex<Secret?>("wrong")
    let session = CloudSession(transport: cloud) { .stub(password: password.withLock { $0 }) }
    await #expect(throws: NovaError.self) { try await session.send(.images) }
    password.withLock { $0 = "right" }
    #expect(try await session.send(.images).status == 200)
  }

  @Test func `a missing password is not sent`() async throws {
    let cloud = StubCloud()
    let session = CloudSession(transport: cloud) { .stub(password: nil) }
    let error = await #expect(throws: NovaError.self) { try await session.connect() }
    #expect(error?.kind == .misconfigured)
    #expect(cloud.signIns == 0)
  }

  @Test func `somebody who stops waiting for the sign-in leaves the others to it`() async throws {
    let latch = Latch()
    let cloud = StubCloud { request, _ in
      if request.method == .post { await latch.pass() }
      return nil
    }
    let session = cloud.session()
    let first = Task { try await session.send(.images) }
    await latch.arrivals(1)
    let second = Task { try await session.send(.images) }
    first.cancel()
    await #expect(throws: CancellationError.self) { try await first.value }
    latch.open()
    #expect(try await second.value.status == 200)
    #expect(try await session.send(.images).status == 200)
  }

  @Test func `a sign-in for which nobody waits any more is cancelled and the next call begins another`()
    async throws
  {
    let (cancellations, cancelled) = AsyncStream.makeStream(of: Void.self)
    let latch = Latch()
    let cloud = StubCloud { request, cloud in
      guard request.method == .post, cloud.state.withLock({ $0.requests.count }) == 1 else { return nil }
      await withTaskCancellationHandler {
        await latch.pass()
      } onCancel: {
        cancelled.yield()
      }
      throw CancellationError()
    }
    let session = cloud.session()
    let first = Task { try await session.send(.images) }
    await latch.arrivals(1)
    first.cancel()
    await #expect(throws: CancellationError.self) { try await first.value }
    for await _ in cancellations { break }
    #expect(try await session.send(.images).status == 200)
    latch.open()
  }

  @Test func `an endpoint alone needs no Keystone`() async throws {
    let cloud = StubCloud()
    let session = CloudSession(transport: cloud) {
      CloudConfiguration(endpoint: "http://127.0.0.1:8774/v2.1/", token: "my-7")
    }
    #expect(try await session.send(.images).status == 200)
    #expect(cloud.calls == ["my-7 http://127.0.0.1:8774/v2.1/images"])
    #expect(cloud.signIns == 0)
    #expect(await session.info?.cloud == "127.0.0.1:8774")
  }

  @Test func `an endpoint alone whose token is refused is asked once`() async throws {
    let cloud = StubCloud()
    let session = CloudSession(transport: cloud) {
      CloudConfiguration(endpoint: "http://cloud/v2.1", token: nil)
    }
    let error = await #expect(throws: NovaError.self) { try await session.send(.images) }
    #expect(error?.kind == .tokenRefused && error?.status == 401)
    #expect(cloud.calls == ["- http://cloud/v2.1/images"])
  }

  @Test func `the read-only gate lets the sign-in through and no write`() async throws {
    let cloud = StubCloud()
    let session = CloudSession(transport: ReadOnlyGate(cloud)) { .stub(password: "right") }
    #expect(try await session.send(.images).status == 200)
    for method in [HTTPMethod.post, .put, .delete] {
      let error = await #expect(throws: NovaError.self) {
        try await session.send(ServiceCall(method, ["images", "v3", "auth", "tokens"]))
      }
      #expect(error?.kind == .readOnly)
    }
    #expect(cloud.state.withLock { $0.requests.filter { $0.method != .get }.count } == 1)
  }

  @Test func `a plain endpoint after an encrypted sign-in is warned about`() async throws {
    let cloud = StubCloud()
    let session = CloudSession(transport: cloud) {
      var configuration = CloudConfiguration.stub(password: "right")
      if case .keystone(var login) = configuration.auth {
        login.url = "https://cloud:5000/v3"
        configuration.auth = .keystone(login)
      }
      return configuration
    }
    let warnings = try await session.connect().warnings
    #expect(
      warnings == ["The token goes in the clear: sign-in is https, but compute is http://cloud:8774/v2.1."])
  }

  @Test func `a later sign-in is warned of as well, where there is something new`() async throws {
    let cloud = StubCloud()
    let tls = Mutex(true)
    let warned = Mutex<[[String]]>([])
    let session = CloudSession(
      transport: cloud, onWarnings: { warnings in warned.withLock { $0.append(warnings) } },
      source: {
        var configuration = CloudConfiguration.stub(password: "right")
        configuration.tls.verify = tls.withLock { $0 }
        return configuration
      })
    #expect(try await session.connect().warnings == [])
    cloud.revokeAll()
    _ = try await session.send(.images)
    #expect(warned.withLock { $0 } == [])
    tls.withLock { $0 = false }
    for _ in 0..<2 {
      cloud.revokeAll()
      _ = try await session.send(.images)
    }
    #expect(warned.withLock { $0 } == [["Certificates are not checked (verify is off)."]])
  }

  @Test func `a corrected configuration may not lead to another project unseen`() async throws {
    let cloud = StubCloud()
    let session = cloud.session()
    _ = try await session.send(.images)
    cloud.state.withLock { $0.project = "another" }
    cloud.revokeAll()
    let error = await #expect(throws: NovaError.self) { try await session.send(.images) }
    #expect(error?.kind == .notSignedIn && error?.message.contains("another project") == true)
    // Back at the first one, all goes on.
    cloud.state.withLock { $0.project = "p" }
    #expect(try await session.send(.images).status == 200)
  }
}
