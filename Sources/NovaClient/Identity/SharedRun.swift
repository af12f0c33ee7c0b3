import Synchronization

/// One piece of work that several callers wait for: each can stop waiting at once, and the work ends with the last.
final class SharedRun<Value: Sendable>: Sendable {
  private struct State {
    var waiting: [Int: CheckedContinuation<Value, any Error>] = [:]
    /// Who has joined and not left; not all of them wait yet.
    var joined: Set<Int> = []
    var lastTicket = 0
    var result: Result<Value, any Error>?
    /// Everybody has left, so the work is being cancelled.
    var isAbandoned = false
    var task: Task<Void, Never>?
  }

  private let state = Mutex(State())

  /// Begins the work, which belongs to no caller: the first one's cancellation must not fail the others.
  init(_ work: @escaping @Sendable () async throws -> Value) {
    let task = Task { [weak self] in
      let result: Result<Value, any Error>
      do { result = .success(try await work()) } catch { result = .failure(error) }
      self?.end(with: result)
    }
    state.withLock { $0.task = task }
  }

  /// Joins those who wait; nil when it is too late, because the work has ended or is being cancelled.
  func join() -> Int? {
    state.withLock { state in
      guard state.result == nil, !state.isAbandoned else { return nil }
      state.lastTicket += 1
      state.joined.insert(state.lastTicket)
      return state.lastTicket
    }
  }

  /// What the work gives, or throws, to somebody who has joined.
  /// - Throws: `CancellationError` as soon as the caller's task is cancelled.
  func value(_ ticket: Int) async throws -> Value {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { wait(ticket, $0) }
    } onCancel: {
      leave(ticket)
    }
  }

  private func wait(_ ticket: Int, _ continuation: CheckedContinuation<Value, any Error>) {
    let result: Result<Value, any Error>? = state.withLock { state in
      // Cancelling can overtake waiting.
      guard state.joined.contains(ticket) else { return .failure(CancellationError()) }
      if state.result == nil { state.waiting[ticket] = continuation }
      return state.result
    }
    if let result { continuation.resume(with: result) }
  }

  private func leave(_ ticket: Int) {
    let continuation = state.withLock { state in
      state.joined.remove(ticket)
      if state.joined.isEmpty {
        state.isAbandoned = true
        state.task?.cancel()
      }
      return state.waiting.removeValue(forKey: ticket)
    }
    continuation?.resume(throwing: CancellationError())
  }

  private func end(with result: Result<Value, any Error>) {
    let waiting = state.withLock { state in
      defer { state.waiting = [:] }
      state.result = result
      return state.waiting.values
    }
    for continuation in waiting { continuation.resume(with: result) }
  }
}
