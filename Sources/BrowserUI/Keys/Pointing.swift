package import BrowserModel
package import Console

/// What a click or a turn of the wheel has done, by what is drawn under it. It goes by commands, as keys do.
@MainActor package enum Pointing {
  /// How many rows one notch of the wheel moves.
  static let notch = 3

  /// - Parameter repertoire: the terminal's; what is said in other signs takes other lines.
  package static func commands(
    for action: MouseAction, in browser: Browser, _ size: Size, _ repertoire: Repertoire = .unicode
  ) -> [Command] {
    let layout = Layout(browser, size)
    return switch action.kind {
    case .wheelUp: scroll(.up, at: action.position, in: browser, layout)
    case .wheelDown: scroll(.down, at: action.position, in: browser, layout)
    case .click: click(at: action.position, in: browser, layout, repertoire)
    }
  }

  /// The wheel does what the arrow does, where that moves; in the panes, in the one that it is over.
  private static func scroll(
    _ motion: Motion, at position: Position, in browser: Browser, _ layout: Layout
  ) -> [Command] {
    let command = Command.move(motion)
    let key: Key = motion == .up ? .up : .down
    guard KeyTable.command(for: key, in: browser.context) == command else { return [] }
    let other = browser.focus == .list ? layout.detail : layout.detail.map { _ in layout.list }
    let isOverOther = browser.context.isPane && other?.contains(position) ?? false
    return Array(repeating: isOverOther ? .moveInOtherPane(motion) : command, count: notch)
  }

  private static func click(
    at position: Position, in browser: Browser, _ layout: Layout, _ repertoire: Repertoire
  ) -> [Command] {
    guard browser.context.isPane else {
      return row(at: position, in: browser, layout, repertoire).map { [.select(row: $0)] } ?? []
    }
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

  /// The row under a position of what lies over the panes, where that has a cursor. A field that somebody types in is not
  /// left by a click, but for another one of the same form.
  private static func row(
    at position: Position, in browser: Browser, _ layout: Layout, _ repertoire: Repertoire
  ) -> Int? {
    let whole = layout.whole
    return switch (browser.context, browser.overlay) {
    case (.changes, .changes(let page)):
      ChangesView(page: page, browser: browser).row(at: position, in: whole)
    case (.drafts, .drafts(let cursor)):
      DraftsView(browser: browser, cursor: cursor).row(at: position, in: whole)
    case (.editor, .editor(let editor)):
      EditorView(editor, browser, repertoire).row(at: position, in: layout.editor)
    case (.filterForm, .filterForm(let form)):
      FilterFormView(form, browser).row(at: position, in: whole)
    default: nil
    }
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
  func contains(_ position: Position) -> Bool {
    rows.contains(position.row) && columns.contains(position.column)
  }
}
