/// How long a token is good for, by a clock that also runs while the machine sleeps.
struct TokenValidity: Hashable, Sendable {
  /// When Keystone will refuse the token.
  let end: ContinuousClock.Instant
  private let lifetime: Duration

  /// - Parameter start: a moment before the token was given out, so that errors make it seem older.
  init(from start: ContinuousClock.Instant, lifetime: Duration) {
    end = start + lifetime
    self.lifetime = lifetime
  }

  /// From here on a new token is fetched before anything is asked: a minute before the end, or a tenth of a short
  /// life.
  var renewal: ContinuousClock.Instant { end - min(.seconds(60), lifetime / 10) }

  /// Whether a refusal may well be due to the token's end: in its last five minutes, or the last third of a short
  /// life.
  func isNearEnd(_ now: ContinuousClock.Instant) -> Bool { now >= end - min(.seconds(300), lifetime / 3) }
}
