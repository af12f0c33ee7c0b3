import BrowserModel
import Console
import NovaClient

/// The metadata as a table that is being edited: a sign for what is changed, the key, the value or the field in its
/// place, what it was; and below what the property means, or what is wrong with what is typed.
struct EditorView {
  let editor: MetadataEditor
  let repertoire: Repertoire
  /// The first line that was shown before.
  let topBefore: Int

  @MainActor init(_ editor: MetadataEditor, _ browser: Browser, _ repertoire: Repertoire) {
    self.editor = editor
    self.repertoire = repertoire
    topBefore = browser.viewport.top(of: .editor)
  }

  func escaped(_ value: String) -> String {
    ValueEscapes.shown(value, isASCII: repertoire == .ascii)
  }

  func draw(on screen: inout Screen, in area: Rect) {
    screen.fill(area)
    let words = explanation(width: area.width - 2)
    let (title, table, foot) = parts(of: area, words: words.count)
    drawTitle(on: &screen, in: title)
    let hidden = drawRows(on: &screen, in: table)
    ScrollRule(above: hidden.above, below: hidden.below).draw(on: &screen, in: foot)
    for (index, line) in words.enumerated() where index + 1 < foot.height {
      line.draw(on: &screen, row: foot.row + 1 + index, column: foot.column, width: foot.width - 1)
    }
  }

  private func parts(of area: Rect, words: Int) -> (title: Rect, table: Rect, foot: Rect) {
    var rest = area.inset(left: 1)
    let title = rest.cutTop(1)
    // Room for as much as there mostly is to say, so that the table does not grow and shrink with each step.
    let usual = rest.height >= 16 ? 4 : 0
    let foot = rest.cutBottom(min(max(words, usual) + 1, max(rest.height / 2, 1)))
    return (title, rest, foot)
  }

  private func table(in area: Rect) -> Rect {
    parts(of: area, words: explanation(width: area.width - 2).count).table
  }

  /// The first line that is shown.
  func top(in area: Rect) -> Int { top(height: table(in: area).height) }

  /// Which row of the metadata is drawn at a position, while no field is open.
  func row(at position: Position, in area: Rect) -> Int? {
    let table = table(in: area)
    let row = top(height: table.height) + position.row - table.row
    return table.contains(position) && row < editor.session.rows.count ? row : nil
  }

  private func drawTitle(on screen: inout Screen, in area: Rect) {
    let subjects = editor.session.subjects
    let name = subjects.count == 1 ? Words.visible(subjects[0].name) : Words.count(subjects.count, "image")
    let count = editor.session.changeCount + (isTypingAnother ? 1 : 0)
    let state = count == 0 ? "no changes" : "\(Words.count(count, "unsaved change"))"
    screen.write(
      state, row: area.row, column: area.column, width: area.width - 1,
      style: count == 0 ? .faint : .changed.strong,
      alignment: .right)
    let purpose = editor.readOnlyReason == nil ? "editing metadata" : "metadata, read-only"
    screen.write(
      "\(name) · \(purpose)", row: area.row, column: area.column,
      width: max(area.width - TextWidth.columns(state) - 3, 0), style: .title)
  }
}
