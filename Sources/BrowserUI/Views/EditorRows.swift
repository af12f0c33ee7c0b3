import BrowserModel
import Console
import NovaClient

// The rows of the editor's table.
extension EditorView {
  /// The rows with the open field's place among them.
  private enum Line {
    case row(EditSession.Row)
    case field
  }

  private var lines: [Line] {
    var lines = editor.session.rows.map { Line.row($0) }
    if let field = editor.field, [.newKey, .newValue, .file].contains(field.kind) {
      lines.insert(.field, at: lines.isEmpty ? 0 : min(editor.cursorRow + 1, lines.count))
    }
    return lines
  }

  /// The first line that is shown where there is room for so many.
  func top(height: Int) -> Int {
    let count = lines.count
    let focus = editor.cursorRow + (count > editor.session.rows.count ? 1 : 0)
    return Scrolled(before: topBefore, cursor: focus, count: count, height: height).top
  }

  /// - Returns: how many rows there is no room for.
  func drawRows(on screen: inout Screen, in area: Rect) -> (above: Int, below: Int) {
    let lines = lines
    guard !lines.isEmpty else {
      screen.write("No metadata. a adds an item.", row: area.row, column: area.column + 2, style: .faint)
      screen.cursor = Position(row: area.row, column: area.column + 2)
      return (0, 0)
    }
    let keyWidth = keyWidth(area.width)
    let top = top(height: area.height)
    for (index, line) in lines.enumerated().dropFirst(top).prefix(area.height) {
      let row = Rect(row: area.row + index - top, column: area.column, height: 1, width: area.width - 1)
      switch line {
      case .row(let item): draw(item, keyWidth: keyWidth, on: &screen, in: row)
      case .field: drawNew(keyWidth: keyWidth, on: &screen, in: row)
      }
    }
    return (top, max(lines.count - top - area.height, 0))
  }

  /// How much room the keys get of so many columns.
  func keyWidth(_ width: Int) -> Int {
    min(
      max(editor.session.rows.map { TextWidth.columns(escaped($0.key)) }.max() ?? 0, 12),
      max(width * 2 / 5, 12))
  }

  private func draw(_ row: EditSession.Row, keyWidth: Int, on screen: inout Screen, in area: Rect) {
    let isCursor = row.key == editor.cursor
    // A field for another item has a line of its own.
    let field = isCursor ? editor.field.flatMap { [.value, .rename].contains($0.kind) ? $0 : nil } : nil
    let isChanging = field.map { differs($0, row) } ?? false
    let (sign, style) = isChanging && row.state == .unchanged ? ("~", Style.changed) : sign(row)
    screen.write(sign, row: area.row, column: area.column, style: style)
    let valueColumn = area.column + 2 + keyWidth + 2
    let side = field == nil ? remark(row) : fault ?? (isChanging ? was(row) : nil)
    let rest = draw(side, on: &screen, atEndOf: area)
    let room = max(rest.column + rest.width - valueColumn, 4)
    if let field, field.kind == .rename {
      FieldView(field: field.text, isActive: true, escapes: true)
        .draw(on: &screen, in: Rect(row: area.row, column: area.column + 2, height: 1, width: keyWidth + 1))
    } else {
      screen.write(
        row.key.isEmpty ? "(empty key)" : escaped(row.key), row: area.row,
        column: area.column + 2,
        width: keyWidth, style: row.state == .deleted ? .faint : .plain)
    }
    if let field, field.kind == .value {
      FieldView(field: field.text, isActive: true, escapes: true)
        .draw(on: &screen, in: Rect(row: area.row, column: valueColumn, height: 1, width: room))
    } else {
      let (text, style) = value(row)
      screen.write(text, row: area.row, column: valueColumn, width: room, style: style)
    }
    if isCursor, editor.field == nil {
      screen.restyle(area) { $0.selected() }
      screen.cursor = Position(row: area.row, column: area.column)
    }
  }

  /// Whether what is typed differs from the value that the item has.
  private func differs(_ field: MetadataEditor.Field, _ row: EditSession.Row) -> Bool {
    guard field.kind == .value else { return false }
    return field.text.text != row.value.value.map { ValueEscapes.escaped($0) } ?? ""
  }

  /// Whether what is typed is a change beside those that are made already.
  var isTypingAnother: Bool {
    guard let field = editor.field else { return false }
    switch field.kind {
    case .newKey: return !field.text.isEmpty
    case .newValue: return true
    case .rename, .value:
      guard let row = editor.current, row.state == .unchanged else { return false }
      return field.kind == .rename ? field.text.text != field.key : differs(field, row)
    case .file: return false
    }
  }

