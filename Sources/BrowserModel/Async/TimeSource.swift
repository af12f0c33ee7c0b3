package import Foundation

/// What time it is, and waiting. The program's is the system's; tests turn one by hand.
package protocol TimeSource: Sendable {
  /// Now.
  var now: Date { get }
  /// Waits.
  /// - Throws: `CancellationError` at once when the task is cancelled.
  func sleep(for duration: Duration) async throws
}

/// The machine's clock.
package struct SystemTime: TimeSource {
  package init() {}

  package var now: Date { Date() }

  package func sleep(for duration: Duration) async throws {
    try await ContinuousClock().sleep(for: duration)
  }
}
