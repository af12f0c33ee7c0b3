package import Foundation
package import NovaClient

// What the person can do about asking: now, not at all, about one image.
extension Feed {
  /// What comes of wanting to know now.
  package enum Refreshing: Hashable, Sendable {
    case isAsked
    /// It is being asked already.
    case isUnderWay
    /// The service wants to be left alone until then.
    case mustWait(Date)
    /// It is paused, and nothing has been read that could have changed.
    case hasNothing
  }

  /// How things stood before a question, for when nobody waits for its answer any more.
  struct Standing {
    var connection: Connection
    var backoff: Backoff
    var troubledSince: Date?
  }

  var standing: Standing {
    Standing(connection: connection, backoff: backoff, troubledSince: troubledSince)
  }

  /// Asks at once: for what changed, and whether the images on the screen are still there; goes on with the walk.
  package func refresh() -> Refreshing {
    if let plea = standingPlea { return .mustWait(plea.until) }
    if isPaused {
      guard reading.hasBegun else { return .hasNothing }
      guard !slots.isRunning(.refresh) else { return .isUnderWay }
      wantsWholeScreen = true
      refreshedFrom = standing
      askOnce()
      return .isAsked
    }
    wantsWholeScreen = true
    guard !isBeingAsked else {
      // From now on a person waits for it. What a first page is, the list says, and how to end it.
      if refreshedFrom == nil, reading.hasBegun { refreshedFrom = standing }
      return .isUnderWay
    }
    // Who asks once more waits for the same.
    let before = refreshedFrom ?? standing
    askNow()
    refreshedFrom = before
    return .isAsked
  }

  /// Whether an answer is to be waited for that tells what a person would ask for now. One that has not come for ten
  /// seconds may never come; who asks again then means it.
  private var isBeingAsked: Bool {
    let since = reading.hasBegun ? (slots.isRunning(.watch) ? timing.askingSince : nil) : waits.values.min()
    return since.map { time.now.timeIntervalSince($0) < 10 } ?? false
  }

  /// Begins a round now, and whatever else has stopped.
  func askNow() {
    slots.cancel(.credentials)
    backoff = Backoff()
    troubledSince = nil
    // Nobody knows yet how things stand; only an answer makes it live.
    switch connection {
    case .live: givenUp = waitingSince
    case .connecting: break
    case .troubled(let trouble, _): connection = .troubled(trouble, retry: time.now)
    case .paused, .notSignedIn: connection = .connecting(since: time.now)
    }
    if walk == nil {
      start(rows: 40)
    } else if !reading.isComplete, !slots.isRunning(.walk) || connection != .live {
      runWalk()
    }
    // Before the first page nobody knows what "changed" would mean; the walk begins the watch.
    if reading.hasBegun { runWatch(after: .zero) }
    if reading.isComplete, !slots.isRunning(.sweep) { runSweep() }
  }

  /// Asks while it is paused, and goes on being so.
  private func askOnce() {
    slots.run(.refresh) { [self] in
      try await readChanges(client)
      try await lookAfter(watched(), client)
      try Task.checkCancellation()
      worked(.refresh)
    } failed: { [self] in
      refreshedFrom = nil
      failed($0)
    }
  }

  /// In seconds: when the next question is no further off, an answer that was given up is still said to be awaited.
  private static let soon: TimeInterval = 30

  /// A wait that nobody waits any more.
  struct Cancelled {
    /// When it is asked again by itself, if it is.
    var next: Date?
  }

  /// Ends what a person has asked for and no longer waits for. How things stand is again as it was before, also with the
  /// waits from one try to the next; what is asked by itself is asked when it is due.
  ///
  /// - Returns: what has been ended, and when it is asked again; nil when there was nothing to end.
  func cancelRefresh() -> Cancelled? {
    guard let before = refreshedFrom else { return nil }
    refreshedFrom = nil
    wantsWholeScreen = false
    backoff = before.backoff
    troubledSince = before.troubledSince
    let since = waitingSince
    givenUp = nil
    switch before.connection {
    case .paused:
      slots.cancel(.refresh)
      return Cancelled(next: nil)
    case .notSignedIn:
      stopAsking()
      connection = before.connection
      watchCredentials()
      return Cancelled(next: nil)
    case .connecting, .live, .troubled: return Cancelled(next: rest(awaitedSince: since))
    }
  }

  /// Gives up what is under way.
  ///
  /// - Returns: when it is asked again.
  private func rest(awaitedSince since: Date?) -> Date {
    setPace()
    let isWalking = slots.isRunning(.walk)
    // However seldom one asks what is new, one wants to see what there is, and whether trouble is over.
    let isCalm = connection == .live && !isWalking
    let rest = isCalm ? pace.seconds : min(pace.seconds, Self.soon)
    var next = time.now + rest
    if let plea = standingPlea {
      next = max(next, plea.until)
      connection = .troubled(plea.trouble, retry: next)
    } else if case .troubled(let trouble, _) = connection {
      connection = .troubled(trouble, retry: next)
    } else if rest <= Self.soon {
      // There has been no answer, and the header goes on saying so.
      givenUp = since
    }
    timing.giveUp(time.now)
    let wait = Duration.seconds(next.timeIntervalSince(time.now))
    if reading.hasBegun { runWatch(after: wait) }
    if isWalking { runWalk(after: wait) }
    return next
  }

  /// Whether the first images have been waited for so long that it is worth being told how to stop it.
  package func isSlowToBegin(at now: Date) -> Bool {
    guard !isPaused, !reading.hasBegun, let waitingSince else { return false }
    return now.timeIntervalSince(waitingSince) >= Self.slow
  }

  /// Stops asking, or goes on and asks once.
  package func togglePause() {
    if isPaused {
      slots.cancel(.refresh)
      refreshedFrom = nil
      connection = .connecting(since: time.now)
      askNow()
    } else {
      stopAsking()
      connection = .paused(since: time.now)
    }
  }

  func stopAsking() {
    givenUp = nil
    refreshedFrom = nil
    for slot in [Slot.walk, .watch, .sweep, .ask, .refresh, .single, .credentials] { slots.cancel(slot) }
  }

  package var isPaused: Bool { if case .paused = connection { true } else { false } }

  /// Nobody looks at it any more.
  func cancelRereading() { slots.cancel(.single) }

  /// Reads one image again, as when somebody looks at it.
  package func reread(_ id: Image.ID) {
    guard !isPaused, standingPlea == nil else { return }
    slots.run(.single) { [self] in
      _ = try await waiting { try await readAlone([id], isPatient: false) }
    } failed: { [self] in
      failed($0)
    }
  }
}
