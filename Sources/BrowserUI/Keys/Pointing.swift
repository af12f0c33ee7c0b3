package import BrowserModel
package import Console

/// What a click or a turn of the wheel has done, by what is drawn under it. It goes by commands, as keys do.
@MainActor package enum Pointing {
  /// How many rows one notch of the wheel moves.
  static let notch = 3

  package static func commands(for action: MouseAction, in browser: Browser, _ size: Size) -> [Command] {
    switch action.kind {
    case .wheelUp: scroll(.up, browser)
    case .wheelDown: scroll(.down, browser)
    case .click: click(at: action.position, in: browser, size)
    }
  }

  /// The wheel does what the arrow does, where that moves.
  private static func scroll(_ motion: Motion, _ browser: Browser) -> [Command] {
    let command = Command.move(motion)
    let key: Key = motion == .up ? .up : .down
    guard KeyTable.command(for: key, in: browser.context) == command else { return [] }
    return Array(repeating: command, count: notch)
  }

  private static func click(at position: Position, in browser: Browser, _ size: Size) -> [Command] {
    guard browser.context.isPane else { return [] }
    let layout = Layout(browser, size)
    if layout.header.contains(position) { return [.trouble] }
    guard layout.detail != nil || browser.focus == .list else { return [] }
    if let detail = layout.detail, detail.contains(position) {
      return browser.focus == .list ? [.otherPane] : []
    }
    guard layout.list.contains(position) else { return [] }
    let line = position.row - layout.list.row
    guard line == 0 else { return [.select(row: browser.cursor.top + line - 1)] }
    return columns(browser, layout).first { $0.columns.contains(position.column) }.map {
      [.orderBy($0.column)]
    }
      ?? []
  }

  private static func columns(
    _ browser: Browser, _ layout: Layout
  ) -> [(column: Column, columns: Range<Int>)] {
    var places: [(Column, Range<Int>)] = []
    let columns = Columns(width: layout.list.width, showsAll: browser.showsAllColumns)
    columns.forEach(from: layout.list.column) { slot, start in
      places.append((slot.column, start..<start + slot.width))
    }
    return places
  }
}

extension Rect {
  fileprivate func contains(_ position: Position) -> Bool {
    rows.contains(position.row) && columns.contains(position.column)
  }
}
