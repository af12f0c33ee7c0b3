import BrowserModel
import Console

/// The first line: which cloud, how things stand with it, what has happened, how much has been read, what time it is.
@MainActor struct HeaderView {
  let browser: Browser

  func draw(on screen: inout Screen, in area: Rect) {
    let parts = fitting(area.width)
    var column = area.column + area.width
    for part in parts.right.reversed() {
      column -= TextWidth.columns(part.text) + 1
      // In ASCII an ellipsis is the sign of a row that has changed.
      let isWaiting = screen.repertoire == .ascii && part.text.hasPrefix("…")
      let text = isWaiting ? "." + part.text.dropFirst() : part.text
      screen.write(text, row: area.row, column: column, style: part.style)
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
    for left in [place(withProgram: isRoomy), place] {
      for time in times {
        let right = [arrival, states[0], unsaved, readOnly, elsewhere, counts, marks, saving, odd, time]
          .compactMap { $0 }
        if Self.width(left, right) <= width { return (left, right) }
      }
    }
    // How old the data is comes before the region, which a cloud seldom has two of.
    for left in [place, placeWithoutRegion] {
      for unsaved in [unsaved, unsavedWithoutKey] {
        let needed = [arrival, states[0], unsaved].compactMap { $0 }
        if Self.width(left, needed) <= width {
          return (left, withMore(than: needed, width - Self.width(left, needed)))
        }
      }
    }
    // Who waits for an image must be told; of a long name the end gives way.
    for unsaved in [unsavedWithoutKey, nil] {
      let rest = [states.last, unsaved].compactMap { $0 }
      if let arrival = shortArrival(width - Self.width(placeWithoutRegion, rest) - 2) {
        return (placeWithoutRegion, [arrival] + rest)
      }
      for state in states {
        let right = [state, unsaved].compactMap { $0 }
        if Self.width(placeWithoutRegion, right) <= width { return (placeWithoutRegion, right) }
      }
    }
    return (placeWithoutRegion, states.suffix(1))
  }

  /// What there is room for beside what must be there, most important first; the changes in fewer words before
  /// anything gives way to them.
  private func withMore(than needed: [Part], _ room: Int) -> [Part] {
    func most(_ optional: [Part?]) -> (parts: [Part], isAll: Bool) {
      var room = room
      let all = optional.compactMap { $0 }
      let chosen = all.filter { part in
        let width = TextWidth.columns(part.text) + 2
        guard width <= room else { return false }
        room -= width
        return true
      }
      return (chosen, chosen.count == all.count)
    }
    let isRoomForWays = most([readOnly, elsewhere, counts, marks]).isAll
    let changes = isRoomForWays ? elsewhere : shortElsewhere
    return needed + most([readOnly, changes, counts, marks, saving, odd]).parts
  }

  /// From so many columns the name of the program and the seconds are shown.
  private static let roomy = 100

  private static func width(_ left: String, _ right: [Part]) -> Int {
    TextWidth.columns(left) + 2 + right.reduce(0) { $0 + TextWidth.columns($1.text) + 2 }
  }

  private func place(withProgram: Bool) -> String { (withProgram ? "novalens  " : "") + place }

  private var place: String { Self.line(browser.place.cloud, browser.place.region, browser.place.project) }

  private var placeWithoutRegion: String { Self.line(browser.place.cloud, browser.place.project) }

  private static func line(_ names: String?...) -> String {
    names.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " · ")
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

  /// What is edited and not sent, also in images that the list does not show.
  private var unsavedWithoutKey: Part? {
    let drafts = browser.draftList.count
    guard drafts > 0 else { return nil }
    let changes = browser.unsavedChanges
    return (changes > 0 ? "\(Words.count(changes)) unsaved" : Words.count(drafts, "draft"), .changed)
  }

  /// The same with the key that lists it.
  private var unsaved: Part? {
    unsavedWithoutKey.map { (browser.context.isPane ? "\($0.text) (u)" : $0.text, $0.style) }
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
    let text = (["\(changes(first.0)) \(first.1)"] + rest).joined(separator: ", ")
    return (text, .changed)
  }

  /// How many they are, wherever.
  private var shortElsewhere: Part? {
    let elsewhere = browser.changesElsewhere
    let count = elsewhere.above + elsewhere.below + elsewhere.filtered
    guard count > 0 else { return nil }
    return (changes(count), .changed)
  }

  private func changes(_ count: Int) -> String {
    browser.changesElsewhere.isMore ? "\(Words.count(count))+ changes" : Words.count(count, "change")
  }
}
