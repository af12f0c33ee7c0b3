import BrowserModel
package import Foundation
import Synchronization

/// A clock that stands still until a test turns it.
package final class ManualTime: TimeSource {
  private struct Sleeper {
    var deadline: Date
    var continuation: CheckedContinuation<Void, any Error>
  }

  private struct State {
    var now: Date
    /// By how much the machine's clock has been set.
    var shift: TimeInterval = 0
    var sleepers: [Int: Sleeper] = [:]
    var cancelled: Set<Int> = []
    var lastNumber = 0
  }

  private let state: Mutex<State>

  package init(_ now: Date = Date(timeIntervalSince1970: 1_795_442_400)) {
    state = Mutex(State(now: now))
  }

  package var now: Date { state.withLock { $0.now } }

  package var clock: Date { state.withLock { $0.now + $0.shift } }

  /// Somebody sets the machine's clock.
  package func setClock(by seconds: TimeInterval) { state.withLock { $0.shift += seconds } }

  package func sleep(until deadline: Date) async throws {
    let number = state.withLock { state in
      state.lastNumber += 1
      return state.lastNumber
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let outcome: Result<Void, any Error>? = state.withLock { state in
          if state.cancelled.remove(number) != nil { return .failure(CancellationError()) }
          if state.now >= deadline { return .success(()) }
          state.sleepers[number] = Sleeper(deadline: deadline, continuation: continuation)
          return nil
        }
        if let outcome { continuation.resume(with: outcome) }
      }
    } onCancel: {
      let sleeper = state.withLock { state in
        let sleeper = state.sleepers.removeValue(forKey: number)
        // Cancelling can come before the sleep has begun.
        if sleeper == nil { state.cancelled.insert(number) }
        return sleeper
      }
      sleeper?.continuation.resume(throwing: CancellationError())
    }
  }

  /// Lets time pass and wakes those whose time has come.
  package func advance(by seconds: TimeInterval) {
    let due = state.withLock { state in
      state.now += seconds
      let now = state.now
      let due = state.sleepers.filter { $0.value.deadline <= now }
      for number in due.keys { state.sleepers[number] = nil }
      return due.values.sorted { $0.deadline < $1.deadline }
    }
    for sleeper in due { sleeper.continuation.resume() }
  }
}
