import BrowserModel
import Console
import NovaClient

// Below the table: what is wrong with what is typed, what others have done meanwhile, and what the property under the
// cursor means.
extension EditorView {
  func explanation(width: Int) -> [RichLine] {
    var lines: [RichLine] = []
    if let reason = editor.readOnlyReason { lines += wrap(reason, .warning, width) }
    if let fault {
      lines += wrap(fault.text, fault.style, width)
    } else if let warning = editor.warning {
      lines += wrap("⚠ \(warning)", .warning, width)
    }
    if let row = editor.session.rows.first(where: { $0.key == editor.cursor }), editor.field == nil,
      let refusal = editor.refusals[row.key]
    {
      lines += wrap("! \(escaped(row.key)): \(refusal)", .danger, width)
    }
    if let key = editor.cursor, let theirs = editor.meanwhile[key], let first = theirs.first {
      let what = theirs.count == 1 ? now(first) : "in \(theirs.count) images"
      lines += wrap(
        "Changed by others meanwhile: \(what). Theirs stays, unless you change it.", .warning, width)
    }
    // What others have added has no row, as long as nothing is to move.
    let added = editor.meanwhile.keys.filter { key in !editor.session.rows.contains { $0.key == key } }
      .sorted()
    if !added.isEmpty, editor.field == nil {
      lines += wrap(
        "Added by others meanwhile: \(added.map(escaped).joined(separator: ", "))", .warning, width)
    }
    if editor.field == nil, let key = editor.cursor, TextWidth.columns(escaped(key)) > keyWidth(width + 1),
      KnownProperties.property(named: key) == nil
    {
      lines += wrap(escaped(key), .plain, width)
    }
    if let key = editor.explainedKey, let property = KnownProperties.property(named: key) {
      lines += wrap("\(key): \(property.meaning)", .plain, width)
      if !property.values.isEmpty {
        let intro = property.isClosed ? "One of: " : "For example: "
        lines += wrap(intro + property.values.joined(separator: ", "), .faint, width)
      } else if !property.example.isEmpty {
        lines += wrap("For example: \(property.example)", .faint, width)
      }
    } else if let field = editor.field, field.kind == .newKey {
      let some = KnownProperties.completions(ofKey: field.text.text).prefix(8).joined(separator: "  ")
      if !some.isEmpty { lines += wrap(some, .faint, width) }
    }
    if let row = editor.session.rows.first(where: { $0.key == editor.cursor }), editor.field == nil,
      case .same(let value) = row.value, escaped(value.text).count > width / 2
    {
      lines += wrap(escaped(value.text), .plain, width)
    }
    return lines
  }

  private func wrap(_ text: String, _ style: Style, _ width: Int) -> [RichLine] {
    Wrapping.lines(text, width: width).map { RichLine($0, style) }
  }
}
