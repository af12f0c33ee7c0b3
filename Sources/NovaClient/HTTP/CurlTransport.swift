import Synchronization

/// Sends requests over the network with libcurl: one thread, kept connections, and transfers that end as soon as
/// their task is cancelled.
///
/// Redirects are given back like any other answer: whoever sends a token decides where it goes. Proxies are taken
/// from the environment as libcurl does (`https_proxy`, `no_proxy` …).
public final class CurlTransport: HTTPTransport {
  private let inbox: CurlInbox
  private let options: Mutex<CurlOptions>
  private let lastID = Atomic<UInt64>(0)

  /// Starts the thread.
  /// - Parameters:
  ///   - tls: whom to trust.
  ///   - timeouts: when to give up.
  ///   - maximumBody: the longest body to take, in bytes.
  ///   - userAgent: the program and its version, as servers log it.
  public init(
    tls: TLSSettings = TLSSettings(), timeouts: Timeouts = Timeouts(), maximumBody: Int = 64 << 20,
    userAgent: String = "novalens"
  ) {
    options = Mutex(
      CurlOptions(tls: tls, timeouts: timeouts, maximumBody: maximumBody, userAgent: userAgent))
    inbox = CurlInbox()
    CurlThread.start(inbox)
  }

  deinit { close() }

  /// Whom to trust, from the next connection on.
  public var tls: TLSSettings {
    get { options.withLock { $0.tls } }
    set { options.withLock { $0.tls = newValue } }
  }

  /// Ends the thread; requests that are under way or come later throw `CancellationError`.
  public func close() { inbox.close() }

  /// Sends a request and waits for the whole answer, whatever its status.
  /// - Throws: `CancellationError` within milliseconds of the task's cancellation; otherwise `NovaError` of kind
  ///   `.unreachable`, `.untrusted`, `.timedOut`, `.malformedAnswer`, `.answerTooLarge`, or `.misconfigured` for a
  ///   request that must not be sent as it is.
  public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    try RequestCheck.check(request)
    let id = lastID.wrappingAdd(1, ordering: .relaxed).newValue
    defer { inbox.forget(id) }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        inbox.start(
          CurlJob(id: id, request: request, options: options.withLock { $0 }, continuation: continuation))
      }
    } onCancel: {
      inbox.cancel(id)
    }
  }
}

/// What is the same for every request of a transport.
struct CurlOptions: Sendable {
  var tls: TLSSettings
  var timeouts: Timeouts
  var maximumBody: Int
  var userAgent: String
}

/// One request on its way to the curl thread.
struct CurlJob: Sendable {
  var id: UInt64
  var request: HTTPRequest
  var options: CurlOptions
  var continuation: CheckedContinuation<HTTPResponse, any Error>
}
