import CPty
import CVterm
import Pilot
import Testing

@testable import Console

struct SafeTextTests {
  @Test(arguments: ["\u{301}", "\u{200D}", "\u{FE0F}"]) func `no glyph has a text read to its end`(
    _ unseen: String
  ) {
    let text = "e" + String(repeating: unseen, count: 10_000) + "x"
    var glyphs = SafeText(text)
    var count = 0
    var last = text.startIndex
    while glyphs.next() != nil {
      #expect(text.unicodeScalars.distance(from: last, to: glyphs.index) <= 300)
      last = glyphs.index
      count += 1
    }
    #expect((2...60).contains(count) && last == text.endIndex)
  }

  @Test(
    arguments: [
      ("plain", "plain", 5), ("日本語", "日本語", 6), ("e\u{301}", "e\u{301}", 1),
      // Commands become pictures of themselves.
      ("\u{1B}[2J", "␛[2J", 4), ("a\nb\tc\r\n", "a⏎b⇥c␍⏎", 7), ("\0\u{7F}\u{9B}", "␀␡\u{FFFD}", 3),
      // Nothing turns the text around or hides in it.
      ("\u{202E}cba\u{2066}", "\u{FFFD}cba\u{FFFD}", 5), ("a\u{200B}b\u{FEFF}", "a\u{FFFD}b\u{FFFD}", 4),
      ("\u{2028}\u{2029}\u{AD}", "\u{FFFD}\u{FFFD}\u{FFFD}", 3),
      ("\u{E000}\u{378}\u{FFFF}", "\u{FFFD}\u{FFFD}\u{FFFD}", 3),
      ("\u{3164}\u{115F}", "\u{FFFD}\u{FFFD}", 2), ("\u{E0061}", "\u{FFFD}", 1),
      // Emoji: each of a joined sequence by itself, without what only some terminals understand.
      ("👨\u{200D}👩\u{200D}👧", "👨👩👧", 6), ("❤\u{FE0F}", "❤", 1), ("👍🏽", "👍", 2), ("🇩🇪", "DE", 2),
      // Marks: four at most, and never without a base.
      ("a\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}b", "a\u{301}\u{302}\u{303}\u{304}b", 2),
      ("\u{301}a", "\u{25CC}\u{301}a", 2), ("\n\u{301}", "⏎\u{25CC}\u{301}", 2),
      // Voiced kana in pieces; a mark and an emoji that old terminals do not know.
      ("\u{30AB}\u{3099}", "\u{30AB}\u{309B}", 4), ("a\u{816}\u{1F970}", "a\u{FFFD}\u{FFFD}", 3),
      ("\u{1112}\u{1161}\u{11AB}", "\u{1112}\u{1161}\u{11AB}", 2),
    ])
  func `a text becomes cells that every terminal lays out alike`(
    _ text: String, _ shown: String, _ columns: Int
  ) {
    let glyphs = Array(SafeText(text))
    // Scalar by scalar, because Swift takes equivalent texts for equal.
    #expect(Array(glyphs.map(\.text).joined().unicodeScalars) == Array(shown.unicodeScalars))
    #expect(glyphs.reduce(0) { $0 + $1.width } == columns)
    #expect(TextWidth.columns(text) == columns)
  }

  @Test func `a prefix takes as many columns as fit and no half signs`() {
    #expect(TextWidth.prefix(of: "abc", columns: 2) == "ab")
    #expect(TextWidth.prefix(of: "日本", columns: 3) == "日")
    #expect(TextWidth.prefix(of: "e\u{301}x", columns: 1) == "e\u{301}")
    #expect(Array(TextWidth.prefix(of: "❤\u{FE0F}x", columns: 1).unicodeScalars) == ["❤", "\u{FE0F}"])
    #expect(TextWidth.prefix(of: "日本", columns: 0) == "")
    #expect(TextWidth.prefix(of: "", columns: 9) == "")
  }

  @Test func `no scalar brings a command or an invisible sign to the terminal`() {
    for scalar in allScalars {
      for glyph in SafeText(String(scalar)) {
        #expect((1...2).contains(glyph.width))
        for part in glyph.text.unicodeScalars where !isHarmless(part) {
          Issue.record("U+\(String(scalar.value, radix: 16)) brings U+\(String(part.value, radix: 16))")
        }
      }
    }
  }

  @Test func `our width is the C library's and libvterm's, and where those differ nothing is shown`() {
    let terminal = VirtualTerminal(rows: 1, columns: 8)
    var differences: [String] = []
    for scalar in allScalars {
      let width: Int
      switch SafeText.Kind(scalar) {
      case .base(let base): width = base
      case .mark: width = 0
      case .dropped, .replaced, .spaced: continue
      }
      // What the C library does not know yet, curses is not given.
      let expected = Int(cpty_wcwidth(scalar.value))
      terminal.feed(Array("\r\u{1B}[Ka\(scalar)".utf8))
      let shown = terminal.cursor.column - 1
      if shown != width || expected != width && expected >= 0 {
        differences.append("U+\(String(scalar.value, radix: 16)) is \(width), not \(expected), \(shown)")
      }
    }
    #expect(differences == [])
  }

  private var allScalars: some Sequence<Unicode.Scalar> {
    (UInt32(0)...0x10FFFF).lazy.compactMap(Unicode.Scalar.init)
  }

  private func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: false
    default: !scalar.properties.isDefaultIgnorableCodePoint
    }
  }
}
