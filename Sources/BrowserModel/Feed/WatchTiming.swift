import Foundation

/// When the watch asks next: as often as the person wants, never so often that it takes more than a tenth of the
/// service's time. One slow answer among quick ones is no reason to ask less: what was not taken in the last minute
/// counts in its favour.
struct WatchTiming: Hashable, Sendable {
  /// When the last round began.
  private(set) var began = Date.distantPast
  /// For how many seconds the service has been left alone more than it had to be; below 0 when it was not enough.
  private var credit: TimeInterval = 0
  /// When the next one is due; nil while one is under way.
  var due: Date?

  /// While something is being saved that the person sees.
  private static let whileSaving: TimeInterval = 2
  /// How many times as long it may take while nobody is there.
  private static let unattended: TimeInterval = 3
  /// Of how much of its time the service gives us a part.
  private static let share: TimeInterval = 10
  private static let mostCredit: TimeInterval = 60

  /// The watch begins.
  mutating func start(_ now: Date) {
    if began == .distantPast { began = now }
  }

  mutating func beginRound(_ now: Date) {
    credit = min(credit + now.timeIntervalSince(began), Self.mostCredit)
    began = now
  }

  mutating func endRound(_ now: Date) {
    credit -= Self.share * now.timeIntervalSince(began)
  }

  /// How long it is from the start of one round to that of the next.
  func pace(_ interval: Duration, _ watched: Watched, _ now: Date) -> Duration {
    var seconds = interval.seconds
    if watched.includesSaving(now) { seconds = min(seconds, Self.whileSaving) }
    if watched.isUnattended { seconds *= Self.unattended }
    // In whole seconds, as it is shown.
    return .seconds(max(seconds, (-credit).rounded(.up)))
  }
}
