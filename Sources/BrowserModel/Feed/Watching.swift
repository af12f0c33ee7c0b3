import Foundation
import NovaClient

// The watch: a question for what changed and a look after what is gone, round after round.
extension Feed {
  /// How far each question reaches back before the last answer. Times are to the second, and what is written just
  /// then may become visible a moment later.
  private static let overlap: TimeInterval = 2
  /// How old the last answer may be for the next question to begin there.
  private static let memory: TimeInterval = 30 * 86_400

  /// Asks in rounds, the first one after a while. There is one slot for it, so there are never two at once.
  func runWatch(after wait: Duration) {
    timing.due = time.now + wait.seconds
    timing.start(time.now)
    slots.run(.watch) { [self] in
      if wait > .zero { try await slots.rest(wait) }
      while true {
        timing.due = nil
        try await persisting(.watch) { [self] in try await round() }
        try Task.checkCancellation()
        setPace()
        let due = timing.began + pace.seconds
        timing.due = due
        try await slots.rest(.seconds(max(due.timeIntervalSince(time.now), 0)))
      }
    } failed: { [self] in
      refused($0)
    }
  }

  func setPace() {
    let new = timing.pace(interval, watched(), time.now)
    if pace != new { pace = new }
  }

  /// Asks sooner than was meant when that is what the person now looks for, as when somebody is there again.
  func reconsiderPace() {
    guard connection == .live, let due = timing.due, reading.hasBegun else { return }
    setPace()
    let sooner = max(timing.began + pace.seconds, time.now)
    if due.timeIntervalSince(sooner) >= 1 { runWatch(after: .seconds(sooner.timeIntervalSince(time.now))) }
  }

  private func round() async throws {
    let number = timing.beginRound(time.now)
    var hasWorked = false
    defer { timing.endRound(number, time.now, hasWorked: hasWorked) }
    if let lastGood, time.now.timeIntervalSince(lastGood) > Self.memory, reading.isComplete {
      walkAgain()
    }
    let client = insistentClient
    try await readChanges(client)
    try await lookAfter(watched(), client)
    hasWorked = true
  }

  /// Asks anew what hangs while the service answers others.
  private var insistentClient: ImagesClient {
    let patience = max(interval.seconds, 3 * timing.usual)
    return ImagesClient(InsistentService(client.service, patience: .seconds(patience), time: time))
  }

  /// One question for all that changed, from the service's own clock with an overlap.
  func readChanges(_ client: ImagesClient) async throws {
    guard let since = changesKnownUntil else { return }
    var until: Date?
    var newest: Date?
    let ticket = ticket()
    let start = since.addingTimeInterval(-Self.overlap)
    var pages = ImagePages(client, ImageQuery(changesSince: start)).makeAsyncIterator()
    while true {
      let page = try await pages.next()
      try Task.checkCancellation()
      if until == nil, let date = pages.date {
        // The first page's time: what changes while the others are read belongs to the next round.
        until = date
        noteClock(date)
        // Nobody can say what has changed since a time that is yet to come.
        if date < start { walkAgain() }
      }
      guard let page else { break }
      newest = (page.images.compactMap(\.updated) + [newest].compactMap { $0 }).max()
      await take(Readings(page.images, ticket: ticket))
    }
    // Where no answer has a date, all is known up to the latest change that was told.
    let known = until ?? newest.map { max($0, since) } ?? since
    changesKnownUntil = known
    await catalogue.know(until: known.addingTimeInterval(-Self.overlap))
  }
}
