import BrowserModel
import Console
import Foundation

/// The first line: which cloud, how things stand with it, how much has been read, what time it is.
@MainActor struct HeaderView {
  let browser: Browser

  func draw(on screen: inout Screen, in area: Rect) {
    let parts = fitting(area.width)
    var column = area.column + area.width
    for part in parts.right.reversed() {
      column -= TextWidth.columns(part.text) + 1
      screen.write(part.text, row: area.row, column: column, style: part.style)
      column -= 1
    }
    screen.write(
      parts.left, row: area.row, column: area.column + 1, width: max(column - area.column - 1, 0),
      style: .title)
  }

  private struct Part {
    var text: String
    var style: Style
  }

  /// Leaves out what there is no room for, least important first. Cloud, project and connection always stay.
  private func fitting(_ width: Int) -> (left: String, right: [Part]) {
    let feed = browser.feed
    let clock = Words.clock(browser.now, utcOffset: browser.utcOffset)
    let saving =
      feed.listing.saving > 0
      ? Part(text: "\(Words.count(feed.listing.saving)) saving", style: .progress) : nil
    let unreadable = feed.reading.unreadable.count
    let odd = unreadable > 0 ? Part(text: "\(unreadable) unreadable (!)", style: .warning) : nil
    let marks =
      browser.marks.isEmpty ? nil : Part(text: "\(Words.count(browser.marks.count)) marked", style: .marked)
    let readOnly = browser.isReadOnly ? Part(text: "read-only", style: .warning) : nil
    let counts = Part(text: Self.count(feed), style: .plain)
    let times: [Part?] = [
      Part(text: clock, style: .faint), Part(text: String(clock.prefix(5)), style: .faint), nil,
    ]
    let state = Part(text: connection.text, style: connection.style)

    let names = [place(withProgram: true), place(withProgram: false)]
    for left in names {
      for time in times {
        let right = [state, readOnly, counts, marks, saving, odd, time].compactMap { $0 }
        if Self.width(left, right) <= width { return (left, right) }
      }
    }
    for optional in [
      [readOnly, counts, marks, saving, odd], [readOnly, counts, marks], [readOnly, counts], [counts], [],
    ] {
      let right = [state] + optional.compactMap { $0 }
      if Self.width(names[1], right) <= width { return (names[1], right) }
    }
    return (names[1], [state])
  }

  private static func width(_ left: String, _ right: [Part]) -> Int {
    TextWidth.columns(left) + 2 + right.reduce(0) { $0 + TextWidth.columns($1.text) + 2 }
  }

  private func place(withProgram: Bool) -> String {
    let place = browser.place
    let names = [place.cloud, place.region, place.project].compactMap { $0 }.filter { !$0.isEmpty }
    return (withProgram ? "novalens  " : "") + names.joined(separator: " · ")
  }

  private static func count(_ feed: Feed) -> String {
    if feed.reading.isComplete { return Words.count(feed.listing.total, "image") }
    return feed.reading.hasBegun ? "\(Words.count(feed.listing.total))+ images" : "no images yet"
  }

  private var connection: Part {
    let feed = browser.feed
    let now = browser.now
    let age = feed.lastGood.map { ", data \(Words.duration(now.timeIntervalSince($0))) old" } ?? ""
    if let since = feed.waitingSince, now.timeIntervalSince(since) >= 2, case .live = feed.connection {
      return Part(text: "… waiting \(Words.duration(now.timeIntervalSince(since)))", style: .warning)
    }
    switch feed.connection {
    case .connecting(let since):
      let seconds = now.timeIntervalSince(since)
      return Part(
        text: seconds < 2 ? "… connecting" : "… waiting \(Words.duration(seconds))", style: .progress)
    case .live: return Part(text: "● live \(Words.duration(feed.interval.seconds))", style: .good)
    case .paused(let since):
      return Part(text: "‖ paused \(Words.duration(now.timeIntervalSince(since)))", style: .warning)
    case .troubled(let trouble, let retry):
      let wait = Words.duration(max(retry.timeIntervalSince(now), 0))
      return Part(text: "✗ \(trouble.word)\(age), retry in \(wait)", style: .danger)
    case .notSignedIn: return Part(text: "✗ not signed in", style: .danger)
    }
  }
}
