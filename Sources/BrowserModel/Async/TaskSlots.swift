import Foundation

/// The one place where models start tasks. Each kind of work has a slot: new work in a slot cancels what ran there,
/// so that an old answer can never come after a newer question.
@MainActor package final class TaskSlots<Slot: Hashable & Sendable> {
  private var running: [Slot: Run] = [:]
  private var busy = 0
  /// Until when each piece of work that waits for time to pass does so.
  private var resting: [Int: Date] = [:]
  private var waiting: [CheckedContinuation<Void, Never>] = []
  private let time: any TimeSource

  private struct Run {
    var number: Int
    var task: Task<Void, Never>
  }

  private var lastNumber = 0

  package init(time: any TimeSource) {
    self.time = time
  }

  /// Starts work in a slot.
  ///
  /// - Parameters:
  ///   - work: runs on the main actor; what it awaits may run elsewhere. After each await it must check for
  ///     cancellation before it changes any state.
  ///   - failed: gets what the work throws, unless it was cancelled.
  package func run(
    _ slot: Slot, _ work: @escaping @MainActor () async throws -> Void,
    failed: @escaping @MainActor (any Error) -> Void
  ) {
    running[slot]?.task.cancel()
    lastNumber += 1
    let number = lastNumber
    busy += 1
    let task = Task {
      do {
        try await work()
      } catch {
        if !Task.isCancelled, !(error is CancellationError) { failed(error) }
      }
      if running[slot]?.number == number { running[slot] = nil }
      becameIdle()
    }
    running[slot] = Run(number: number, task: task)
  }

  /// Ends what runs in a slot.
  package func cancel(_ slot: Slot) {
    running.removeValue(forKey: slot)?.task.cancel()
  }

  /// Whether something runs in a slot.
  package func isRunning(_ slot: Slot) -> Bool { running[slot] != nil }

  /// Ends everything.
  package func cancelAll() {
    for run in running.values { run.task.cancel() }
    running = [:]
  }

  /// Lets work wait for time to pass; meanwhile it does not count as busy.
  package func rest(_ duration: Duration) async throws {
    lastNumber += 1
    let number = lastNumber
    let deadline = time.now + duration.seconds
    resting[number] = deadline
    becameIdle()
    defer {
      resting[number] = nil
      busy += 1
    }
    try await time.sleep(until: deadline)
  }

  /// Returns as soon as nothing runs but what waits for a later time: the state will not change by itself any more.
  package func settled() async {
    while !isSettled { await withCheckedContinuation { waiting.append($0) } }
  }

  private var isSettled: Bool {
    let now = time.now
    return busy == 0 && !resting.values.contains { $0 <= now }
  }

  private func becameIdle() {
    busy -= 1
    guard busy == 0 else { return }
    let waiting = waiting
    self.waiting = []
    for continuation in waiting { continuation.resume() }
  }
}
