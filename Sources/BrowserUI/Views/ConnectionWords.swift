import BrowserModel
import Console
import Foundation

/// How things stand with the cloud, in words: first in full, then in fewer for where there is less room.
@MainActor struct ConnectionWords {
  let browser: Browser
  /// In seconds: so much older than one would think the data must be, for its age to be said.
  private static let noticeable: TimeInterval = 20

  var variants: [HeaderView.Part] {
    let feed = browser.feed
    let now = browser.now
    let old = feed.lastGood.map { now.timeIntervalSince($0) }
    let age = old.map { ", data \(Words.duration($0)) old" } ?? ""
    let waiting = feed.waitingSince.map { now.timeIntervalSince($0) }
    switch feed.connection {
    case .connecting(let since):
      let seconds = now.timeIntervalSince(since)
      return [(seconds < 2 ? "… connecting" : "… waiting \(Words.duration(seconds))", .progress)]
    case .live:
      if let waiting, waiting >= Feed.slow {
        let words = "… waiting \(Words.duration(waiting))"
        return [(words + age, .warning), (words, .warning)]
      }
      // Where it is asked seldom, the data can be old without any trouble.
      let live = "● live \(feed.pace.words)"
      return (old ?? 0) < Self.noticeable ? [(live, .good)] : [(live + age, .good), (live, .good)]
    case .paused(let since):
      let time = now.timeIntervalSince(since)
      let paused = "‖ paused \(Words.duration(time))"
      // It was in trouble before.
      return (old ?? 0) < time + Self.noticeable
        ? [(paused, .warning)] : [(paused + age, .warning), (paused, .warning)]
    case .troubled(let trouble, let retry):
      let wait = retry.timeIntervalSince(now)
      let next =
        switch waiting {
        case nil where wait >= 1: "retry in \(Words.duration(wait.rounded(.down)))"
        case let waiting? where waiting >= Feed.slow: "waiting \(Words.duration(waiting))"
        default: "retrying"
        }
      // As long all the time, so that what stands beside it does not come and go.
      let steady = next + String(repeating: " ", count: max("retry in 9s".count - next.count, 0))
      return ["✗ \(trouble.word)\(age), \(steady)", "✗ \(trouble.word), \(steady)", "✗ \(trouble.word)"]
        .map { ($0, .danger) }
    case .notSignedIn(let trouble):
      return [
        "✗ not signed in: \(trouble.word)\(age)", "✗ not signed in: \(trouble.word)", "✗ not signed in",
      ]
      .map { ($0, .danger) }
    }
  }
}
