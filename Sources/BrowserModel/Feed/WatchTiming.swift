import Foundation

/// When the watch asks next: as often as the person wants, never so often that it takes more than a tenth of the
/// service's time. What a round takes as a rule is what counts: one answer that hangs among quick ones is no reason to
/// ask less, and the first quick one after slow ones has it ask as often as before.
struct WatchTiming: Hashable, Sendable {
  /// When the last round began.
  private(set) var began = Date.distantPast
  /// Since when a round has been asking; nil between two, and while a question waits to be asked again.
  private(set) var askingSince: Date?
  private var lastRound = 0
  /// How many seconds the last rounds took.
  private var lasted: [TimeInterval] = []
  /// When the next one is due; nil while one is under way.
  var due: Date?

  /// While something is being saved that the person sees.
  private static let whileSaving: TimeInterval = 2
  /// How many times as long it may take while nobody is there.
  private static let unattended: TimeInterval = 3
  /// As seldom as a person can wish, but no more so.
  private static let most: TimeInterval = 3600
  /// Of how much of its time the service gives us a part.
  private static let share: TimeInterval = 10
  private static let remembered = 5
  /// So many rounds say what is the rule; before that they may slow the watch down to so many seconds.
  private static let enough = 3
  private static let mostAtFirst: TimeInterval = 30

  /// The watch begins.
  mutating func start(_ now: Date) {
    if began == .distantPast { began = now }
  }

  /// - Returns: what the round is called at its end.
  mutating func beginRound(_ now: Date) -> Int {
    began = now
    askingSince = now
    lastRound += 1
    return lastRound
  }

  /// Nobody waits for a round any more; the next one is due as if this one had begun now.
  mutating func giveUp(_ now: Date) {
    began = now
    askingSince = nil
  }

  /// A round that was given up may end when another one has begun.
  ///
  /// - Parameter hasWorked: whether it says something about the service's speed.
  mutating func endRound(_ number: Int, _ now: Date, hasWorked: Bool) {
    guard number == lastRound else { return }
    askingSince = nil
    guard hasWorked else { return }
    lasted.append(now.timeIntervalSince(began))
    if lasted.count > Self.remembered { lasted.removeFirst() }
  }

  /// How many seconds a round takes as a rule.
  var usual: TimeInterval { lasted.isEmpty ? 0 : lasted.sorted()[(lasted.count - 1) / 2] }

  /// How long it is from the start of one round to that of the next.
  func pace(_ interval: Duration, _ watched: Watched, _ now: Date) -> Duration {
    var seconds = interval.seconds
    if watched.includesSaving(now) { seconds = min(seconds, Self.whileSaving) }
    if watched.isUnattended { seconds = max(seconds, min(seconds * Self.unattended, Self.most)) }
    let fair = (min(usual, lasted.last ?? 0) * Self.share * 10).rounded(.up) / 10
    return .seconds(max(seconds, lasted.count < Self.enough ? min(fair, Self.mostAtFirst) : fair))
  }
}
