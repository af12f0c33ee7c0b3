/// A connection to one project of one cloud: it knows the compute endpoint and holds the token.
///
/// Everything that goes to the images API goes through `send`, which signs in when it must and repeats a call once
/// when its token was refused.
public protocol ComputeService: Sendable {
  /// Sends one call to the compute endpoint and gives the answer, whatever its status (401 has been dealt with).
  func send(_ call: ServiceCall) async throws -> HTTPResponse
}

/// One call below a service's endpoint.
public struct ServiceCall: Hashable, Sendable {
  /// What is asked for.
  public var method: HTTPMethod
  /// The path below the endpoint in parts; each will be percent-encoded, so a part may hold a slash.
  public var path: [String]
  /// Query parameters in order; names and values will be percent-encoded.
  public var query: [QueryItem]
  /// The JSON to send.
  public var body: JSONValue?

  /// One `name=value`.
  public struct QueryItem: Hashable, Sendable {
    /// The parameter's name as the service spells it.
    public var name: String
    /// Its value, not yet encoded.
    public var value: String

    /// Makes an item.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Makes a call.
  public init(_ method: HTTPMethod, _ path: [String], query: [QueryItem] = [], body: JSONValue? = nil) {
    self.method = method
    self.path = path
    self.query = query
    self.body = body
  }
}
