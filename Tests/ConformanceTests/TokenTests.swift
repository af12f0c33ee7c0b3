import Foundation
import NovaClient
import Testing

extension ConformanceTests {
  /// Signing in, and tokens that are no good.
  @Suite struct TokenTests {
    private static let refused = "The request you have made requires authentication."

    /// A session whose tokens a test gets to see.
    private func session(
      _ change: (inout KeystoneLogin) -> Void = { _ in }
    ) throws -> (CloudSession, Spy, KeystoneLogin) {
      let cloud = try CloudUnderTest.here()
      var configuration = try cloud.configuration()
      guard case .keystone(var login) = configuration.auth else {
        throw NovaError(.misconfigured, "the suite needs clouds with a Keystone")
      }
      change(&login)
      configuration.auth = .keystone(login)
      let spy = Spy(cloud.transport)
      let used = configuration
      return (CloudSession(transport: spy) { used }, spy, login)
    }

    private func tokens(_ login: KeystoneLogin, _ method: HTTPMethod, _ token: String) -> HTTPRequest {
      let base = login.url.hasSuffix("/v3") ? login.url : login.url + "/v3"
      return HTTPRequest(
        method, base + "/auth/tokens", headers: ["X-Auth-Token": token, "X-Subject-Token": token])
    }

    @Test func `a session knows where it has arrived`() async throws {
      let (session, spy, _) = try session()
      let info = try await session.connect()
      #expect(info.project != nil && info.user != nil && info.region != nil)
      #expect(info.roles.contains("member"))
      #expect(info.endpoint.hasSuffix("/v2.1"))
      #expect(spy.tokens.count == 1)
    }

    @Test func `a wrong password is said in Keystone's words`() async throws {
      let (session, _, _) = try session { login in
        if case .password(let user, _) = login.method { login.method = .password(user, "wrong") }
      }
      let error = await #expect(throws: NovaError.self) { try await session.connect() }
      #expect(error?.kind == .notSignedIn && error?.message.contains(Self.refused) == true)
    }

    @Test func `a token that was taken back is renewed in place`() async throws {
      let cloud = try CloudUnderTest.here()
      let (session, spy, login) = try session()
      // Before its first use: a service that has seen a token believes in it for minutes.
      _ = try await session.connect()
      let token: String = try #require(spy.tokens.first)
      let answer = try await cloud.transport.send(tokens(login, .delete, token))
      #expect(answer.status == 204)
      let found = try await ImagesClient(session).list(ImageQuery(limit: 1)).images
      #expect(found.count == 1 && spy.tokens.count == 2)
    }

    @Test(arguments: [Secret("wrong"), "gAAAAABwrong", nil])
    func `a token that is none is refused, and so is none`(_ token: Secret?) async throws {
      let cloud = try CloudUnderTest.here()
      let (endpoint, _) = try await cloud.access()
      let bare = CloudSession(transport: cloud.transport) {
        CloudConfiguration(endpoint: endpoint, token: token)
      }
      let error = await #expect(throws: NovaError.self) { try await ImagesClient(bare).list() }
      #expect(error?.kind == .tokenRefused && error?.status == 401)
      #expect(error?.message == (token == nil ? CloudSession.wantsToken : Self.refused))
      let answer = try await cloud.transport.send(HTTPRequest(.get, endpoint + "/images"))
      #expect(answer.headers["WWW-Authenticate"]?.hasPrefix("Keystone uri=") == true)
    }

    @Test func `a token buys another`() async throws {
      let (first, spy, _) = try session()
      _ = try await first.connect()
      let token: String = try #require(spy.tokens.first)
      let (second, _, _) = try session { $0.method = .token(Secret(token)) }
      let found = try await ImagesClient(second).list(ImageQuery(limit: 1)).images
      #expect(found.count == 1)
    }

    @Test func `a token without a project is good for nothing`() async throws {
      let cloud = try CloudUnderTest.here()
      let (endpoint, _) = try await cloud.access()
      let (session, spy, _) = try session { $0.scope = .unscoped }
      let error = await #expect(throws: NovaError.self) { try await session.connect() }
      #expect(error?.kind == .misconfigured)
      let token: String = try #require(spy.tokens.first)
      let answer = try await cloud.transport.send(
        HTTPRequest(.get, endpoint + "/images", headers: ["X-Auth-Token": token]))
      #expect(answer.status == 500)
      #expect(NovaError(answer).message == NovaError.crash("keystoneauth1.exceptions.catalog.EmptyCatalog"))
    }

    @Test func `a token says until when it is good`() async throws {
      let cloud = try CloudUnderTest.here()
      let (session, spy, login) = try session()
      _ = try await session.connect()
      let token: String = try #require(spy.tokens.first)
      let answer = RawAnswer(response: try await cloud.transport.send(tokens(login, .get, token)))
      let end = try #require(answer.json["token"]?["expires_at"]?.string.flatMap(Timestamp.parse))
      #expect(answer.status == 200 && end > (answer.response.date ?? .distantFuture))
    }
  }
}
