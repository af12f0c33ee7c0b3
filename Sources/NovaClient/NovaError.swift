/// Why a call did not do what it was asked for: a kind to act on, the service's own words, and where to look.
///
/// Sentences for people are made in one place from this (BrowserModel's `Notice`).
public struct NovaError: Error, Hashable, Sendable {
  /// What a caller can act on.
  public enum Kind: Hashable, Sendable {
    /// 400: the service did not understand the request, or refuses its content.
    case badRequest
    /// Keystone refuses who we are: wrong or withdrawn credentials. Trying them again may lock an account.
    case notSignedIn
    /// 401 for a token that has just been given, or that there is no other for: it is the service that does not know
    /// it, and may know one again later.
    case tokenRefused
    /// 403: not allowed; also a protected image and a metadata limit.
    case forbidden
    /// 404 of a resource.
    case notFound
    /// 404 of the route itself, or 406: this endpoint does not offer the images API.
    case notOffered
    /// 409: somebody else changed it meanwhile.
    case conflict
    /// 413 for a request that is too large.
    case tooLarge
    /// 429, or 413 with Retry-After: asked too often.
    case rateLimited
    /// 502, 503, 504, or a message that says that the service behind is down.
    case unavailable
    /// Any other 5xx.
    case serverError
    /// No connection: address, refusal, reset, proxy.
    case unreachable
    /// The server's certificate, or ours, was not accepted.
    case untrusted
    /// Connecting took over 5 s, or nothing arrived for 30 s.
    case timedOut
    /// What came is not an answer of this API: truncated, no JSON, missing parts, absurdly deep.
    case malformedAnswer
    /// The body passed 64 MiB.
    case answerTooLarge
    /// 3xx: a redirect, which is never followed with a token.
    case redirected
    /// `ReadOnlyGate` kept it back.
    case readOnly
    /// clouds.yaml, a variable, an option: something must be corrected before anything can be asked.
    case misconfigured
  }

  /// What to act on.
  public var kind: Kind
  /// The service's message, or ours where no service spoke. Unfiltered: it may hold anything.
  public var message: String
  /// Whether the message is the service's own, word for word.
  public var isServiceMessage = false
  /// Whether it is certain that no service has seen the request, since no connection stood.
  public var isUnsent = false
  /// The HTTP status, where an answer came.
  public var status: Int?
  /// What a service of this API calls the fault, `itemNotFound` for example; nil where somebody else has answered.
  public var fault: String?
  /// `x-openstack-request-id`, by which an administrator finds the exchange.
  public var requestID: String?
  /// How long the service asks to be left alone (`Retry-After`).
  public var retryAfter: Duration?

  /// Makes an error.
  public init(
    _ kind: Kind, _ message: String, status: Int? = nil, requestID: String? = nil,
    retryAfter: Duration? = nil
  ) {
    self.kind = kind
    self.message = message
    self.status = status
    self.requestID = requestID
    self.retryAfter = retryAfter
  }
}
