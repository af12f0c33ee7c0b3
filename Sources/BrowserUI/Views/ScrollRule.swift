import Console

/// The rule below something that scrolls: how much of it lies above and below what is shown.
struct ScrollRule {
  let above: Int
  let below: Int

  var isNeeded: Bool { above > 0 || below > 0 }

  func draw(on screen: inout Screen, in area: Rect) {
    let rule = String(repeating: "─", count: max(area.width - 1, 0))
    screen.write(rule, row: area.row, column: area.column, style: .faint)
    let more = [(above, "▲"), (below, "▼")].filter { $0.0 > 0 }.map { "\(Words.count($0.0)) more \($0.1)" }
    guard !more.isEmpty else { return }
    screen.write(
      " " + more.joined(separator: "  ") + " ", row: area.row, column: area.column, width: area.width - 2,
      style: .faint, alignment: .right)
  }
}
