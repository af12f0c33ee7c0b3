/// The one place that makes a program harmless: with it, nothing but GET and the sign-in at Keystone can leave the
/// process, whoever asks and by whatever path.
public struct ReadOnlyGate: HTTPTransport {
  private let transport: any HTTPTransport

  /// Puts the gate before a transport.
  public init(_ transport: any HTTPTransport) {
    self.transport = transport
  }

  /// - Throws: `NovaError` of kind `.readOnly` for every request that could change something.
  public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    guard request.method == .get || isSignIn(request) else {
      throw NovaError(.readOnly, "Not sent: this session is read-only (--read-only).")
    }
    return try await transport.send(request)
  }

  /// Keystone hands out a token to a POST; nothing in the cloud changes by it. Whoever has a token is not signing in.
  private func isSignIn(_ request: HTTPRequest) -> Bool {
    request.method == .post && request.url.hasSuffix("/v3/auth/tokens")
      && !request.headers.contains("X-Auth-Token")
  }
}
