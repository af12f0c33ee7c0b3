import Foundation
import NovaClient

// The sweep: a slow walk over the ids of all images, which finds what has gone where nobody looks, and what has become
// visible without having changed.
extension Feed {
  /// From the beginning of one round to that of the next, at least.
  private static let sweepInterval: TimeInterval = 180
  /// How long to rest for each second that the service was busy: it has nine for others.
  private static let restFactor = 9.0
  /// So many that were not listed are read alone in one round.
  private static let mostMissing = 400
  /// How long to rest after a fault, in seconds; the watch meets it too, and says it.
  private static let restAfterFault: TimeInterval = 10

  /// Goes round after round as long as nothing else is going on. A fault holds a round up, and does not end it.
  func runSweep() {
    // Whatever was there a moment ago has just been read.
    if nextSweep == .distantPast { nextSweep = time.now + Self.sweepInterval }
    slots.run(.sweep) { [self] in
      while true {
        if sweepRound == nil {
          try await slots.rest(.seconds(max(nextSweep.timeIntervalSince(time.now), 1)))
          nextSweep = time.now + Self.sweepInterval
          sweepRound = SweepRound(await catalogue.ids())
        }
        do {
          try await list()
          try await readMissing()
          sweepRound = nil
        } catch let error as NovaError where error.kind != .notSignedIn {
          note(plea: error)
          try await slots.rest(.seconds(Self.restAfterFault))
        }
      }
    } failed: { [self] in
      refused($0)
    }
  }

  /// Goes on with the list to its end.
  private func list() async throws {
    while var round = sweepRound, !round.isAtEnd {
      try await quiet()
      let start = time.now
      do {
        let page = try await client.list(round.query)
        try Task.checkCancellation()
        round.take(page)
      } catch let error as NovaError where error.isVanishedMarker && round.restarts < 3 {
        round.restart(await catalogue.ids())
      } catch let error as NovaError where error.kind == .serverError {
        // The image that makes the page unreadable is the next one; what stands behind it may be known.
        if round.narrow() { round.step(over: await catalogue.image(behind: round.marker)?.id) }
      }
      sweepRound = round
      try await recover(from: start)
    }
  }

  /// Reads those alone that were not listed, or are not known.
  private func readMissing() async throws {
    guard let round = sweepRound else { return }
    let known = await catalogue.ids()
    let missing =
      Array(round.unseen.filter(known.contains).prefix(Self.mostMissing))
      + round.strangers.filter { !known.contains($0) }.prefix(Self.mostMissing)
    var gone = try await readPaced(missing)
    if gone.count > Self.believable { gone = try await readPaced(Array(gone)) }
    // Whatever was asked for before the last answer may still show them.
    await takeOut(gone, ticket: ticket())
  }

  /// - Returns: those that the service does not know.
  private func readPaced(_ ids: [Image.ID]) async throws -> Set<Image.ID> {
    var gone: Set<Image.ID> = []
    for first in stride(from: 0, to: ids.count, by: 4) {
      try await quiet()
      let start = time.now
      let seen = try await look(at: Array(ids[first..<min(first + 4, ids.count)]), client)
      await take(Readings(seen.found, ticket: seen.ticket))
      gone.formUnion(seen.gone)
      if let trouble = seen.trouble { throw trouble }
      try await recover(from: start)
    }
    return gone
  }

  /// Leaves the service alone for as long as is fair.
  private func recover(from start: Date) async throws {
    try await slots.rest(.seconds(max(time.now.timeIntervalSince(start) * Self.restFactor, 0.2)))
  }

  /// Waits until nobody waits for something else.
  private func quiet() async throws {
    while connection != .live || slots.isRunning(.walk) || slots.isRunning(.refresh)
      || slots.isRunning(.single) || watched().isBusy
    {
      try await slots.rest(.seconds(2))
    }
  }
}
