/// How large a window or a part of it is, in cells.
package struct Size: Hashable, Sendable {
  package var columns: Int
  package var rows: Int

  package init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }
}

/// A cell's place, counted from the upper left corner, which is (0, 0).
package struct Position: Hashable, Sendable {
  package var row: Int
  package var column: Int

  package init(row: Int, column: Int) {
    self.row = row
    self.column = column
  }
}

/// A part of the screen. Cutting never makes a negative size, so a view may be handed an empty rectangle and draw
/// nothing.
package struct Rect: Hashable, Sendable {
  package var row: Int
  package var column: Int
  package var height: Int
  package var width: Int

  package init(row: Int, column: Int, height: Int, width: Int) {
    self.row = row
    self.column = column
    self.height = max(0, height)
    self.width = max(0, width)
  }

  /// The whole of a window.
  package init(_ size: Size) {
    self.init(row: 0, column: 0, height: size.rows, width: size.columns)
  }

  package var rows: Range<Int> { row..<row + height }
  package var columns: Range<Int> { column..<column + width }

  /// Cuts rows off the top and returns them.
  package mutating func cutTop(_ count: Int) -> Rect {
    let taken = min(max(0, count), height)
    let cut = Rect(row: row, column: column, height: taken, width: width)
    row += taken
    height -= taken
    return cut
  }

  /// Cuts rows off the bottom and returns them.
  package mutating func cutBottom(_ count: Int) -> Rect {
    let taken = min(max(0, count), height)
    height -= taken
    return Rect(row: row + height, column: column, height: taken, width: width)
  }

  /// Cuts columns off the right and returns them.
  package mutating func cutRight(_ count: Int) -> Rect {
    let taken = min(max(0, count), width)
    width -= taken
    return Rect(row: row, column: column + width, height: height, width: taken)
  }

  /// The same without a margin at the left.
  package func inset(left: Int) -> Rect {
    Rect(row: row, column: column + left, height: height, width: width - left)
  }

  /// The same without a margin on each side.
  package func inset(horizontal: Int = 0, vertical: Int = 0) -> Rect {
    Rect(
      row: row + vertical, column: column + horizontal, height: height - 2 * vertical,
      width: width - 2 * horizontal)
  }

  /// A rectangle of a size in the middle of this one, cut to it.
  package func centered(height: Int, width: Int) -> Rect {
    let height = min(height, self.height)
    let width = min(width, self.width)
    return Rect(
      row: row + (self.height - height) / 2, column: column + (self.width - width) / 2, height: height,
      width: width)
  }
}
