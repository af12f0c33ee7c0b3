import BrowserModel
import Console

/// The line above the footer: what happened last.
struct NoticeLine {
  let notice: Notice?

  func draw(on screen: inout Screen, in area: Rect) {
    guard let notice else { return }
    screen.write(
      notice.text, row: area.row, column: area.column + 1, width: area.width - 2,
      style: Self.style(notice.weight))
  }

  static func style(_ weight: Notice.Weight) -> Style {
    switch weight {
    case .information: .plain
    case .success: .good
    case .warning: .warning
    case .problem: .danger
    }
  }
}

/// The last line: the keys that do something now, most useful first, as many as there is room for.
@MainActor struct Footer {
  let browser: Browser

  func draw(on screen: inout Screen, in area: Rect) {
    var column = area.column + 1
    for hint in KeyTable.hints(in: browser.context, where: browser.isOfUse) {
      let width = TextWidth.columns(hint.key) + 1 + TextWidth.columns(hint.hint)
      guard column + width <= area.column + area.width else { break }
      column += screen.write(hint.key, row: area.row, column: column, style: .key)
      column += 1
      column += screen.write(hint.hint, row: area.row, column: column, style: .faint)
      column += 2
    }
  }
}
