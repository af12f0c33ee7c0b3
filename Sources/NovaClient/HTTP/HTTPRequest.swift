public import Foundation

/// One HTTP request as it will go over the wire, before any transport has seen it.
public struct HTTPRequest: Hashable, Sendable {
  /// What is asked for.
  public var method: HTTPMethod
  /// The absolute address, already percent-encoded. It is sent as it stands: no transport may tidy its path,
  /// since `.` and `..` are legal metadata keys.
  public var url: String
  /// Headers beyond those that the transport must add itself (`Host`, `Content-Length`).
  public var headers: HTTPHeaders
  /// The body, for POST and PUT.
  public var body: Data?

  /// Makes a request; nothing is checked here.
  public init(_ method: HTTPMethod, _ url: String, headers: HTTPHeaders = [:], body: Data? = nil) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
  }
}

/// The four methods that the images API and Keystone use.
public enum HTTPMethod: String, Hashable, Sendable {
  /// Reads; the only one that `ReadOnlyGate` lets through, besides sign-in.
  case get = "GET"
  /// Merges metadata; signs in.
  case post = "POST"
  /// Replaces metadata.
  case put = "PUT"
  /// Deletes an image or one metadata item.
  case delete = "DELETE"
}
