import BrowserModel
import Console

/// A line of text that is being typed, or could be. A text longer than its field is shown around the cursor.
struct FieldView {
  let field: TextField
  /// Whether the keys go here: the hardware cursor does too.
  let isActive: Bool
  var style = Style.plain
  /// Whether a character that the terminal cannot show is written as an escape, as the values around the field are.
  var escapes = false

  /// As wide as its text and the cursor behind it, within bounds.
  static func width(of field: TextField, atLeast smallest: Int, atMost largest: Int) -> Int {
    let start = TextWidth.prefix(of: field.text, columns: largest)
    return min(max(TextWidth.columns(start) + 1, smallest), largest)
  }

  func draw(on screen: inout Screen, in area: Rect) {
    guard area.width > 0 else { return }
    let characters =
      escapes ? field.characters.map { shown($0, screen.repertoire) } : field.characters.map(String.init)
    let before = characters[..<field.cursor]
    let isLong = TextWidth.columns(before.joined()) >= area.width
    // The cursor stays within the field, with what is before it; that more is before that is said as it is behind.
    let mark = isLong && area.width > 2 ? "…" : ""
    var start = isLong ? field.cursor : 0
    // From the cursor on, because a text may be much longer than its field.
    while isLong, start > 0,
      mark.count + TextWidth.columns(before[(start - 1)...].joined()) < area.width
    {
      start -= 1
    }
    let visible = mark + characters[start...].joined()
    let style = isActive ? style.selected() : style
    screen.fill(area, style: style)
    screen.write(
      visible, row: area.row, column: area.column, width: area.width, style: style)
    if isActive {
      let column = mark.count + TextWidth.columns(before[start...].joined())
      screen.cursor = Position(row: area.row, column: area.column + column)
    }
  }

  /// A backslash stays as it was typed, since what is typed has escapes of its own.
  private func shown(_ character: Character, _ repertoire: Repertoire) -> String {
    character == "\\" ? "\\" : ValueEscapes.escaped(String(character), isASCII: repertoire == .ascii)
  }
}
