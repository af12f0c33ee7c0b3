import CCurl
import Foundation

/// One request inside libcurl: it owns the easy handle and everything that the handle points to. Only the curl
/// thread sees it.
final class CurlTransfer {
  let easy: UnsafeMutableRawPointer
  private let multi: UnsafeMutableRawPointer
  private let job: CurlJob
  private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
  private var requestHeaders: UnsafeMutablePointer<curl_slist>?
  private var answer: CurlAnswer

  /// Prepares the request and gives it to the multi handle, which begins with it at its next turn.
  /// - Throws: `NovaError` where libcurl refuses an option.
  init(_ job: CurlJob, in multi: UnsafeMutableRawPointer) throws {
    guard let easy = curl_easy_init() else { preconditionFailure("libcurl has no memory for a request") }
    self.easy = easy
    self.multi = multi
    self.job = job
    answer = CurlAnswer(maximumBody: job.options.maximumBody)
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    try setRequest()
    try setLimits()
    try setTLS()
    try setCallbacks()
    curl_multi_add_handle(multi, easy)
  }

  deinit {
    // Does nothing for a handle that was never added.
    curl_multi_remove_handle(multi, easy)
    curl_easy_cleanup(easy)
    curl_slist_free_all(requestHeaders)
    errorText.deallocate()
  }

  /// Gives the caller its answer, or what libcurl says went wrong.
  func finish(_ code: CURLcode) {
    do {
      if let refusal = answer.refusal { throw refusal }
      guard code == CURLE_OK else { throw failure(code).novaError }
      job.continuation.resume(returning: try answer.response(status: status))
    } catch {
      job.continuation.resume(throwing: error)
    }
  }

  /// Ends the transfer with an error of ours.
  func finish(throwing error: any Error) { job.continuation.resume(throwing: error) }

  private var status: Int {
    var value = 0
    ccurl_get_long(easy, CURLINFO_RESPONSE_CODE, &value)
    return value
  }

  private func failure(_ code: CURLcode) -> CurlFailure {
    var systemError = 0
    ccurl_get_long(easy, CURLINFO_OS_ERRNO, &systemError)
    var connected: curl_off_t = 0
    ccurl_get_offset(easy, CURLINFO_PRETRANSFER_TIME_T, &connected)
    return CurlFailure(
      code: code, text: String(cString: errorText), url: job.request.url, systemError: Int32(systemError),
      isConnected: connected > 0, timeouts: job.options.timeouts)
  }
}

extension CurlTransfer {
  private func setRequest() throws {
    try set(CURLOPT_URL, job.request.url)
    try set(CURLOPT_CUSTOMREQUEST, job.request.method.rawValue)
    try set(CURLOPT_USERAGENT, job.options.userAgent)
    // What the services speak. For HTTP/2 libcurl has a library that leaves tokens in memory that it has let go of.
    try set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
    // `.` and `..` are legal metadata keys.
    try set(CURLOPT_PATH_AS_IS, 1)
    try set(CURLOPT_FOLLOWLOCATION, 0)
    // When a kept connection ends without a word, libcurl sends the request again on a new one, whatever its
    // method. The service may have carried it out, so a write gets a new connection from the start.
    if job.request.method != .get { try set(CURLOPT_FRESH_CONNECT, 1) }
    try set(CURLOPT_PROTOCOLS_STR, "http,https")
    // libcurl adds both to a body: the one costs a round trip, the other is not what we send.
    var lines = ["Expect:", "Content-Type:"]
    if job.request.headers["Content-Type"] != nil { lines.removeLast() }
    for line in lines { requestHeaders = curl_slist_append(requestHeaders, line) }
    for field in job.request.headers.fields {
      let longer = field.withBytes {
        ccurl_append_header(requestHeaders, field.name, $0.baseAddress, $0.count)
      }
      guard let longer else { throw failure(CURLE_OUT_OF_MEMORY).novaError }
      requestHeaders = longer
    }
    try check(ccurl_set_pointer(easy, CURLOPT_HTTPHEADER, requestHeaders))
    guard job.request.body != nil || job.request.method == .post || job.request.method == .put else { return }
    let body = job.request.body ?? Data()
    try set(CURLOPT_POSTFIELDSIZE, body.count)
    // Without an address, libcurl would read the body from standard input.
    guard !body.isEmpty else { return try set(CURLOPT_COPYPOSTFIELDS, "") }
    try body.withUnsafeBytes { try check(ccurl_set_pointer(easy, CURLOPT_COPYPOSTFIELDS, $0.baseAddress)) }
  }

  private func setLimits() throws {
    let timeouts = job.options.timeouts
    try set(CURLOPT_NOSIGNAL, 1)
    try set(CURLOPT_CONNECTTIMEOUT_MS, timeouts.connect.wholeMilliseconds)
    try set(CURLOPT_LOW_SPEED_LIMIT, 1)
    try set(CURLOPT_LOW_SPEED_TIME, timeouts.stall.wholeSeconds)
    // Without it, a cancelled request waits for its name to be resolved, and every other request with it.
    try set(CURLOPT_QUICK_EXIT, 1)
  }

  private func setTLS() throws {
    let tls = job.options.tls
    if let cacert = tls.cacert {
      try set(CURLOPT_CAINFO, cacert)
      // Read for each connection, so that a corrected file counts.
      try set(CURLOPT_CA_CACHE_TIMEOUT, 0)
    }
    if let cert = tls.cert { try set(CURLOPT_SSLCERT, cert) }
    if let key = tls.key ?? tls.cert { try set(CURLOPT_SSLKEY, key) }
    try set(CURLOPT_SSL_VERIFYPEER, tls.verify ? 1 : 0)
    try set(CURLOPT_SSL_VERIFYHOST, tls.verify ? 2 : 0)
  }

  private func setCallbacks() throws {
    // The thread keeps this object until it has removed the handle, so the callbacks never outlive it.
    let context = Unmanaged.passUnretained(self).toOpaque()
    try check(ccurl_set_pointer(easy, CURLOPT_ERRORBUFFER, errorText))
    try check(ccurl_set_pointer(easy, CURLOPT_HEADERDATA, context))
    try check(ccurl_set_pointer(easy, CURLOPT_WRITEDATA, context))
    try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    try check(
      ccurl_set_receive(easy, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
        guard let bytes, let context else { return 0 }
        let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
        let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
        return transfer.answer.takeHeader(line) ? line.count : 0
      })
    try check(
      ccurl_set_receive(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
        guard let bytes, let context else { return 0 }
        let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
        let piece = UnsafeRawBufferPointer(start: bytes, count: size * count)
        return transfer.answer.takeBody(piece) ? piece.count : 0
      })
    try check(ccurl_close_sockets_on_exec(easy))
  }

  private func set(_ option: CURLoption, _ value: Int) throws {
    try check(ccurl_set_long(easy, option, value))
  }
  private func set(_ option: CURLoption, _ value: String) throws {
    try check(ccurl_set_string(easy, option, value))
  }

  private func check(_ code: CURLcode) throws {
    guard code == CURLE_OK else { throw failure(code).novaError }
  }
}
