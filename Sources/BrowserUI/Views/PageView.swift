import BrowserModel
import Console

/// A text over the whole window: its title, its lines, what is looked for in it.
@MainActor struct PageView {
  let page: Page
  let browser: Browser

  /// The rows that the text itself has.
  static func textRows(_ layout: Layout) -> Int { max(layout.whole.height - 1, 0) }

  func draw(on screen: inout Screen, in area: Rect) {
    var text = area
    let head = text.cutTop(1)
    let lines = PageText.lines(page, browser, width: area.width)
    let top = min(page.scroll.top, max(lines.count - text.height, 0))
    var title = RichLine(PageText.title(page), .title)
    if lines.count > text.height {
      title = title.then("  \(top + 1)–\(min(top + text.height, lines.count)) of \(lines.count)", .faint)
    }
    title.draw(on: &screen, row: head.row, column: head.column + 1, width: head.width - 2)
    if let search = page.search {
      SearchField(search: search, isActive: page.isSearching).draw(on: &screen, in: head)
    }
    for (index, line) in lines[top..<min(top + text.height, lines.count)].enumerated() {
      line.draw(on: &screen, row: text.row + index, column: text.column + 1, width: text.width - 2)
    }
    if screen.cursor == nil { screen.cursor = Position(row: head.row, column: head.column + 1) }
  }

}

/// What is looked for in a page, at the end of its title.
struct SearchField {
  let search: TextField
  let isActive: Bool

  func draw(on screen: inout Screen, in area: Rect) {
    let width = min(FieldView.width(of: search, atLeast: 20, atMost: 30), area.width / 2)
    let field = Rect(row: area.row, column: area.column + area.width - width - 1, height: 1, width: width)
    screen.write("/", row: area.row, column: field.column - 1, style: .key)
    FieldView(field: search, isActive: isActive).draw(on: &screen, in: field)
  }
}
