/// How long to wait before asking again: 1 s, then twice as long each time up to a longest wait, each a little off, so
/// that many clients do not come back together.
package struct Backoff: Hashable, Sendable {
  package private(set) var failures = 0

  package init() {}

  /// The wait after one more failure.
  ///
  /// - Parameters:
  ///   - asked: what the service asked for (`Retry-After`), which is obeyed.
  ///   - longest: what the service did not ask for is never longer than this.
  ///   - chance: a number from 0 to 1, for the jitter.
  package mutating func next(
    asked: Duration? = nil, longest: Duration = .seconds(60), chance: Double
  ) -> Duration {
    failures = min(failures + 1, 30)
    let seconds = min(Double(1 << min(failures - 1, 6)), longest.seconds)
    // Never later than the ceiling, never less than half.
    let wait = Duration.milliseconds(Int64(seconds * 1000 * (0.5 + 0.5 * min(max(chance, 0), 1))))
    return max(wait, asked ?? .zero)
  }
}
