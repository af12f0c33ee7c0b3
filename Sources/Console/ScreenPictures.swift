/// A screen as text, as tests keep it beside them.
extension Screen {
  /// The rows without their trailing blanks.
  package var text: String {
    pictures { cells in cells.map(\.text).joined() }
  }

  /// The rows again, with a letter for the style of each cell: a dot is plain, upper case is selected, a digit stands
  /// out within its role. A legend says which letters are used.
  package var roles: String {
    var used: Set<Style> = []
    let picture = pictures { cells in
      String(
        cells.map { cell in
          used.insert(cell.style)
          return cell.style.letter
        })
    }
    let legend = used.filter { $0 != .plain }.sorted { $0.words < $1.words }
    return picture + legend.map { "\n\($0.letter) \($0.words)" }.joined()
  }

  private func pictures(_ picture: (ArraySlice<Cell>) -> String) -> String {
    (0..<size.rows).map { number in
      let cells = row(number)
      let end = cells.lastIndex { $0 != .blank }.map { $0 + 1 } ?? cells.startIndex
      let line = picture(cells[..<end])
      // A coloured blank at the end of a row has a letter and no text.
      return String(line.reversed().drop { $0 == " " }.reversed())
    }.joined(separator: "\n")
  }
}

extension Style {
  /// Every style that there is.
  package static let all = Role.allCases.flatMap { role in
    [
      Style(role), Style(role).selected(), Style(role).strong, Style(role).selected().strong,
    ]
  }

  /// In the order of `Role.allCases`; the digits are in their places on the keyboard, below their selected twins.
  private static let letters: [[Character]] = [
    Array(".tfkpgwdacmx"), Array(":TFKPGWDACMX"), Array("0123456789-="), Array(")!@#$%^&*(_+"),
  ]

  /// The letter that stands for the style in `Screen.roles`.
  package var letter: Character {
    let place = Role.allCases.firstIndex(of: role) ?? 0
    return Self.letters[(isSelected ? 1 : 0) + (isStrong ? 2 : 0)][place]
  }

  fileprivate var words: String {
    role.rawValue + (isStrong ? " strong" : "") + (isSelected ? " selected" : "")
  }
}
