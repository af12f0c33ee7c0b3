/// How many columns a text takes, once `SafeText` has made it fit for a terminal.
///
/// The answers don't depend on the repertoire: where a sign is replaced, its replacement is as wide.
package enum TextWidth {
  /// The columns that a text takes when nothing cuts it.
  package static func columns(_ text: some StringProtocol) -> Int {
    if text.utf8.allSatisfy({ 0x20 <= $0 && $0 < 0x7F }) { return text.utf8.count }
    return SafeText(text).reduce(0) { $0 + $1.width }
  }

  /// The longest beginning of a text that takes at most so many columns.
  package static func prefix(of text: String, columns: Int) -> Substring {
    // No scalar takes more columns than it takes bytes.
    if text.utf8.count <= columns { return text[...] }
    var rest = SafeText(text)
    var end = text.startIndex
    var used = 0
    while let glyph = rest.next() {
      used += glyph.width
      if used > columns { break }
      end = rest.index
    }
    return text[..<end]
  }

  /// The cells of one scalar that reaches the terminal as it is: 0 for a mark that sits on the one before it, 1 or 2.
  static func width(of scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 { return 1 }
    // Hangul vowels and final consonants join the leading consonant before them.
    if (0x1160...0x11FF).contains(scalar.value) || (0xD7B0...0xD7FF).contains(scalar.value) { return 0 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: return WideRanges.contains(scalar.value) ? 2 : 1
    }
  }
}
