import NovaClient
import Synchronization

/// Looks over a session's shoulder for its tokens, which the session itself does not show, and for what it asks.
final class Spy: HTTPTransport {
  private let transport: any HTTPTransport
  private let seen = Mutex<[String]>([])
  private let asked = Mutex<[String]>([])

  init(_ transport: any HTTPTransport) { self.transport = transport }

  /// The tokens that Keystone has given out, oldest first.
  var tokens: [String] { seen.withLock { $0 } }

  /// Every request since the beginning, as method and address.
  var requests: [String] { asked.withLock { $0 } }

  func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    asked.withLock { $0.append("\(request.method.rawValue) \(request.url)") }
    let response = try await transport.send(request)
    if let token = response.headers["X-Subject-Token"] { seen.withLock { $0.append(token) } }
    return response
  }
}
