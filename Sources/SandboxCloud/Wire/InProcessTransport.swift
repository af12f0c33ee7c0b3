package import NovaClient

/// Carries requests to a sandbox in the same process.
///
/// What breaks a connection over HTTP arrives here as the error that the client's own transport makes of it.
package struct InProcessTransport: HTTPTransport {
  private let sandbox: Sandbox

  /// Where the sandbox's services are for requests through this transport.
  package static let address = SandboxAddress(origin: "http://sandbox.invalid")

  /// A way to a sandbox.
  package init(_ sandbox: Sandbox) {
    self.sandbox = sandbox
  }

  package func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    try Task.checkCancellation()
    let delivery = try await sandbox.deliver(request)
    switch delivery {
    case .whole(let response):
      try Task.checkCancellation()
      return response
    case .cut(let response, let count):
      throw NovaError(
        .malformedAnswer, "The connection ended after \(min(count, response.body.count)) bytes of the answer."
      )
    case .trickle(let response, let count, let pause):
      for _ in stride(from: 0, to: response.body.count, by: max(1, count)) {
        try await Task.sleep(for: pause)
      }
      return response
    case .endless:
      throw NovaError(.answerTooLarge, "The answer passed 64 MiB.")
    case .nothing:
      throw NovaError(.unreachable, "The connection ended without an answer.")
    }
  }
}
