import CCurses

/// Puts pictures on the terminal through curses, which sends what differs.
@MainActor
final class Painter {
  private let palette: Palette
  /// The picture that curses has. Rows that are equal in the next one are not even looked at by curses.
  private var shown: Screen?
  /// Whether the terminal shows something else than curses knows.
  private var isStale = false

  /// curses must have been started.
  init(isMonochrome: Bool) {
    var colors = 0
    // Without the terminal's own background there are no colours: a black one of ours would stand out.
    if has_colors(), start_color() == OK, use_default_colors() == OK { colors = Int(ccurses_colors()) }
    palette = Palette(colors: colors, isMonochrome: isMonochrome)
    if colors >= 8 {
      for color in Look.Color.allCases { init_pair(color.rawValue, color.rawValue, -1) }
    }
  }

  /// How many bytes of a picture a terminal has room for, so that they are there at once.
  private static let piece: off_t = 4096

  /// Shows a picture. Nothing is sent when it is the one that is there.
  ///
  /// - Parameter beforeLast: called when nothing but the last piece is missing, so that hardly anybody can have answered
  ///   the picture, and once more where the terminal takes its time for that.
  func paint(_ screen: Screen, beforeLast: (() -> Void)? = nil) {
    guard screen != shown else {
      beforeLast?()
      return
    }
    take(screen)
    update(beforeLast: beforeLast)
  }

  /// Sends a whole picture, whatever the terminal shows; nil for the one that is there.
  func repaint(_ screen: Screen? = nil) {
    if let screen, screen != shown { take(screen) }
    isStale = true
    update()
  }

  /// Hands to curses what differs.
  private func take(_ screen: Screen) {
    for row in 0..<min(screen.size.rows, Int(ccurses_rows())) where screen.row(row) != shown?.row(row) {
      put(screen.row(row), at: Int32(row))
    }
    shown = screen
  }

  /// The window has another size: nothing of the old picture holds, and the terminal has moved its rows about.
  func resize(to size: Size) {
    shown = nil
    resizeterm(Int32(size.rows), Int32(size.columns))
    werase(ccurses_screen())
    isStale = true
  }

  private func update(beforeLast: (() -> Void)? = nil) {
    ccurses_use_begin()
    defer { ccurses_use_end() }
    ccurses_begin_picture(isStale)
    isStale = false
    if let cursor = shown?.cursor {
      wmove(ccurses_screen(), Int32(cursor.row), Int32(cursor.column))
      curs_set(1)
    } else {
      curs_set(0)
    }
    wnoutrefresh(ccurses_screen())
    doupdate()
    let isKept = ccurses_end_picture(beforeLast == nil ? 0 : Self.piece)
    beforeLast?()
    if isKept, ccurses_send_kept() { beforeLast?() }
  }

  private func put(_ cells: ArraySlice<Cell>, at row: Int32) {
    wmove(ccurses_screen(), row, 0)
    wclrtoeol(ccurses_screen())
    let looks = looks(of: cells)
    for (column, cell) in zip(0..<ccurses_columns(), cells) where !cell.isRightHalf {
      let look = looks[Int(column)]
      guard cell != .blank || look != Look() else { continue }
      let isWide =
        cells.startIndex + Int(column) + 1 < cells.endIndex
        && cells[cells.startIndex + Int(column) + 1].isRightHalf
      let scalars = cell.text.unicodeScalars.map(\.value)
      ccurses_put(
        row, column, scalars, Int32(scalars.count), isWide ? 2 : 1, look.attributes, look.color?.rawValue ?? 0
      )
    }
  }

  /// A blank or two between texts that stand out look as the text before: going back to plain for them, which nobody
  /// sees, would be six bytes each time.
  private func looks(of cells: ArraySlice<Cell>) -> [Look] {
    var looks = cells.map { palette.look(of: $0.style) }
    var last: Int?
    for (column, cell) in cells.enumerated() where cell != .blank {
      if let last, (2...3).contains(column - last), looks[column] != Look(), looks[last].isUnseenOnBlanks {
        for blank in last + 1..<column { looks[blank] = looks[last] }
      }
      last = column
    }
    return looks
  }
}

extension Look {
  /// Whether a blank looks the same with it as without.
  fileprivate var isUnseenOnBlanks: Bool { !isReversed && !isUnderlined }

  fileprivate var attributes: attr_t {
    var attributes: attr_t = 0
    if isBold { attributes |= ccurses_bold }
    if isDim { attributes |= ccurses_dim }
    if isUnderlined { attributes |= ccurses_underline }
    if isReversed { attributes |= ccurses_reverse }
    // What the terminal can't show would cost bytes for nothing.
    return attributes & (term_attrs() | ccurses_bold)
  }
}
