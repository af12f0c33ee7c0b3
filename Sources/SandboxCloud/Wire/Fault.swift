package import NovaClient

/// Something that goes wrong between a client and the services.
package enum Fault: Sendable {
  /// Somebody on the way answers instead: a proxy, a rate limiter. The services see nothing of it.
  case answer(HTTPResponse)
  /// Nothing comes back until the client gives up.
  case hang
  /// The request is held before the services see it, until the test lets it go.
  case hold(Gate)
  /// The services have done it and answered; the answer is held until the test lets it go.
  case holdAnswer(Gate)
  /// The answer comes late.
  case delay(Duration)
  /// The connection ends without a byte, and the services have not seen the request.
  case drop
  /// No connection comes about, as without an address or with a certificate that nobody trusts. In process only: whoever
  /// listens on a socket cannot do that, and ends the connection.
  case unreached(NovaError)
  /// The services have done it, but the connection ends without a byte of their answer.
  case dropAnswer
  /// The connection ends after so many bytes of the body.
  case cut(afterBytes: Int)
  /// The body trickles: so many bytes at a time, with a pause after each.
  case trickle(bytes: Int, every: Duration)
  /// The body never ends.
  case endless
  /// In the body one text stands for another, as from a service that has a mistake or means harm.
  case replace(String, with: String)
  /// The service says that it has done it and has not (observed of the real one when two writers meet).
  case loseWrite
}

extension Fault {
  /// DNS knows no address, as libcurl's errors are told.
  package static let unknownName = unreached(
    NovaError(.unreachable, "the name nova.invalid has no address; check its spelling and DNS"))
  /// Nobody listens there.
  package static let refused = unreached(
    NovaError(.unreachable, "connection refused by nova.invalid, port 8774"))
  /// The certificate has run out.
  package static let untrusted = unreached(
    NovaError(.untrusted, "nova.invalid shows a certificate that is not trusted: certificate has expired"))

  /// 502 from a proxy, in HTML.
  package static let badGateway = page(502, "Bad Gateway")
  /// 503 from a proxy, in HTML.
  package static func unavailable(retryAfter seconds: Int? = nil) -> Fault {
    page(503, "Service Unavailable", retryAfter: seconds)
  }
  /// 504 from a proxy, in HTML.
  package static let gatewayTimeout = page(504, "Gateway Time-out")

  /// 429 in the form of the compute API's older rate limiter.
  package static func tooManyRequests(retryAfter seconds: Int?) -> Fault { overLimit(429, seconds) }

  /// 413 `overLimit`, which is what the interface document calls the same.
  package static func overLimit(_ status: Int = 413, _ seconds: Int?) -> Fault {
    var response = HTTPResponse(
      .fault(status, "overLimit", "This request was rate-limited."))
    response.headers["Retry-After"] = seconds.map(String.init)
    return .answer(response)
  }

  /// 401 as a service gives it for a token that it no longer takes.
  package static let unauthorized = Fault.answer(
    HTTPResponse(
      SignIn.refused, headers: ["WWW-Authenticate": "Keystone uri=\"http://sandbox.invalid/identity/v3\""]))

  /// 500 with the class of an error that the compute service did not expect.
  package static func unexpected(_ pythonClass: String) -> Fault {
    .answer(HTTPResponse(.unexpected(pythonClass)))
  }

  /// 200 with something that is no JSON, as from a captive portal.
  package static let notJSON = Fault.answer(
    HTTPResponse(.html(200, "Welcome", "Please sign in to the Wi-Fi.")))

  /// 200 with a list that nothing is in.
  package static let emptyList = Fault.answer(HTTPResponse(.json(200, #"{"images": []}"#)))

  /// 200 with lists inside lists.
  package static func nested(levels: Int) -> Fault {
    let body = String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
    return .answer(HTTPResponse(.json(200, body)))
  }

  /// A redirect to another place.
  package static func redirect(to url: String) -> Fault {
    .answer(HTTPResponse(302, headers: ["Location": url]))
  }

  private static func page(_ status: Int, _ title: String, retryAfter seconds: Int? = nil) -> Fault {
    var response = HTTPResponse(.html(status, title, "The server could not reach the service behind it."))
    response.headers["Retry-After"] = seconds.map(String.init)
    return .answer(response)
  }
}

/// Which requests a fault is meant for.
package struct RequestPattern: Sendable {
  private let matches: @Sendable (HTTPRequest) -> Bool

  /// Requests that a condition picks.
  package init(_ matches: @escaping @Sendable (HTTPRequest) -> Bool) {
    self.matches = matches
  }

  /// Every request.
  package static let any = RequestPattern { _ in true }
  /// Everything that goes to the compute service.
  package static let compute = path("/compute/")
  /// Everything that goes to the identity service.
  package static let identity = path("/identity/")

  /// Requests of one method, if one is given, whose path and query begin with a text: `/compute/v2.1/images`.
  package static func path(_ prefix: String, _ method: HTTPMethod? = nil) -> RequestPattern {
    RequestPattern { request in
      (method ?? request.method) == request.method && Wire.pathAndQuery(request).hasPrefix(prefix)
    }
  }

  func covers(_ request: HTTPRequest) -> Bool { matches(request) }
}
