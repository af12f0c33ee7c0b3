/// Holds requests until a test lets them go, so that a test can look at what is shown meanwhile without any waiting
/// for time.
package actor Gate {
  private var isOpen = false
  private var waiting: [Int: CheckedContinuation<Void, any Error>] = [:]
  private var arrivals = 0
  private var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []

  /// A closed gate.
  package init() {}

  /// Lets everybody through, now and later.
  package func open() {
    isOpen = true
    for continuation in waiting.values { continuation.resume() }
    waiting = [:]
  }

  /// Returns when so many requests have arrived, those that went on included.
  package func arrival(_ count: Int = 1) async {
    if arrivals >= count { return }
    await withCheckedContinuation { watchers.append((count, $0)) }
  }

  /// Waits at the gate.
  /// - Throws: `CancellationError` when the waiting task is cancelled.
  func pass() async throws {
    arrivals += 1
    let number = arrivals
    let reached = watchers.filter { $0.count <= arrivals }
    watchers.removeAll { $0.count <= arrivals }
    for watcher in reached { watcher.continuation.resume() }
    guard !isOpen else { return }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
        if Task.isCancelled {
          continuation.resume(throwing: CancellationError())
        } else {
          waiting[number] = continuation
        }
      }
    } onCancel: {
      // An actor cannot be entered synchronously; the task lives until it has been let in.
      Task { await self.giveUp(number) }
    }
  }

  private func giveUp(_ number: Int) {
    waiting.removeValue(forKey: number)?.resume(throwing: CancellationError())
  }
}
