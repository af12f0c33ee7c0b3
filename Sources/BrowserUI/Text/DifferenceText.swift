import Console

/// A value in full, over as many lines as it takes, with the part that is not in another value standing out.
enum DifferenceText {
  /// - Parameter head: what stands before it; further lines are indented as far.
  static func lines(_ value: String, comparedWith other: String, head: RichLine, width: Int) -> [RichLine] {
    let characters = Array(value)
    let others = Array(other)
    let shorter = min(characters.count, others.count)
    let start = (0..<shorter).first { characters[$0] != others[$0] } ?? shorter
    let end = (0..<shorter - start).first {
      characters[characters.count - 1 - $0] != others[others.count - 1 - $0]
    }
    let different = start..<characters.count - (end ?? shorter - start)

    var lines: [RichLine] = []
    var line = head
    let indent = TextWidth.columns(head.text)
    var column = indent
    for (index, character) in characters.enumerated() {
      let columns = TextWidth.columns(String(character))
      if column + columns > width, column > indent {
        lines.append(line)
        line = RichLine(String(repeating: " ", count: indent))
        column = indent
      }
      line.append(String(character), different.contains(index) ? .changed.strong : .plain)
      column += columns
    }
    return lines + [line]
  }
}

extension RichLine {
  /// Adds to the last piece where that looks the same.
  fileprivate mutating func append(_ text: String, _ style: Style) {
    if let last = pieces.last, last.style == style {
      pieces[pieces.count - 1].text += text
    } else {
      pieces.append(Piece(text: text, style: style))
    }
  }
}
