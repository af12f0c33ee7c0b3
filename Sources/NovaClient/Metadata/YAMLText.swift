/// Writes texts as YAML scalars that every reader of YAML takes for those texts, and that show what is in them.
///
/// Everything goes scalar by scalar: a quote and a combining mark after it are one `Character`.
enum YAMLText {
  /// A key, or a value on one line.
  static func inline(_ text: String) -> String {
    if isPlain(text) { return text }
    let scalars = text.unicodeScalars
    // JSON is easier to read, and to edit, between single quotes.
    let hasEscapes = scalars.contains { $0 == "\"" || $0 == "\\" }
    guard hasEscapes, scalars.allSatisfy(isVisible) else { return doubleQuoted(text) }
    var result = "'".unicodeScalars
    for scalar in scalars { result.append(contentsOf: scalar == "'" ? ["'", "'"] : [scalar]) }
    return String(result) + "'"
  }

  /// A value behind `key: `, over several lines where that keeps it exactly.
  static func value(_ text: String) -> String {
    guard !isPlain(text), let block = block(text) else { return inline(text) }
    return block
  }

  /// Any text on one line with nothing in it that a terminal or an editor would act on, for comments.
  static func visible(_ text: String) -> String {
    text.unicodeScalars.map { isVisible($0) ? String(Character($0)) : escape($0) }.joined()
  }

  /// Whether a scalar shows itself: no control, no format or direction character, no space but the ordinary one.
  static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
    case .spaceSeparator: scalar == " "
    default: true
    }
  }

  /// Words that some YAML readers take for no text; numbers and dates do not begin with a letter.
  private static let words: Set = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"]

  private static func isPlain(_ text: String) -> Bool {
    let scalars = Array(text.unicodeScalars)
    guard let first = scalars.first, first.properties.isAlphabetic || first == "_" || first == "/",
      scalars.last != " ", scalars.last != ":", scalars.allSatisfy(isVisible)
    else { return false }
    let hasIndicator = zip(scalars, scalars.dropFirst()).contains { pair in
      pair == (":", " ") || pair == (" ", "#")
    }
    return !hasIndicator && !words.contains(text.lowercased())
  }

  private static func block(_ text: String) -> String? {
    var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    let endsInBreak = lines.last?.isEmpty == true
    if endsInBreak { lines.removeLast() }
    // Breaks at either end, and spaces at the ends of lines, are where literal blocks lose something.
    guard lines.count + (endsInBreak ? 1 : 0) > 1, let first = lines.first, let last = lines.last,
      !first.isEmpty, first.first != " ", !last.isEmpty,
      lines.allSatisfy({ $0.last != " " && $0.allSatisfy(isVisible) })
    else { return nil }
    return (endsInBreak ? "|" : "|-")
      + lines.map { $0.isEmpty ? "\n" : "\n  " + String(Substring($0)) }.joined()
  }

  private static func doubleQuoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\" + String(Character(scalar))
      case _ where isVisible(scalar): result.unicodeScalars.append(scalar)
      default: result += escape(scalar)
      }
    }
    return result + "\""
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\n": "\\n"
    case "\t": "\\t"
    case "\r": "\\r"
    case _ where scalar.value <= 0xFFFF: "\\u" + hex(scalar.value, digits: 4)
    default: "\\U" + hex(scalar.value, digits: 8)
    }
  }

  private static func hex(_ number: UInt32, digits: Int) -> String {
    let text = String(number, radix: 16)
    return String(repeating: "0", count: digits - text.count) + text
  }
}
