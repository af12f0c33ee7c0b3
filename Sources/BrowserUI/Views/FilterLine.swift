import BrowserModel
import Console
import Foundation
import NovaClient

/// The second line: every part of the filter, what is set standing out, and how many images it leaves. What is set
/// is always visible; what is not gives way first, then the words around it, and for what is too much for one line
/// there is another one where the window has rows for it.
@MainActor struct FilterLine {
  let browser: Browser
  let repertoire: Repertoire

  private struct Part {
    var label: String
    /// Nil where nothing is asked.
    var value: String?
    /// Shown although nothing is set, so that a newcomer sees what could be.
    var whenUnset: String?
    /// A field to type in stands in the place of the value.
    var field: TextField?
    /// What the value may be cut to where there is little room, and whether it says by itself what it is.
    var least = Int.max
    var speaksForItself = false

    var text: String { value ?? whenUnset ?? "" }

    func width(_ room: Int) -> Int {
      let own = field.map { FieldView.width(of: $0, atLeast: 12, atMost: max(room / 2, 12)) }
      return (label.isEmpty ? 0 : TextWidth.columns(label) + 1) + (own ?? TextWidth.columns(text))
    }

    /// The same in fewer columns.
    var short: Part {
      guard field == nil else { return self }
      var copy = self
      if speaksForItself { copy.label = "" }
      if TextWidth.columns(text) > least { copy.value = TextWidth.prefix(of: text, columns: least - 1) + "…" }
      return copy
    }
  }

  /// Whether one line of so many columns cannot show all that is set.
  func needsTwoLines(_ width: Int) -> Bool { fitting(room(width)).hidden > 0 }

  func draw(on screen: inout Screen, in area: Rect) {
    var area = area
    let room = room(area.width)
    screen.write(
      shown, row: area.row, column: area.column, width: area.width - 1, style: .plain.strong,
      alignment: .right)
    let (parts, gap, hidden) = fitting(room)
    guard hidden > 0, area.height > 1 else {
      let end = draw(parts, gap: gap, on: &screen, in: area.cutTop(1), room)
      if hidden > 0 {
        screen.write(
          "+\(hidden) (f)", row: area.row - 1, column: end, width: room + 1 - end, style: .plain.strong)
      }
      return
    }
    var first = setParts
    while first.count > 1, width(first, gap: 3, room) > room { first.removeLast() }
    draw(first, gap: 3, on: &screen, in: area.cutTop(1), room)
    var second = Array(setParts.dropFirst(first.count))
    if width(second, gap: 3, area.width) > area.width - 2 { second = second.map(\.short) }
    draw(second, gap: 3, on: &screen, in: area, area.width - 2)
  }

  private func width(_ parts: [Part], gap: Int, _ room: Int) -> Int {
    parts.reduce(-gap) { $0 + $1.width(room) + gap }
  }

  private var shown: String {
    let more = browser.feed.reading.isComplete ? "" : "+"
    return browser.filter.isEmpty ? "" : "\(Words.count(browser.feed.listing.shown))\(more) shown"
  }

  private func room(_ width: Int) -> Int { width - 2 - (shown.isEmpty ? 0 : TextWidth.columns(shown) + 2) }

  /// The column behind what was drawn.
  @discardableResult private func draw(
    _ parts: [Part], gap: Int, on screen: inout Screen, in area: Rect, _ room: Int
  ) -> Int {
    var column = area.column + 1
    let end = column + room
    for part in parts {
      let label = part.label.isEmpty ? "" : part.label + " "
      column += screen.write(label, row: area.row, column: column, width: end - column, style: .faint)
      if let field = part.field {
        let width = min(part.width(room) - TextWidth.columns(label), end - column)
        FieldView(field: field, isActive: true)
          .draw(on: &screen, in: Rect(row: area.row, column: column, height: 1, width: width))
        column += width
      } else {
        let style = part.value == nil ? Style.faint : .plain.strong
        column += screen.write(part.text, row: area.row, column: column, width: end - column, style: style)
      }
      column += gap
    }
    return column
  }

  /// What is set, for a sentence, which a long text must not be.
  var summary: String {
    setParts.map { part in
      let start = TextWidth.prefix(of: part.text, columns: 40)
      return "\(part.label) \(start)\(start.endIndex < part.text.endIndex ? "…" : "")"
    }.joined(separator: ", ")
  }

  private var setParts: [Part] { parts.filter { $0.value != nil || $0.field != nil } }

  /// The parts there is room for in one line, how far apart, and how many that are set there is no room for.
  private func fitting(_ room: Int) -> (parts: [Part], gap: Int, hidden: Int) {
    var parts = self.parts
    while width(parts, gap: 3, room) > room,
      let index = parts.lastIndex(where: { $0.value == nil && $0.label != "Name" })
    {
      parts.remove(at: index)
    }
    if width(parts, gap: 3, room) <= room { return (parts, 3, 0) }
    parts = setParts.map(\.short)
    let all = parts.count
    // As long as one is hidden the line has to say so.
    while parts.count > 1, width(parts, gap: 2, room) + (parts.count < all ? 8 : 0) > room {
      parts.removeLast()
    }
    return (parts, 2, all - parts.count)
  }

  private var parts: [Part] {
    let filter = browser.filter
    var typed: TextField?
    if case .nameFilter(let field, _) = browser.overlay { typed = field }
    let all: [Part] = [
      Part(
        label: "Name", value: filter.name.map { Words.visible($0.typed) }, whenUnset: "any", field: typed,
        least: 12),
      Part(label: "Status", value: filter.status?.rawValue, whenUnset: "any", speaksForItself: true),
      Part(label: "Type", value: filter.type?.rawValue, whenUnset: "any", speaksForItself: true),
      Part(
        label: "Disk \(sign(filter.minDisk))", value: filter.minDisk.map { "\($0.number) GiB" },
        whenUnset: Words.none),
      Part(
        label: "RAM \(sign(filter.minRAM))",
        value: filter.minRAM.map { $0.number == 0 ? "0 MiB" : Words.memory($0.number) },
        whenUnset: Words.none),
      Part(label: "Server", value: filter.server, least: 9),
      Part(label: "Since", value: filter.changedSince.map(since)),
    ]
    return all.filter { $0.value != nil || $0.whenUnset != nil }
  }

  /// An age would be untrue as time goes by: what it was told from stays.
  private func since(_ term: TimeTerm) -> String {
    guard term.isAge else { return term.typed }
    return browser.clock.timeIntervalSince(term.date) < 300 * 86_400
      ? Words.moment(term.date, now: browser.clock, utcOffset: browser.utcOffset)
      : Words.day(term.date, utcOffset: browser.utcOffset)
  }

  private func sign(_ term: NumberTerm?) -> String {
    switch term?.way ?? .atLeast {
    case .atLeast: repertoire == .ascii ? ">=" : "≥"
    case .exactly: "="
    case .atMost: repertoire == .ascii ? "<=" : "≤"
    }
  }
}
