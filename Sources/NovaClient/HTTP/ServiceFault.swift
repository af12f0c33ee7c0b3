import Foundation

extension NovaError {
  /// The error that an answer stands for, in any of the forms that services of this API and the proxies before them
  /// use (observed): `{"itemNotFound":{"code":404,"message":…}}`, `{"error":{…}}`, `{"message":…,"code":"404 Not
  /// Found"}`, and HTML.
  package init(_ response: HTTPResponse) {
    let fault = ServiceFault(response)
    self.init(
      Self.kind(response, fault), fault.message, status: response.status, requestID: response.requestID,
      retryAfter: Self.retryAfter(response))
    isServiceMessage = fault.hasWords
    self.fault = fault.name
  }

  private static func kind(_ response: HTTPResponse, _ fault: ServiceFault) -> Kind {
    switch response.status {
    case 300...399: .redirected
    case 400: .badRequest
    case 401: .notSignedIn
    case 403: .forbidden
    case 404: fault.isFromRouting ? .notOffered : .notFound
    case 406: .notOffered
    case 409: .conflict
    case 413: response.headers["Retry-After"] == nil ? .tooLarge : .rateLimited
    case 429: .rateLimited
    case 502, 503, 504: .unavailable
    case 500... where fault.message.contains("GlanceConnectionFailed"): .unavailable
    case 500...: .serverError
    default: .badRequest
    }
  }

  /// Seconds, or a time by the service's own clock (RFC 9110, section 10.2.3); at most an hour is believed.
  private static func retryAfter(_ response: HTTPResponse) -> Duration? {
    guard let text = response.headers["Retry-After"] else { return nil }
    if let seconds = Int(text) { return .seconds(min(max(seconds, 0), 3600)) }
    guard let until = HTTPDate.parse(text), let now = response.date else { return nil }
    return .seconds(min(max(until.timeIntervalSince(now), 0), 3600))
  }
}

/// What an answer that is not a good one says.
struct ServiceFault {
  /// The service's message; where there is none, the status.
  var message: String
  /// Whether there is one.
  var hasWords: Bool
  /// Whether the path itself was unknown, rather than what it names: such an answer has no kind of fault around it.
  var isFromRouting: Bool
  /// What stands around the message, as `itemNotFound`.
  var name: String?

  init(_ response: HTTPResponse) {
    let fallback = "the service answered \(response.status)"
    if let body = try? JSONReading.decode(JSONValue.self, from: response) {
      let named = body.object?.first { $0.value["message"]?.string != nil }
      let text = named?.value["message"]?.string ?? body["message"]?.string
      let words = text.map(Self.plain) ?? ""
      hasWords = !words.isEmpty
      message = hasWords ? words : fallback
      isFromRouting = named == nil
      name = named?.key
    } else {
      let html = String(decoding: response.body.prefix(16_384), as: UTF8.self)
      let text = Self.text(ofHTML: html)
      hasWords = !text.isEmpty
      message = hasWords ? text : fallback
      isFromRouting = true
    }
  }

  /// The text of an HTML page's body, on one line.
  private static func text(ofHTML html: String) -> String {
    let start = html.range(of: "<body", options: .caseInsensitive)?.lowerBound ?? html.startIndex
    var text = ""
    var isInTag = false
    for character in html[start...] {
      switch character {
      case "<": isInTag = true
      case ">" where isInTag:
        isInTag = false
        text.append(" ")
      default: if !isInTag { text.append(character) }
      }
    }
    return plain(text)
  }

  /// A message on one line; messages inside JSON hold entities and line breaks of HTML too (observed).
  private static func plain(_ message: String) -> String {
    var text = message.replacingOccurrences(of: "<br />", with: " ")
    for (entity, sign) in [("&quot;", "\""), ("&#x27;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")] {
      text = text.replacingOccurrences(of: entity, with: sign)
    }
    return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
