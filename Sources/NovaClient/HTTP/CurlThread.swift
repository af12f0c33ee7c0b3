import CCurl
import Foundation

/// The thread on which libcurl lives. It waits in `curl_multi_poll` for sockets, libcurl's own timers and the inbox,
/// and nothing wakes it while there is nothing to do.
struct CurlThread {
  private let multi: UnsafeMutableRawPointer
  private let inbox: CurlInbox
  private var transfers: [UInt64: CurlTransfer] = [:]

  /// Runs until the inbox is closed.
  static func start(_ inbox: CurlInbox) {
    let thread = Thread {
      var loop = CurlThread(inbox)
      loop.run()
    }
    thread.name = "curl"
    thread.start()
  }

  // Set up once for the process; Swift sees to it that two threads do not.
  private static let globalInit = ccurl_global_init()

  private init(_ inbox: CurlInbox) {
    precondition(Self.globalInit == CURLE_OK, "libcurl could not be set up")
    guard let multi = curl_multi_init() else { preconditionFailure("libcurl has no memory for its handle") }
    self.multi = multi
    self.inbox = inbox
  }

  private mutating func run() {
    blockBrokenPipe()
    inbox.attach(CurlWaker(multi))
    while true {
      let work = inbox.take()
      for job in work.started { start(job) }
      for id in work.cancelled { transfers.removeValue(forKey: id)?.finish(throwing: CancellationError()) }
      if work.isClosed { break }
      var running: Int32 = 0
      var code = curl_multi_perform(multi, &running)
      collect()
      // An hour; libcurl shortens it to its own next timer.
      if code == CURLM_OK { code = curl_multi_poll(multi, nil, 0, 3_600_000, nil) }
      precondition(code == CURLM_OK, "libcurl's multi interface failed")
    }
    // From now on nobody wakes this thread: the handle that it waits on is about to go.
    inbox.attach(nil)
    for transfer in transfers.values { transfer.finish(throwing: CancellationError()) }
    transfers = [:]
    curl_multi_cleanup(multi)
  }

  private mutating func start(_ job: CurlJob) {
    do {
      transfers[job.id] = try CurlTransfer(job, in: multi)
    } catch {
      job.continuation.resume(throwing: error)
    }
  }

  /// Hands out the answers of what has ended.
  private mutating func collect() {
    var left: Int32 = 0
    while let message = curl_multi_info_read(multi, &left) {
      // Both are read first: the message is gone with its transfer.
      let code = ccurl_result(message)
      let easy = message.pointee.easy_handle
      guard let id = transfers.first(where: { $0.value.easy == easy })?.key else { continue }
      transfers.removeValue(forKey: id)?.finish(code)
    }
  }

  /// With `CURLOPT_NOSIGNAL` libcurl leaves SIGPIPE alone, and TLS raises it on a closed socket.
  private func blockBrokenPipe() {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
  }
}
