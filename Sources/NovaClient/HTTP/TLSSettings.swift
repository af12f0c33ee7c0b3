/// Whom a transport trusts and how it identifies itself, as clouds.yaml says it.
public struct TLSSettings: Hashable, Sendable {
  /// A file with the certificates to trust instead of the system's, in PEM.
  public var cacert: String?
  /// Our own certificate, in PEM; it may hold the key as well.
  public var cert: String?
  /// The private key of `cert`, where it lies in a file of its own.
  public var key: String?
  /// Whether the server's certificate and its name are checked. Nobody should turn this off.
  public var verify: Bool

  /// Trusts the system's certificates unless told otherwise.
  public init(cacert: String? = nil, cert: String? = nil, key: String? = nil, verify: Bool = true) {
    self.cacert = cacert
    self.cert = cert
    self.key = key
    self.verify = verify
  }
}
