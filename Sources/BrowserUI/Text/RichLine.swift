package import Console

/// One line of a text that scrolls: pieces, each with its style.
package struct RichLine: Hashable, Sendable {
  package struct Piece: Hashable, Sendable {
    package var text: String
    package var style: Style
  }

  package var pieces: [Piece]

  package init(_ text: String = "", _ style: Style = .plain) {
    pieces = text.isEmpty ? [] : [Piece(text: text, style: style)]
  }

  init(pieces: [Piece]) {
    self.pieces = pieces
  }

  /// The same with one more piece.
  package func then(_ text: String, _ style: Style = .plain) -> RichLine {
    var copy = self
    copy.pieces.append(Piece(text: text, style: style))
    return copy
  }

  /// The same, filled with spaces up to a column.
  package func padded(to column: Int) -> RichLine {
    let missing = column - TextWidth.columns(text)
    return missing > 0 ? then(String(repeating: " ", count: missing)) : self
  }

  /// The same, cut or filled to be just so wide.
  func fitted(to width: Int) -> RichLine {
    var line = RichLine()
    var room = width
    for piece in pieces where room > 0 {
      let columns = TextWidth.columns(piece.text)
      let text = columns <= room ? piece.text : TextWidth.prefix(of: piece.text, columns: room - 1) + "…"
      line = line.then(text, piece.style)
      room -= min(columns, room)
    }
    return line.padded(to: width)
  }

  package var text: String { pieces.map(\.text).joined() }

  package func draw(on screen: inout Screen, row: Int, column: Int, width: Int) {
    var used = 0
    for piece in pieces where used < width {
      used += screen.write(
        piece.text, row: row, column: column + used, width: width - used, style: piece.style)
    }
  }
}

/// Breaks a text into lines of a width: at spaces where there are some, within a word where there are none.
enum Wrapping {
  static func lines(_ text: String, width: Int) -> [String] {
    guard width > 0 else { return [] }
    // A line break in a value is shown as one, so that a text of several lines reads as one.
    return text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
      .flatMap { wrap($0, width: width) }
  }

  /// Breaks a text wherever a line is full, as for what is indented already.
  static func cut(_ text: String, width: Int) -> [String] {
    guard width > 0 else { return [] }
    return text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
      var lines: [String] = []
      var rest = line[...]
      repeat {
        let head = TextWidth.prefix(of: rest, columns: width)
        lines.append(String(head))
        rest = head.isEmpty ? rest.dropFirst() : rest[head.endIndex...]
      } while !rest.isEmpty
      return lines
    }
  }

  private static func wrap(_ line: Substring, width: Int) -> [String] {
    var lines: [String] = []
    var rest = line
    while true {
      let head = TextWidth.prefix(of: rest, columns: width)
      // Unless a single character is wider than the line.
      guard head.endIndex < rest.endIndex, !head.isEmpty else { return lines + [String(rest)] }
      let end = head.endIndex
      let cut = head.lastIndex(of: " ").flatMap { $0 > rest.startIndex ? $0 : nil }
      let isAtSpace = rest[end...].first == " "
      let breakAt = isAtSpace ? end : cut ?? end
      lines.append(String(rest[..<breakAt]))
      rest = rest[breakAt...].drop { $0 == " " }
    }
  }
}
