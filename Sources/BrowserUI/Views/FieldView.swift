import BrowserModel
import Console

/// A line of text that is being typed, or could be. A text longer than its field is shown around the cursor.
struct FieldView {
  let field: TextField
  /// Whether the keys go here: the hardware cursor does too.
  let isActive: Bool
  var style = Style.plain

  /// As wide as its text and the cursor behind it, within bounds.
  static func width(of field: TextField, atLeast smallest: Int, atMost largest: Int) -> Int {
    min(max(TextWidth.columns(field.text) + 1, smallest), largest)
  }

  func draw(on screen: inout Screen, in area: Rect) {
    guard area.width > 0 else { return }
    let before = field.characters[..<field.cursor]
    let beforeWidth = TextWidth.columns(String(before))
    // The cursor stays within the field, with what is before it.
    var hidden = before.startIndex
    var hiddenWidth = 0
    while beforeWidth - hiddenWidth >= area.width, hidden < before.endIndex {
      hidden += 1
      hiddenWidth = TextWidth.columns(String(before[..<hidden]))
    }
    let visible = String(field.characters[hidden...])
    let style = isActive ? style.selected() : style
    screen.fill(area, style: style)
    screen.write(
      visible, row: area.row, column: area.column, width: area.width, style: style)
    if isActive {
      screen.cursor = Position(row: area.row, column: area.column + beforeWidth - hiddenWidth)
    }
  }
}