  /// What is wrong with what is typed, beside the field as far as there is room; below the table it is said whole.
  var fault: Remark? {
    guard let field = editor.field, let problem = editor.problem ?? field.refused else { return nil }
    // An empty field is not yet a mistake.
    return field.text.isEmpty && field.refused == nil ? nil : ("✗ \(problem)", .danger)
  }

  typealias Remark = (text: String, style: Style)

  /// - Returns: what is left of the line before the remark.
  private func draw(_ remark: Remark?, on screen: inout Screen, atEndOf line: Rect) -> Rect {
    guard let remark else { return line }
    var rest = line
    let place = rest.cutRight(min(TextWidth.columns(remark.text) + 2, line.width / 3))
    screen.write(
      remark.text, row: place.row, column: place.column + 2, width: place.width - 2, style: remark.style,
      alignment: .right)
    return rest
  }

  private func drawNew(keyWidth: Int, on screen: inout Screen, in area: Rect) {
    guard let field = editor.field else { return }
    if field.kind == .file {
      let label = "Replace all with the file "
      screen.write(label, row: area.row, column: area.column, width: area.width, style: .title)
      let column = area.column + TextWidth.columns(label)
      FieldView(field: field.text, isActive: true, escapes: true).draw(
        on: &screen,
        in: Rect(row: area.row, column: column, height: 1, width: max(area.column + area.width - column, 4)))
      return
    }
    screen.write("+", row: area.row, column: area.column, style: .added)
    let area = draw(fault, on: &screen, atEndOf: area)
    if field.kind == .newKey {
      FieldView(field: field.text, isActive: true, escapes: true).draw(
        on: &screen, in: Rect(row: area.row, column: area.column + 2, height: 1, width: area.width - 2))
    } else {
      screen.write(escaped(field.key), row: area.row, column: area.column + 2, width: keyWidth)
      let column = area.column + 2 + keyWidth + 2
      FieldView(field: field.text, isActive: true, escapes: true).draw(
        on: &screen,
        in: Rect(row: area.row, column: column, height: 1, width: max(area.column + area.width - column, 4)))
    }
  }

  private func sign(_ row: EditSession.Row) -> (String, Style) {
    if editor.refusals[row.key] != nil || editor.conflicts[row.key] != nil { return ("!", .danger) }
    return switch row.state {
    case .unchanged: (" ", .plain)
    case .added: ("+", .added)
    case .changed: ("~", .changed)
    case .deleted: ("-", .danger)
    }
  }

  private func value(_ row: EditSession.Row) -> (String, Style) {
    let held = row.state == .deleted ? row.was : row.value
    let style: Style = row.state == .deleted ? .faint : .plain
    switch held {
    case .absent: return ("", style)
    case .same(""): return ("\"\"", .faint)
    // What is deleted is struck through, where the terminal has signs for it; the minus says it everywhere.
    case .same(let value):
      return (
        row.state == .deleted ? Self.struck(escaped(value.text)) : escaped(value.text), style
      )
    case .various(let values, let absent):
      let some = values.prefix(3).map { escaped($0.text) }.joined(separator: " | ")
      let rest = values.count > 3 ? " | …" : ""
      return ("‹\(some)\(rest)\(absent > 0 ? " | none" : "")›", .faint)
    }
  }

  private static func struck(_ text: String) -> String { text.map { "\($0)\u{336}" }.joined() }

  private func remark(_ row: EditSession.Row) -> Remark? {
    if let refusal = editor.refusals[row.key] { return (refusal, .danger) }
    if let theirs = editor.conflicts[row.key] { return (words(theirs, "in conflict"), .danger) }
    if let theirs = editor.meanwhile[row.key] { return (words(theirs, "by others"), .warning) }
    switch row.state {
    case .unchanged: return nil
    case .added: return row.origin.map { ("was called \(escaped($0))", .faint) }
    case .deleted:
      return (editor.successor(of: row).map { "renamed to \(escaped($0))" } ?? "will be deleted", .faint)
    case .changed:
      return was(row)
    }
  }

  private func was(_ row: EditSession.Row) -> Remark? {
    switch row.was {
    case .same(let value): ("was: \(Words.visible(escaped(value.text)))", .faint)
    case .various(let values, let absent): ("in \(values.count + (absent > 0 ? 1 : 0)) ways before", .faint)
    case .absent: nil
    }
  }

  /// `in conflict: now scsi`.
  private func words(_ theirs: [String?], _ what: String) -> String {
    guard theirs.count == 1 else { return "\(what) in \(theirs.count) images" }
    return "\(what): \(now(theirs[0]))"
  }

  func now(_ theirs: String?) -> String {
    theirs.map { "now \($0.isEmpty ? "\"\"" : escaped($0))" } ?? "deleted meanwhile"
  }
}
