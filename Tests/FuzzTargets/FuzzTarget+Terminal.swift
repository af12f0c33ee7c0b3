import Console

extension FuzzTarget {
  /// What a keyboard, a paste or a line with noise on it sends: however it is split, the keys are the same, and no
  /// sequence keeps Ctrl-C from getting through.
  static let keys = FuzzTarget("keys") { bytes in
    let start = ContinuousClock.now
    for encoding in [KeyDecoder.Encoding.utf8, .latin1] {
      var whole = KeyDecoder(encoding: encoding)
      let expected = whole.feed(bytes, at: start)
      var pieces = KeyDecoder(encoding: encoding)
      let keys = bytes.flatMap { pieces.feed([$0], at: start) }
      precondition(keys == expected, "split in another way, the keys are others")
      var now = start
      var slow = KeyDecoder(encoding: encoding)
      for byte in bytes {
        now += .milliseconds(Int(byte) * 3)
        _ = slow.expire(at: now)
        _ = slow.feed([byte], at: now)
      }
      now += .seconds(5)
      _ = slow.expire(at: now)
      let last = slow.feed([0x03], at: now + .seconds(5))
      precondition(last.last == .control("c"), "Ctrl-C does not get through")
    }
  }

  /// A name or a value on its way to the screen.
  static let text = FuzzTarget("text") { bytes in
    let text = String(decoding: bytes, as: UTF8.self)
    let columns = TextWidth.columns(text)
    let glyphs = Array(SafeText(text))
    precondition(glyphs.reduce(0) { $0 + $1.width } == columns, "the width is not the sum of its parts")
    for glyph in glyphs {
      precondition((1...2).contains(glyph.width))
      for scalar in glyph.text.unicodeScalars {
        precondition(isHarmless(scalar), "a command reaches the terminal")
      }
    }
    for width in [0, 1, 2, 7, 40] {
      precondition(TextWidth.columns(String(TextWidth.prefix(of: text, columns: width))) <= width)
      for repertoire in Repertoire.allCases {
        for alignment in [Alignment.left, .center, .right] {
          var screen = Screen(Size(columns: 42, rows: 1), repertoire: repertoire)
          screen.write("│", row: 0, column: 41)
          let used = screen.write(text, row: 0, column: 1, width: width, alignment: alignment)
          precondition(used == min(columns, width) || used == width - 1, "the text takes what is not its own")
          precondition(
            screen[row: 0, column: 41].text == repertoire.bar && screen[row: 0, column: 0] == .blank)
        }
      }
    }
  }

  private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: false
    default: !scalar.properties.isDefaultIgnorableCodePoint
    }
  }
}

extension Repertoire {
  fileprivate var bar: String { self == .unicode ? "│" : "|" }
}
