import BrowserModel
import Console
import Foundation
import NovaClient

/// The log of changes over the whole window: when, which image, what.
@MainActor struct ChangesView {
  let page: ChangePage
  let browser: Browser

  func draw(on screen: inout Screen, in area: Rect) {
    var text = area
    let head = text.cutTop(1)
    drawHead(on: &screen, in: head, height: text.height)
    let visible = page.matches.dropFirst(page.top).prefix(text.height)
    guard !visible.isEmpty else {
      let sentence =
        page.search.map { "No change contains \"\($0.text)\"." }
        ?? "Nothing has changed since novalens was started."
      screen.write(sentence, row: text.row, column: text.column + 1, width: text.width - 2, style: .faint)
      if screen.cursor == nil { screen.cursor = Position(row: head.row, column: head.column + 1) }
      return
    }
    let lines = visible.compactMap { browser.log.line($0) }
    let times = lines.map { Words.moment($0.time, now: browser.clock, utcOffset: browser.utcOffset) }
    let timeWidth = times.map(\.count).max() ?? 0
    let names = lines.map { TextWidth.columns($0.name) }.max() ?? 0
    // At least half of the line is for what happened.
    let nameWidth = min(names, max(text.width / 2 - timeWidth - 6, 8))
    for (index, line) in lines.enumerated() {
      let row = text.row + index
      let (sign, style) = RowSigns.sign(line.sign)
      screen.write(sign, row: row, column: text.column + 1, style: style)
      var column = text.column + 3
      screen.write(times[index], row: row, column: column, style: .faint)
      column += timeWidth + 2
      screen.write(line.name, row: row, column: column, width: nameWidth)
      column += nameWidth + 2
      screen.write(
        line.words, row: row, column: column, width: text.width - column - 1, style: Self.style(of: line))
      if line.number == page.cursor {
        let whole = Rect(row: row, column: text.column, height: 1, width: text.width)
        screen.restyle(whole) { $0.selected() }
        if screen.cursor == nil { screen.cursor = Position(row: row, column: text.column + 1) }
      }
    }
  }

  /// The place among the lines that are shown of what is drawn at a position.
  func row(at position: Position, in area: Rect) -> Int? {
    let row = page.top + position.row - area.row - 1
    return area.contains(position) && position.row > area.row && row < page.matches.count ? row : nil
  }

  private func drawHead(on screen: inout Screen, in area: Rect, height: Int) {
    var title = RichLine("Changes, last noticed first", .title)
    let count = page.matches.count
    if count > height {
      let last = Words.count(min(page.top + height, count))
      title = title.then("  \(Words.count(page.top + 1))–\(last) of \(Words.count(count))", .faint)
    }
    title.draw(on: &screen, row: area.row, column: area.column + 1, width: area.width - 2)
    if let search = page.search {
      SearchField(search: search, isActive: page.isSearching).draw(on: &screen, in: area)
    }
  }

  private static func style(of line: ChangeLog.Line) -> Style {
    switch line.sign {
    case .gone: .faint
    case .changed where line.isFailure: .danger
    default: .plain
    }
  }
}
