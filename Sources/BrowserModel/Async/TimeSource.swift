package import Foundation

/// What time it is, and waiting. The program's is the system's; tests turn one by hand.
package protocol TimeSource: Sendable {
  /// Now, by a clock that only goes on, at the same rate, however the machine's is set: what durations are told by.
  var now: Date { get }
  /// What the machine's clock says, for people and for comparing with the service's.
  var clock: Date { get }
  /// Waits until a time; returns at once when it has passed.
  /// - Throws: `CancellationError` at once when the task is cancelled.
  func sleep(until deadline: Date) async throws
}

/// The machine's clocks.
package struct SystemTime: TimeSource {
  // It goes on while the machine sleeps.
  private let start = ContinuousClock.now
  private let startClock = Date()

  package init() {}

  package var now: Date { startClock + start.duration(to: .now).seconds }

  package var clock: Date { Date() }

  package func sleep(until deadline: Date) async throws {
    try await ContinuousClock().sleep(for: .seconds(max(deadline.timeIntervalSince(now), 0)))
  }
}
