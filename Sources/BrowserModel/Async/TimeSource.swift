package import Foundation

/// What time it is, and waiting. The program's is the system's; tests turn one by hand.
package protocol TimeSource: Sendable {
  /// Now.
  var now: Date { get }
  /// Waits until a time; returns at once when it has passed.
  /// - Throws: `CancellationError` at once when the task is cancelled.
  func sleep(until deadline: Date) async throws
}

/// The machine's clock.
package struct SystemTime: TimeSource {
  package init() {}

  package var now: Date { Date() }

  package func sleep(until deadline: Date) async throws {
    // This clock goes on while the machine sleeps.
    try await ContinuousClock().sleep(for: .seconds(max(deadline.timeIntervalSince(now), 0)))
  }
}
