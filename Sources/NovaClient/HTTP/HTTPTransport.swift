/// Carries requests to a service: over the network (`CurlTransport`), to a sandbox in the same process, or through
/// another transport (`ReadOnlyGate`, `RequestLog`).
public protocol HTTPTransport: Sendable {
  /// Sends a request and waits for the whole answer, whatever its status.
  ///
  /// Cancelling the calling task ends the transfer and throws `CancellationError`.
  /// - Throws: `NovaError` where no whole answer came: unreachable, timed out, too large, refused by a gate.
  func send(_ request: HTTPRequest) async throws -> HTTPResponse
}
