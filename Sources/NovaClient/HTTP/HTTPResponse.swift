public import Foundation

/// One whole HTTP answer.
public struct HTTPResponse: Hashable, Sendable {
  /// The status code, 100 to 599.
  public var status: Int
  /// All header fields.
  public var headers: HTTPHeaders
  /// The body, at most 64 MiB; empty where there is none.
  public var body: Data

  /// Makes an answer, as transports and the sandbox do.
  public init(_ status: Int, headers: HTTPHeaders = [:], body: Data = Data()) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// The id under which the service's own log has this exchange (`x-openstack-request-id`).
  public var requestID: String? {
    headers["x-openstack-request-id"] ?? headers["x-compute-request-id"]
  }

  /// The service's clock when it answered, to the second (RFC 9110, section 6.6.1); nil where it is missing or
  /// malformed. Everything that is asked "since" uses this clock and never the machine's own.
  public var date: Date? { headers["Date"].flatMap(HTTPDate.parse) }
}
