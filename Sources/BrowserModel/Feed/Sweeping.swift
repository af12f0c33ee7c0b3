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

  /// Goes round after round as long as nothing else is going on.
  func runSweep() {
    // Whatever was there a moment ago has just been read.
    if nextSweep == .distantPast { nextSweep = time.now + Self.sweepInterval }
    slots.run(.sweep) { [self] in
      while true {
        try await slots.rest(.seconds(max(nextSweep.timeIntervalSince(time.now), 1)))
        nextSweep = time.now + Self.sweepInterval
        do {
          try await sweep()
        } catch let error as NovaError where error.kind != .notSignedIn {
          // The watch meets the same fault, and says it; the next round is as good as this one.
        }
      }
    } failed: { [self] in
      refused($0)
    }
  }

  private func sweep() async throws {
    var round = SweepRound(await catalogue.ids())
    var restarts = 0
    while !round.isAtEnd {
      try await quiet()
      let start = time.now
      do {
        let page = try await client.list(round.query)
        try Task.checkCancellation()
        round.take(page)
      } catch let error as NovaError where error.isVanishedMarker && restarts < 3 {
        restarts += 1
        round = SweepRound(await catalogue.ids())
      } catch let error as NovaError where error.kind == .serverError {
        // The image that makes the page unreadable is the next one; what stands behind it may be known.
        if round.narrow() { round.step(over: await catalogue.image(behind: round.marker)?.id) }
      }
      try await recover(from: start)
    }
    let known = await catalogue.ids()
    let missing =
      Array(round.unseen.prefix(Self.mostMissing))
      + round.strangers.filter { !known.contains($0) }.prefix(Self.mostMissing)
    for first in stride(from: 0, to: missing.count, by: 4) {
      try await quiet()
      let start = time.now
      try await readAlone(Array(missing[first..<min(first + 4, missing.count)]))
      try await recover(from: start)
    }
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
