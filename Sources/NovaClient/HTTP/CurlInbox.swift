import CCurl
import Synchronization

/// The one door to the curl thread: anybody puts work in, the thread takes it out.
final class CurlInbox: Sendable {
  /// What the thread finds when it looks.
  struct Work {
    var started: [CurlJob] = []
    var cancelled: [UInt64] = []
    var isClosed = false
  }

  private struct State {
    var work = Work()
    /// Cancelled before their start was met, since cancelling can overtake starting.
    var early: Set<UInt64> = []
    /// Started, and not yet forgotten.
    var known: Set<UInt64> = []
    /// Wakes the thread; nil before it runs and after it has ended.
    var waker: CurlWaker?
  }

  private let state = Mutex(State())

  /// Queues a request; what answers it is its continuation.
  func start(_ job: CurlJob) {
    let isRefused = state.withLock { state in
      if state.work.isClosed || state.early.remove(job.id) != nil { return true }
      state.known.insert(job.id)
      state.work.started.append(job)
      state.waker?.wake()
      return false
    }
    if isRefused { job.continuation.resume(throwing: CancellationError()) }
  }

  /// Ends a request, also one that has not arrived yet.
  func cancel(_ id: UInt64) {
    state.withLock { state in
      guard state.known.contains(id) else {
        state.early.insert(id)
        return
      }
      state.work.cancelled.append(id)
      state.waker?.wake()
    }
  }

  /// To be called when a request is over, so that the id of a late cancellation is not kept for ever.
  func forget(_ id: UInt64) {
    state.withLock { state in
      state.known.remove(id)
      state.early.remove(id)
    }
  }

  /// Ends the thread.
  func close() {
    state.withLock { state in
      state.work.isClosed = true
      state.waker?.wake()
    }
  }

  /// The thread says how it is woken, or that it no longer can be.
  func attach(_ waker: CurlWaker?) {
    state.withLock { $0.waker = waker }
  }

  /// Hands all that is waiting to the thread.
  func take() -> Work {
    state.withLock { state in
      defer {
        state.work.started = []
        state.work.cancelled = []
      }
      return state.work
    }
  }
}

/// Interrupts the thread's wait.
// `curl_multi_wakeup` is the one function of the multi interface that any thread may call (its manual page); the
// inbox calls it under its lock and lets go of it, under the same lock, before the handle is cleaned up.
struct CurlWaker: @unchecked Sendable {
  private let multi: UnsafeMutableRawPointer

  init(_ multi: UnsafeMutableRawPointer) { self.multi = multi }

  func wake() { curl_multi_wakeup(multi) }
}
