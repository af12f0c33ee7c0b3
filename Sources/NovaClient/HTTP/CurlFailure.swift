import CCurl
import Foundation

/// A transfer that libcurl gave up, and the one place that turns its codes into errors.
struct CurlFailure {
  var code: CURLcode
  /// What libcurl wrote into its error buffer; it names hosts and certificates, never headers.
  var text: String
  var url: String
  /// `errno` of the connection attempt.
  var systemError: Int32
  /// Whether the connection stood, so that the request was sent.
  var isConnected: Bool
  var timeouts: Timeouts

  var novaError: NovaError {
    var error = NovaError(kind, message)
    error.isUnsent = !isConnected
    return error
  }

  private var kind: NovaError.Kind {
    switch code {
    case CURLE_OPERATION_TIMEDOUT: .timedOut
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS,
      CURLE_SSL_CLIENTCERT:
      .untrusted
    // A server that wants a certificate of ours says so while the connection is made, or right after.
    case CURLE_SSL_CONNECT_ERROR where text.contains("certificate"),
      CURLE_RECV_ERROR where text.contains("certificate"):
      .untrusted
    case CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM, CURLE_URL_MALFORMAT: .misconfigured
    case CURLE_PARTIAL_FILE, CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING, CURLE_WRITE_ERROR,
      CURLE_HTTP2,
      CURLE_HTTP2_STREAM:
      .malformedAnswer
    // The schemes have been checked: this is an answer without a status line (HTTP/0.9).
    case CURLE_UNSUPPORTED_PROTOCOL: .malformedAnswer
    default: .unreachable
    }
  }

  private var message: String {
    let place = Origin(url)?.description ?? "the service"
    // Behind a proxy, libcurl's text names the proxy, and only that is true.
    let isDirect = text.contains(Origin(url)?.host ?? "")
    switch code {
    case CURLE_COULDNT_CONNECT where isDirect && systemError == ECONNREFUSED:
      return "connection refused by \(place)"
    case CURLE_COULDNT_CONNECT where isDirect && (systemError == ENETUNREACH || systemError == EHOSTUNREACH):
      return "no route to \(place)"
    case CURLE_OPERATION_TIMEDOUT where isConnected:
      return "\(place) sent nothing for \(timeouts.stall.wholeSeconds) s"
    case CURLE_OPERATION_TIMEDOUT: return "no connection to \(place) within \(timeouts.connect.inSeconds) s"
    case CURLE_COULDNT_RESOLVE_HOST:
      return "the name \(Origin(url)?.host ?? "of the service") has no address; check its spelling and DNS"
    case CURLE_PEER_FAILED_VERIFICATION:
      let problem = text.replacing("SSL certificate problem: ", with: "").replacing("SSL: ", with: "")
      return "\(place) shows a certificate that is not trusted: \(problem) (cacert names whom to trust)"
    case _ where kind == .untrusted:
      return "\(place) does not accept our certificate, or wants one (cert and key): \(text)"
    // OpenSSL has read something else than the first bytes of TLS.
    case CURLE_SSL_CONNECT_ERROR where text.contains("wrong version number"):
      return "\(place) does not speak TLS; its address may have to begin with http://"
    case CURLE_SSL_CONNECT_ERROR where text.contains("SSL_ERROR_SYSCALL") || text.contains("unexpected eof"):
      return "\(place) ended the connection while TLS began; is it the right port?"
    case CURLE_RECV_ERROR where text.contains("reset"), CURLE_SEND_ERROR where text.contains("reset"):
      return "the connection to \(place) was reset before an answer came"
    case CURLE_GOT_NOTHING: return "\(place) closed the connection without an answer"
    case CURLE_PARTIAL_FILE: return "the answer of \(place) ended too early"
    case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY: return "\(place) does not speak HTTP"
    default: return "\(place): \(text.isEmpty ? String(cString: curl_easy_strerror(code)) : text)"
    }
  }
}

extension Duration {
  /// Seconds with at most three digits after the point, for people.
  fileprivate var inSeconds: String {
    let milliseconds = wholeMilliseconds
    return milliseconds % 1000 == 0 ? "\(milliseconds / 1000)" : "\(Double(milliseconds) / 1000)"
  }
}
