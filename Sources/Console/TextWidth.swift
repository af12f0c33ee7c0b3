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
    prefix(of: text[...], columns: columns)
  }

  /// The same of a part of a text.
  package static func prefix(of text: Substring, columns: Int) -> Substring {
    // No scalar takes more columns than it takes bytes.
    if text.utf8.count <= columns { return text }
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

  /// Whether terminals that people still use give a scalar another width: those whose tables are from before it was
  /// in Unicode. Marks are known since 5.0 (2006), wide signs since 9.0 (2016), as far as libvterm's tables go.
  static func isDisputed(_ scalar: Unicode.Scalar, width: Int) -> Bool {
    switch scalar.value {
    // Older marks that libvterm or the C library gives a place of their own, and signs that it gives none, or two.
    case 0x1885, 0x1886, 0x1A1B, 0xA802, 0x302A...0x302D, 0x6DE, 0x1734, 0x1171E, 0x1F93B, 0x1F946:
      return true
    default: break
    }
    guard let age = scalar.properties.age else { return true }
    return switch width {
    case 0: age > (5, 0)
    case 2: age.major >= 10
    default: false
    }
  }
}
