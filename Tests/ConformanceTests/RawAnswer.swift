import Foundation
import NovaClient
import Testing

/// An answer as it came, for what our client would not ask or would not show.
struct RawAnswer: Sendable {
  var response: HTTPResponse

  var status: Int { response.status }
  var text: String { String(decoding: response.body, as: UTF8.self) }
  /// The body; null where it is no JSON.
  var json: JSONValue {
    do { return try JSONDecoder().decode(JSONValue.self, from: response.body) } catch { return .null }
  }
  /// What our client would make of it, were it an error.
  var error: NovaError { NovaError(response) }
}

extension CloudUnderTest {
  /// Asks with parameters that `ImageQuery` does not know.
  func get(
    _ path: [String], _ query: [(String, String)] = [], as account: Account = .member
  ) async throws -> RawAnswer {
    try await send(ServiceCall(.get, path, query: query.map { .init($0.0, $0.1) }), as: account)
  }

  /// Sends a call with whatever body.
  func send(_ call: ServiceCall, as account: Account = .member) async throws -> RawAnswer {
    RawAnswer(response: try await client(account).service.send(call))
  }

  /// A request with headers and a body of its own, signed in as an account; the path is one below the endpoint.
  func request(
    _ method: HTTPMethod, _ path: String, headers: HTTPHeaders = [:], body: String? = nil,
    as account: Account = .member
  ) async throws -> RawAnswer {
    let (endpoint, token) = try await access(account)
    var all = headers
    all["X-Auth-Token"] = token
    return RawAnswer(
      response: try await transport.send(
        HTTPRequest(method, endpoint + path, headers: all, body: body.map { Data($0.utf8) })))
  }
}
