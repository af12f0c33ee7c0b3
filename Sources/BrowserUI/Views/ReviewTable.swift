import BrowserModel
import Console
import NovaClient

// The review of one image: each key that differs, as it was, as the service holds it now, and as it will be.
extension ReviewView {
  func table(width: Int) -> [RichLine] {
    guard let merge = review.items.first?.merge else { return [] }
    let rows = merge.rows.filter { $0.outcome != .untouched }
    if rows.isEmpty { return [RichLine("Nothing is different from what the service holds.", .faint)] }
    let keyWidth = min(max(rows.map { TextWidth.columns(escaped($0.key)) }.max() ?? 0, 8), max(width / 3, 8))
    let cell = max((width - keyWidth - 4 - 14) / 3, 6)
    let columns = [2, 2 + keyWidth + 2, 2 + keyWidth + 2 + cell, 2 + keyWidth + 2 + 2 * cell]
    var lines = [
      RichLine().padded(to: columns[1]).then("was", .title).padded(to: columns[2])
        .then("now", .title).padded(to: columns[3]).then("will be", .title)
    ]
    for row in rows {
      let isCursor = review.cursorKey == row.key
      let (sign, style) = Self.sign(row)
      func part(_ value: String?, _ width: Int, _ style: Style = .plain) -> RichLine {
        RichLine(
          value.map { $0.isEmpty ? "\"\"" : escaped($0) } ?? Words.none,
          value == nil ? .faint : style
        )
        .fitted(to: width - 1).padded(to: width)
      }
      let key = RichLine(sign + " ", style.selected(isCursor)).then(
        escaped(row.key), .plain.selected(isCursor)
      ).fitted(to: columns[1] - 1).padded(to: columns[1])
      let result = merge.result(of: row)
      let will =
        Self.isOpen(row, merge)
        ? part("?", cell, .danger)
        : result == nil && row.now != nil
          ? RichLine("(deleted)", .danger).fitted(to: cell) : part(result, cell, .plain.strong)
      let pieces = key.pieces + part(row.base, cell).pieces + part(row.now, cell).pieces + will.pieces
      lines.append(
        RichLine(pieces: pieces).then("  " + Self.remark(row, merge), Self.remarkStyle(row, merge)))
      if isCursor {
        if TextWidth.columns(escaped(row.key)) > columns[1] - 3 {
          lines += hanging(Self.aside + escaped(row.key), .plain, width, by: Self.aside.count)
        }
        lines += whole(row, merge, cell: cell - 1, width: width)
      }
    }
    return lines
  }

  /// The values of the row under the cursor in full: where there is a choice, and where the table has cut them.
  private func whole(
    _ row: MetadataMerge.Row, _ merge: MetadataMerge, cell: Int, width: Int
  ) -> [RichLine] {
    func lines(_ key: String?, _ label: String, _ value: String?, than other: String?) -> [RichLine] {
      guard let value else {
        return [
          RichLine(Self.aside).then(key ?? "", .key).then("\(label)\(key == nil ? Words.none : "delete it")")
        ]
      }
      return DifferenceText.lines(
        value.isEmpty ? "\"\"" : escaped(value), comparedWith: other.map { escaped($0) } ?? "",
        head: RichLine(Self.aside).then(key ?? "", .key).then(label), width: width)
    }
    if row.outcome == .conflict {
      return lines("m", " mine: ", row.mine, than: row.theirs)
        + lines("t", " theirs: ", row.theirs, than: row.mine)
        + (row.origin.map { [RichLine("\(Self.aside)renamed; others changed it as \(escaped($0))", .faint)] }
          ?? [])
    }
    let result = merge.result(of: row)
    let isCut = [row.base, row.now, result].contains {
      $0.map { TextWidth.columns(escaped($0)) > cell } ?? false
    }
    guard isCut else { return [] }
    return (row.base == row.now ? [] : lines(nil, "was      ", row.base, than: row.now))
      + lines(nil, "now      ", row.now, than: result) + lines(nil, "will be  ", result, than: row.now)
  }

  private static func sign(_ row: MetadataMerge.Row) -> (String, Style) {
    switch row.outcome {
    case .conflict: return ("!", .danger)
    case .untouched, .theirs, .already: return (" ", .plain)
    case .ours:
      if row.now == nil { return ("+", .added) }
      return row.mine == nil ? ("-", .danger) : ("~", .changed)
    }
  }

  private static func remark(_ row: MetadataMerge.Row, _ merge: MetadataMerge) -> String {
    switch row.outcome {
    case .untouched, .ours: ""
    case .theirs: "theirs, kept"
    case .already: "already so"
    case .conflict:
      switch merge.choices[row.key] {
      case .mine: "mine"
      case .theirs: "theirs"
      case nil: "conflict"
      }
    }
  }

  private static func remarkStyle(_ row: MetadataMerge.Row, _ merge: MetadataMerge) -> Style {
    isOpen(row, merge) ? .danger : .faint
  }

  /// Whether somebody has yet to choose.
  private static func isOpen(_ row: MetadataMerge.Row, _ merge: MetadataMerge) -> Bool {
    row.outcome == .conflict && merge.choices[row.key] == nil
  }
}
