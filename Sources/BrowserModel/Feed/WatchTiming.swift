import Foundation

/// When the watch asks next: as often as the person wants, never so often that it takes more than a tenth of the
/// service's time.
struct WatchTiming: Hashable, Sendable {
  /// When the last round began.
  var began = Date.distantPast
  /// How long the service needed for it, in seconds.
  var spent: TimeInterval = 0
  /// When the next one is due; nil while one is under way.
  var due: Date?

  /// While something is being saved that the person sees.
  private static let whileSaving: TimeInterval = 2
  /// How many times as long it may take while nobody is there.
  private static let unattended: TimeInterval = 3
  /// Of how much of its time the service gives us a part.
  private static let share: TimeInterval = 10

  /// How long it is from the start of one round to that of the next.
  func pace(_ interval: Duration, _ watched: Watched) -> Duration {
    var seconds = interval.seconds
    if watched.includesSaving { seconds = min(seconds, Self.whileSaving) }
    if watched.isUnattended { seconds *= Self.unattended }
    // In whole seconds, as it is shown.
    return .seconds(max(seconds, (Self.share * spent).rounded(.up)))
  }
}
