package import BrowserModel
package import Console

/// Which part of the window shows what. Everything that depends on the size is decided here.
package struct Layout: Hashable, Sendable {
  package var header: Rect
  package var filterLine: Rect
  package var list: Rect
  /// The detail beside or below the list; nil where it opens over it.
  package var detail: Rect?
  /// The rule between list and detail: a column or a row.
  package var rule: Rect?
  package var notice: Rect
  package var footer: Rect

  /// The smallest window that a person can work in.
  package static let smallest = Size(columns: 40, rows: 10)
  /// From so many columns the detail is beside the list.
  static let besideColumns = 110
  /// From so many rows it is below.
  static let belowRows = 40
  /// From so many rows a filter may have two of them, and the list has 18 all the same.
  static let twoFilterRows = 24

  @MainActor package init(_ browser: Browser, _ size: Size) {
    var rest = Rect(size)
    header = rest.cutTop(1)
    footer = rest.cutBottom(1)
    notice = rest.cutBottom(1)
    let hasRowToSpare = size.rows >= Self.twoFilterRows
    // In ASCII it is longest; where the keys go does not depend on the terminal's characters.
    let filter = FilterLine(browser: browser, repertoire: .ascii)
    filterLine = rest.cutTop(hasRowToSpare && filter.needsTwoLines(size.columns) ? 2 : 1)
    if size.columns >= Self.besideColumns, !browser.showsAllColumns {
      // An id beside its label has room on one line.
      let width = max(size.columns * 2 / 5, 50) + 6 * browser.paneSteps
      detail = rest.cutRight(min(max(width, 24), size.columns - 50))
      rule = rest.cutRight(2).inset(left: 1)
    } else if size.rows >= Self.belowRows {
      let height = size.rows / 3 + 2 * browser.paneSteps
      detail = rest.cutBottom(min(max(height, 6), rest.height - 12))
      rule = rest.cutBottom(1)
    }
    list = rest
  }

  /// Where the detail is drawn now, if it is.
  @MainActor func shownDetail(_ browser: Browser) -> Rect? {
    guard detail == nil else { return detail }
    guard browser.focus == .detail else { return nil }
    // What is filtered is always visible.
    var area = whole
    if !browser.filter.isEmpty { _ = area.cutTop(filterLine.height) }
    return area
  }

  /// Where the editor is.
  var editor: Rect { detail ?? whole }

  /// All between header and notice, for texts over the whole window.
  var whole: Rect {
    Rect(
      row: filterLine.row, column: 0, height: notice.row - filterLine.row, width: header.width)
  }

  /// The rows of images; one row of the list is taken by the column heads.
  var listRows: Int { max(list.height - 1, 0) }
}

extension Browser {
  /// Tells the model how much is visible, which its motions go by. To be called before a command is performed.
  package func measure(_ size: Size, _ repertoire: Repertoire = .unicode) {
    let layout = Layout(self, size)
    var viewport = Viewport()
    viewport.listRows = layout.listRows
    viewport.hasDetailPane = layout.detail != nil
    viewport.noticeColumns = layout.notice.width - 2
    if let detail = layout.shownDetail(self) {
      viewport.detailRows = detail.height - 1
      viewport.detailLines = DetailText.lines(self, width: detail.width - 1).count
    }
    if case .editor = overlay { viewport.detailRows = layout.editor.height - 4 }
    if case .review(let review) = overlay {
      let view = ReviewView(review: review, now: now, utcOffset: utcOffset, repertoire: repertoire)
      viewport.pageLines = view.lines(width: layout.whole.width)
      viewport.pageRows = view.rows(height: layout.whole.height, lines: viewport.pageLines)
    }
    if draftCursor != nil { viewport.pageRows = layout.whole.height - 2 }
    if case .deletion(let deletion) = overlay, deletion.phase == .finished {
      let room = DeletionView.room(layout.whole)
      viewport.pageRows = max(room.rows - 1, 1)
      viewport.pageLines =
        DeletionView(deletion: deletion, place: place).resultLines(width: room.columns).count
    }
    if case .changes = overlay { viewport.pageRows = PageView.textRows(layout) }
    if let page {
      viewport.pageRows = PageView.textRows(layout)
      viewport.pageLines = PageText.lines(page, self, width: layout.whole.width).count
    }
    viewport.top = top(layout, repertoire)
    self.viewport = viewport
  }

  /// The first row that is shown of what lies over the panes and has a cursor.
  private func top(_ layout: Layout, _ repertoire: Repertoire) -> Viewport.Top? {
    switch overlay {
    case .editor(let editor): .init(.editor, EditorView(editor, self, repertoire).top(in: layout.editor))
    case .filterForm(let form): .init(.filterForm, FilterFormView(form, self).top(in: layout.whole))
    default:
      draftCursor.map { .init(.drafts, DraftsView(browser: self, cursor: $0).top(in: layout.whole)) }
    }
  }
}
