/// Sends requests with libcurl, and reads anew whom to trust when a server is not trusted, so that a corrected
/// clouds.yaml counts without a restart.
public struct RenewedTrust: HTTPTransport {
  private let transport: CurlTransport
  private let source: @Sendable () throws -> TLSSettings

  /// - Parameters:
  ///   - transport: what carries the requests, and whose trust is renewed.
  ///   - source: whom to trust, as it is written now.
  public init(_ transport: CurlTransport, source: @escaping @Sendable () throws -> TLSSettings) {
    self.transport = transport
    self.source = source
  }

  /// Sends the request, and once more when it was a matter of trust and somebody has changed that.
  public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    do {
      return try await transport.send(request)
    } catch let error as NovaError where error.kind == .untrusted || error.kind == .misconfigured {
      // What cannot be read explains nothing that the error does not.
      guard let tls = try? source(), tls != transport.tls else { throw error }
      transport.tls = tls
      return try await transport.send(request)
    }
  }
}
