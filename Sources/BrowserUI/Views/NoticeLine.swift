import BrowserModel
import Console

/// The line above the footer: what happened last.
@MainActor struct NoticeLine {
  let browser: Browser

  func draw(on screen: inout Screen, in area: Rect) {
    guard let notice = browser.lineNotice else { return }
    let more = hasMore(notice, area.width - 2) ? " (! all)" : ""
    let width = screen.write(
      notice.text, row: area.row, column: area.column + 1, width: area.width - 2 - more.count,
      style: Self.style(notice.weight))
    screen.write(more, row: area.row, column: area.column + 1 + width, style: .key)
  }

  /// Whether `!` is a key now and shows more than the line says.
  private func hasMore(_ notice: Notice, _ width: Int) -> Bool {
    browser.context.isPane
      && (notice == browser.feed.connection.notice || TextWidth.columns(notice.text) > width)
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

/// The last line: the keys that do something now, most useful first, as many as there is room for. The help, which
/// names the rest, always is among them.
@MainActor struct Footer {
  let browser: Browser

  func draw(on screen: inout Screen, in area: Rect) {
    var column = area.column + 1
    for hint in fitting(area.width - 1) {
      column += screen.write(hint.key, row: area.row, column: column, style: .key)
      column += 1
      column += screen.write(hint.hint, row: area.row, column: column, style: .faint)
      column += 2
    }
  }

  private func fitting(_ width: Int) -> [Hint] {
    let all = KeyTable.hints(in: browser.context, where: browser.isOfUse)
    let help = all.first { $0.command == .help }
    var hints: [Hint] = []
    for hint in all {
      let isHelpToCome = help != nil && hint.command != .help && !hints.contains { $0.command == .help }
      guard Self.width(hints + [hint] + (isHelpToCome ? [help].compactMap(\.self) : [])) <= width else {
        return isHelpToCome ? hints + [help].compactMap(\.self) : hints
      }
      hints.append(hint)
    }
    return hints
  }

  private static func width(_ hints: [Hint]) -> Int {
    hints.reduce(-2) { $0 + TextWidth.columns($1.key) + 1 + TextWidth.columns($1.hint) + 2 }
  }

  private typealias Hint = (command: Command, key: String, hint: String)
}
