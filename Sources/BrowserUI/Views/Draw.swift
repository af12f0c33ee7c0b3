package import BrowserModel
package import Console

/// The whole screen as it should look now. It depends on nothing but what it is given: no clock, no locale; and it
/// changes nothing.
@MainActor package func draw(_ browser: Browser, _ size: Size, _ repertoire: Repertoire = .unicode) -> Screen
{
  var screen = Screen(size, repertoire: repertoire)
  guard size.columns >= Layout.smallest.columns, size.rows >= Layout.smallest.rows else {
    let words = "Needs \(Layout.smallest.columns)×\(Layout.smallest.rows) or more"
    screen.write(words, row: size.rows / 2, column: 0, style: .warning)
    screen.cursor = Position(row: size.rows / 2, column: 0)
    // The only key that counts here: nobody sees what the others would do.
    if size.rows / 2 + 1 < size.rows {
      screen.write("Ctrl-C leaves", row: size.rows / 2 + 1, column: 0, style: .warning)
    }
    return screen
  }
  let layout = Layout(browser, size)
  HeaderView(browser: browser).draw(on: &screen, in: layout.header)
  if let page = browser.page {
    PageView(page: page, browser: browser).draw(on: &screen, in: layout.whole)
  } else if case .changes(let page) = browser.overlay {
    ChangesView(page: page, browser: browser).draw(on: &screen, in: layout.whole)
  } else if case .editor(let editor) = browser.overlay, layout.detail == nil {
    EditorView(editor, browser, screen.repertoire).draw(on: &screen, in: layout.whole)
  } else if case .review(let review) = browser.overlay {
    ReviewView(
      review: review, now: browser.now, utcOffset: browser.utcOffset, repertoire: screen.repertoire
    ).draw(on: &screen, in: layout.whole)
  } else if let cursor = browser.draftCursor {
    DraftsView(browser: browser, cursor: cursor).draw(on: &screen, in: layout.whole)
  } else if layout.detail == nil, let detail = layout.shownDetail(browser) {
    if detail.row > layout.filterLine.row {
      FilterLine(browser: browser, repertoire: screen.repertoire).draw(on: &screen, in: layout.filterLine)
    }
    DetailView(browser: browser).draw(on: &screen, in: detail)
  } else {
    drawPanes(browser, layout, on: &screen)
  }
  switch browser.raised == nil ? browser.overlay : nil {
  case .filterForm(let form): FilterFormView(form, browser).draw(on: &screen, in: layout.whole)
  case .deletion(let deletion):
    DeletionView(deletion: deletion, place: browser.place).draw(on: &screen, in: layout.whole)
  case .discarding:
    if let draft = browser.draftToDiscard {
      QuestionBox(discarding: draft).draw(on: &screen, in: layout.whole)
    }
  default: break
  }
  drawCursorSign(browser, layout, on: &screen)
  if browser.isAskingToQuit { QuestionBox(leaving: browser).draw(on: &screen, in: layout.whole) }
  NoticeLine(browser: browser).draw(on: &screen, in: layout.notice)
  Footer(browser: browser).draw(on: &screen, in: layout.footer)
  return screen
}

/// The sign of the row that the keys are about, in the margin, where what lies over the panes has one: without reverse
/// video, too, one sees which it is.
@MainActor private func drawCursorSign(_ browser: Browser, _ layout: Layout, on screen: inout Screen) {
  guard let row = screen.cursor?.row else { return }
  let column = if case .editor = browser.overlay { layout.editor.column } else { 0 }
  let hasRow =
    switch (browser.context, browser.overlay) {
    case (.editor, .editor(let editor)): !editor.session.rows.isEmpty
    case (.changes, .changes(let page)): page.cursor != nil
    case (.drafts, _): !browser.draftList.isEmpty
    case (.review, _), (.reviewConflict, _): row > layout.whole.row
    default: false
    }
  guard hasRow, screen[row: row, column: column].text == " " else { return }
  screen.write("▌", row: row, column: column, style: screen[row: row, column: column].style)
}

@MainActor private func drawPanes(_ browser: Browser, _ layout: Layout, on screen: inout Screen) {
  FilterLine(browser: browser, repertoire: screen.repertoire).draw(on: &screen, in: layout.filterLine)
  ListView(browser: browser).draw(on: &screen, in: layout.list)
  guard let detail = layout.detail, let rule = layout.rule else { return }
  let sign = rule.width == 1 ? "│" : "─"
  for row in rule.rows {
    screen.write(String(repeating: sign, count: rule.width), row: row, column: rule.column, style: .faint)
  }
  if case .editor(let editor) = browser.overlay {
    EditorView(editor, browser, screen.repertoire).draw(on: &screen, in: detail)
  } else {
    DetailView(browser: browser).draw(on: &screen, in: detail)
  }
}
