import BrowserModel
import Console
import Foundation

/// The first line: which cloud, how things stand with it, what has happened, how much has been read, what time it is.
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

  typealias Part = (text: String, style: Style)

  /// Leaves out what there is no room for, least important first. Cloud, project and connection always stay.
  private func fitting(_ width: Int) -> (left: String, right: [Part]) {
    let clock = Words.clock(browser.clock, utcOffset: browser.utcOffset)
    let short = String(clock.prefix(5))
    // In a narrow window there is never room for all, and what comes and goes would move all the rest.
    let isRoomy = width >= Self.roomy
    let times: [Part?] = isRoomy ? [(clock, .faint), (short, .faint), nil] : [(short, .faint), nil]
    let states = ConnectionWords(browser: browser).variants
    let state = states[0]
    let names = [place(withProgram: isRoomy), place(withProgram: false)]
    for left in names {
      for time in times {
        let right = [arrival, state, unsaved, readOnly, elsewhere, counts, marks, saving, odd, time]
          .compactMap { $0 }
        if Self.width(left, right) <= width { return (left, right) }
      }
    }
    for optional in [
      [readOnly, elsewhere, counts, marks, saving, odd], [readOnly, elsewhere, counts, marks],
      [readOnly, elsewhere, counts], [readOnly, counts], [counts], [],
    ] {
      let right = ([arrival, state, unsaved] + optional).compactMap { $0 }
      if Self.width(names[1], right) <= width { return (names[1], right) }
    }
    // Who waits for an image must be told; of a long name the end gives way.
    for unsaved in [unsaved, nil] {
      let rest = [states.last, unsaved].compactMap { $0 }
      if let arrival = shortArrival(width - Self.width(names[1], rest) - 2) {
        return (names[1], [arrival] + rest)
      }
      for state in states {
        let right = [state, unsaved].compactMap { $0 }
        if Self.width(names[1], right) <= width { return (names[1], right) }
      }
    }
    return (names[1], states.suffix(1))
  }

  /// From so many columns the name of the program and the seconds are shown.
  private static let roomy = 100

  private static func width(_ left: String, _ right: [Part]) -> Int {
    TextWidth.columns(left) + 2 + right.reduce(0) { $0 + TextWidth.columns($1.text) + 2 }
  }

  private func place(withProgram: Bool) -> String {
    let place = browser.place
    let names = [place.cloud, place.region, place.project].compactMap { $0 }.filter { !$0.isEmpty }
    return (withProgram ? "novalens  " : "") + names.joined(separator: " · ")
  }

  private var counts: Part? {
    let feed = browser.feed
    if feed.reading.isComplete { return (Words.count(feed.listing.total, "image"), .plain) }
    return (feed.reading.hasBegun ? "\(Words.count(feed.listing.total))+ images" : "no images yet", .plain)
  }

  private var saving: Part? {
    let saving = browser.feed.listing.saving
    return saving > 0 ? ("\(Words.count(saving)) saving", .progress) : nil
  }

  private var odd: Part? {
    let unreadable = browser.feed.reading.unreadable.count
    return unreadable > 0 ? ("\(unreadable) unreadable (!)", .warning) : nil
  }

  private var marks: Part? {
    browser.marks.isEmpty ? nil : ("\(Words.count(browser.marks.count)) marked", .marked)
  }

  /// What is edited and not sent, also in images that the list does not show; `u` lists it.
  private var unsaved: Part? {
    let drafts = browser.draftList.count
    guard drafts > 0 else { return nil }
    let changes = browser.unsavedChanges
    let count = changes > 0 ? "\(Words.count(changes)) unsaved" : Words.count(drafts, "draft")
    let hasKey = browser.context == .list || browser.context == .detail
    return (hasKey ? "\(count) (u)" : count, .changed)
  }

  private var readOnly: Part? { browser.isReadOnly ? ("read-only", .warning) : nil }

  /// How waiting for an image has ended; it stays until a key is pressed.
  private var arrival: Part? {
    guard let last = browser.arrivals.last else { return nil }
    let more = browser.arrivals.count > 1 ? " (+\(browser.arrivals.count - 1))" : ""
    let sign = last.outcome == .active ? "✓" : "✗"
    return ("\(sign) \(last.text)\(more)", last.outcome == .active ? .good.strong : .danger)
  }

  private func shortArrival(_ width: Int) -> Part? {
    guard let last = browser.arrivals.last, let whole = arrival else { return nil }
    let room = width - (TextWidth.columns(whole.text) - TextWidth.columns(last.name))
    guard room >= 4 else { return nil }
    let name = TextWidth.prefix(of: last.name, columns: room - 1) + "…"
    return (whole.text.replacing(last.name, with: name, maxReplacements: 1), whole.style)
  }

  /// Changes that nobody has seen, and which way they are.
  private var elsewhere: Part? {
    let elsewhere = browser.changesElsewhere
    let ways = [
      (elsewhere.above, "above"), (elsewhere.below, "below"), (elsewhere.filtered, "filtered"),
    ].filter { $0.0 > 0 }
    guard let first = ways.first else { return nil }
    let rest = ways.dropFirst().map { "\($0.0) \($0.1)" }
    let count = elsewhere.isMore ? "\(Words.count(first.0))+ changes" : Words.count(first.0, "change")
    let text = (["\(count) \(first.1)"] + rest).joined(separator: ", ")
    return (text, .changed)
  }
}

/// How things stand with the cloud, in words: first in full, then in fewer for where there is less room.
@MainActor struct ConnectionWords {
  let browser: Browser

  var variants: [HeaderView.Part] {
    let feed = browser.feed
    let now = browser.now
    let age = feed.lastGood.map { ", data \(Words.duration(now.timeIntervalSince($0))) old" } ?? ""
    let waiting = feed.waitingSince.map { now.timeIntervalSince($0) }
    switch feed.connection {
    case .connecting(let since):
      let seconds = now.timeIntervalSince(since)
      return [(seconds < 2 ? "… connecting" : "… waiting \(Words.duration(seconds))", .progress)]
    case .live:
      if let waiting, waiting >= 2 {
        let words = "… waiting \(Words.duration(waiting))"
        return [(words + age, .warning), (words, .warning)]
      }
      return [("● live \(feed.pace.words)", .good)]
    case .paused(let since):
      return [("‖ paused \(Words.duration(now.timeIntervalSince(since)))", .warning)]
    case .troubled(let trouble, let retry):
      let wait = retry.timeIntervalSince(now)
      let next = waiting == nil && wait >= 1 ? "retry in \(Words.duration(wait))" : "trying again"
      return ["✗ \(trouble.word)\(age), \(next)", "✗ \(trouble.word), \(next)", "✗ \(trouble.word)"]
        .map { ($0, .danger) }
    case .notSignedIn(let trouble):
      return [
        "✗ not signed in: \(trouble.word)\(age)", "✗ not signed in: \(trouble.word)", "✗ not signed in",
      ]
      .map { ($0, .danger) }
    }
  }
}
