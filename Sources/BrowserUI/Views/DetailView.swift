import BrowserModel
import Console

/// The image under the cursor, whole: its name, its fields, its metadata. It scrolls.
@MainActor struct DetailView {
  let browser: Browser

  func draw(on screen: inout Screen, in area: Rect) {
    guard let image = browser.detailed else {
      screen.write("No image.", row: area.row, column: area.column + 1, style: .faint)
      return
    }
    var text = area
    let title = text.cutTop(1)
    let hasKeys = browser.focus == .detail && browser.overlay == nil
    let lines = DetailText.lines(browser, width: area.width - 1)
    let top = min(browser.detailScroll.top, max(lines.count - text.height, 0))
    let rest = lines.count - top - text.height
    let more = rest > 0 ? " \(rest) more ▼" : ""
    screen.write(
      more, row: title.row, column: title.column, width: title.width - 1, style: .faint, alignment: .right)
    screen.write(
      image.displayName, row: title.row, column: title.column + 1,
      width: max(title.width - 2 - TextWidth.columns(more), 0), style: hasKeys ? .title.selected() : .title)
    for (index, line) in lines[top..<min(top + text.height, lines.count)].enumerated() {
      line.draw(on: &screen, row: text.row + index, column: text.column + 1, width: text.width - 1)
    }
    if hasKeys { screen.cursor = Position(row: title.row, column: title.column + 1) }
  }
}
