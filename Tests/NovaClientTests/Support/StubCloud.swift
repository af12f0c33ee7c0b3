import Foundation
import NovaClient
import Synchronization

/// A Keystone and a compute service of a few lines, so that tests can say which token is good and what comes back.
final class StubCloud: HTTPTransport {
  struct State {
    var password = "right"
    /// How long a token is good for, by Keystone's clock.
    var lifetime: TimeInterval = 3600
    /// Keystone's clock, deliberately not ours.
    var date = Date(timeIntervalSince1970: 1_000_000_000)
    var project = "p"
    var computeURL = "http://cloud:8774/v2.1"
    /// Tokens with a number up to this one are refused.
    var revoked = 0
    var signIns = 0
    var requests: [HTTPRequest] = []
  }

  typealias Handler = @Sendable (HTTPRequest, StubCloud) async throws -> HTTPResponse?

  let state = Mutex(State())
  private let handler: Handler

  /// - Parameter handler: answers before the cloud does, unless it gives nil.
  init(_ handler: @escaping Handler = { _, _ in nil }) { self.handler = handler }

  var signIns: Int { state.withLock { $0.signIns } }

  /// Requests other than sign-ins, as `token path`.
  var calls: [String] {
    state.withLock { state in
      state.requests.filter { $0.method == .get }.map { "\($0.headers["X-Auth-Token"] ?? "-") \($0.url)" }
    }
  }

  func revokeAll() { state.withLock { $0.revoked = $0.signIns } }

  func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    state.withLock { $0.requests.append(request) }
    if let answer = try await handler(request, self) { return answer }
    return request.method == .post ? signIn(request) : compute(request)
  }

  func signIn(_ request: HTTPRequest) -> HTTPResponse {
    state.withLock { state in
      state.signIns += 1
      guard
        request.body.map({ String(decoding: $0, as: UTF8.self).contains("\"\(state.password)\"") }) == true
      else { return Self.error(401, "error", "The request you have made requires authentication.") }
      let end = Timestamp.format(state.date + state.lifetime)
      return HTTPResponse(
        201, headers: ["X-Subject-Token": "token-\(state.signIns)", "Date": HTTPDate.format(state.date)],
        body: Data(
          """
          {"token":{"expires_at":"\(end)","user":{"id":"u","name":"demo"},"project":{"id":"\(state.project)","name":"lab"},
          "roles":[{"id":"1","name":"reader"},{"id":"2","name":"member"}],
          "catalog":[{"type":"compute","endpoints":[
          {"interface":"public","region_id":"one","region":"one","url":"\(state.computeURL)"}]}]}}
          """.utf8))
    }
  }

  func compute(_ request: HTTPRequest) -> HTTPResponse {
    let token = request.headers["X-Auth-Token"]?.split(separator: "-").last.flatMap { Int($0) } ?? 0
    guard token > state.withLock({ $0.revoked }) else {
      return Self.error(401, "error", "The request you have made requires authentication.")
    }
    return HTTPResponse(200, body: Data("{}".utf8))
  }

  static func error(_ status: Int, _ kind: String, _ message: String) -> HTTPResponse {
    HTTPResponse(
      status,
      body: Data(
        JSONValue.object([kind: ["code": .integer(status), "message": .string(message)]]).text().utf8))
  }

  /// A session with this cloud.
  func session(
    _ now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock().now }
  ) -> CloudSession {
    CloudSession(transport: self, now: now) { .stub(password: "right") }
  }
}

extension CloudConfiguration {
  static func stub(password: Secret?) -> CloudConfiguration {
    CloudConfiguration(
      name: "stub",
      auth: .keystone(
        KeystoneLogin(
          url: "http://cloud:5000", method: .password(.name("demo", .id("default")), password),
          scope: .project("lab", .id("default")))))
  }
}

extension ServiceCall {
  static let images = ServiceCall(.get, ["images"])
}
