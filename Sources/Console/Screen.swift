/// A picture of the whole window: a grid of cells, and where the hardware cursor rests.
///
/// Views draw on it without minding its edges: whatever lies outside is cut off.
package struct Screen: Hashable, Sendable {
  package let size: Size
  package let repertoire: Repertoire
  /// Where the hardware cursor rests, which screen readers follow; nil hides it.
  package var cursor: Position?
  private var cells: [Cell]

  package init(_ size: Size, repertoire: Repertoire = .unicode) {
    self.size = Size(columns: max(0, size.columns), rows: max(0, size.rows))
    self.repertoire = repertoire
    cells = Array(repeating: .blank, count: self.size.columns * self.size.rows)
  }

  /// The cell at a place; a blank outside.
  package subscript(row row: Int, column column: Int) -> Cell {
    guard row >= 0, row < size.rows, column >= 0, column < size.columns else { return .blank }
    return cells[row * size.columns + column]
  }

  /// The cells of one row of the grid.
  package func row(_ row: Int) -> ArraySlice<Cell> {
    guard row >= 0, row < size.rows else { return [] }
    return cells[row * size.columns..<(row + 1) * size.columns]
  }

  /// Writes a text in one row.
  ///
  /// - Parameter width: the columns that it may take, up to the right edge when nil. A text that is cut ends in `…`.
  /// - Returns: the columns that the text takes, without what alignment leaves free.
  @discardableResult
  package mutating func write(
    _ text: String, row: Int, column: Int, width: Int? = nil, style: Style = .plain,
    alignment: Alignment = .left
  ) -> Int {
    let limit = min(width ?? Int.max, size.columns - min(column, size.columns))
    guard row >= 0, row < size.rows, limit > 0 else { return 0 }
    if let used = writeASCII(text, row: row, column: column, limit: limit, style: style, alignment: alignment)
    {
      return used
    }
    let (glyphs, used) = fitting(text, limit: limit)
    var texts: [String] = []
    texts.reserveCapacity(used)
    for glyph in glyphs { texts += repertoire.cells(for: glyph) }
    place(count: used, row: row, column: column + alignment.margin(used, in: limit), style: style) {
      texts[$0]
    }
    return used
  }

  /// Makes a rectangle blank.
  package mutating func fill(_ rect: Rect, style: Style = .plain) {
    for row in rect.rows {
      place(count: rect.width, row: row, column: rect.column, style: style) { _ in " " }
    }
  }

  /// Changes how a rectangle looks and leaves its text, as for the row that the user is on.
  package mutating func restyle(_ rect: Rect, _ change: (Style) -> Style) {
    for row in rect.rows.clamped(to: 0..<size.rows) {
      for column in rect.columns.clamped(to: 0..<size.columns) {
        cells[row * size.columns + column].style = change(cells[row * size.columns + column].style)
      }
    }
  }
}

extension Screen {
  /// The way of nearly every text: printable ASCII, where a byte is a column.
  private mutating func writeASCII(
    _ text: String, row: Int, column: Int, limit: Int, style: Style, alignment: Alignment
  ) -> Int? {
    let used: Int?? = text.utf8.withContiguousStorageIfAvailable { bytes in
      // One byte beyond the limit is looked at too: it may be a mark that belongs to the last sign that fits.
      for byte in bytes.prefix(limit + 1) where byte < 0x20 || byte >= 0x7F {
        return nil
      }
      let used = min(bytes.count, limit)
      let isCut = bytes.count > limit
      let ellipsis = isCut ? repertoire.cells(for: Glyph(text: "…", width: 1))[0] : ""
      let signs = asciiSigns
      place(count: used, row: row, column: column + alignment.margin(used, in: limit), style: style) {
        isCut && $0 == used - 1 ? ellipsis : signs[Int(bytes[$0])]
      }
      return used
    }
    return used ?? nil
  }

  /// The glyphs of a text that fit, with an ellipsis where it is cut. Looks no further than it has to.
  private func fitting(_ text: String, limit: Int) -> (glyphs: [Glyph], used: Int) {
    var glyphs: [Glyph] = []
    var used = 0
    for glyph in SafeText(text) {
      glyphs.append(glyph)
      used += glyph.width
      if used <= limit { continue }
      while used > limit - 1, let last = glyphs.popLast() { used -= last.width }
      glyphs.append(Glyph(text: "…", width: 1))
      return (glyphs, used + 1)
    }
    return (glyphs, used)
  }

  /// Puts texts into the cells of a row, cut at the edges. A wide sign that loses a half loses the other as well.
  private mutating func place(
    count: Int, row: Int, column: Int, style: Style, text: (Int) -> String
  ) {
    let columns = (column..<column + max(0, count)).clamped(to: 0..<size.columns)
    guard row >= 0, row < size.rows, !columns.isEmpty else { return }
    let start = row * size.columns
    if cells[start + columns.lowerBound].isRightHalf { cells[start + columns.lowerBound - 1].text = " " }
    if columns.upperBound < size.columns, cells[start + columns.upperBound].isRightHalf {
      cells[start + columns.upperBound].text = " "
    }
    for place in columns { cells[start + place] = Cell(text(place - column), style: style) }
    // The left edge of the window cut a wide sign in two.
    if columns.lowerBound == 0, cells[start].isRightHalf { cells[start].text = " " }
  }
}

extension Alignment {
  /// The columns that stay free at the left of a text.
  fileprivate func margin(_ used: Int, in width: Int) -> Int {
    switch self {
    case .left: 0
    case .center: (width - used) / 2
    case .right: width - used
    }
  }
}

/// The text of a cell for each ASCII scalar, made once.
private let asciiSigns: [String] = (0..<0x80).map { String(Unicode.Scalar(UInt8($0))) }
