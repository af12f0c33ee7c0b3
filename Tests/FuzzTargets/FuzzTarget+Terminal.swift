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
      expectTailDropped(bytes, encoding)
      for takesText in [false, true] { expectNothingLost(bytes, encoding, takesText) }
    }
  }

  /// A lone Esc, and the tail of a sequence that comes late and piece by piece: no byte of it is a key. The input says
  /// what it is and how long each wait is.
  private static func expectTailDropped(_ bytes: [UInt8], _ encoding: KeyDecoder.Encoding) {
    guard let first = bytes.first else { return }
    let parameters = bytes.dropFirst().prefix(40).map { 0x30 + $0 % 16 }
    // Not those of rxvt and the Linux console that are longer by a byte, nor the old mouse.
    let finals = Array("ABCDFHPQRSZ~^@uIcn".utf8)
    let final = finals[bytes.count % finals.count]
    let isSingle = first % 4 == 0
    let tail =
      isSingle
      ? [UInt8(ascii: "O"), final == 0x7E ? 0x41 : final] : [UInt8(ascii: "[")] + parameters + [final]
    // The beginning of a paste is one, however late.
    guard !tail.starts(with: "[200~".utf8) else { return }
    var decoder = KeyDecoder(encoding: encoding)
    var now = ContinuousClock.now
    var keys: [Key] = decoder.feed([0x1B], at: now)
    for (number, byte) in (tail + [UInt8(ascii: "j")]).enumerated() {
      let wait = Int(bytes[number % bytes.count])
      let least = number == 0 ? 46 : 0
      now += .milliseconds(least + wait * (9900 - least) / 255)
      keys += decoder.expire(at: now) + decoder.feed([byte], at: now)
    }
    precondition(keys == [.escape, .character("j")], "the tail of a sequence runs as commands")
  }

  /// Someone presses Esc and then other keys, slowly or fast: none is lost.
  private static func expectNothingLost(
    _ bytes: [UInt8], _ encoding: KeyDecoder.Encoding, _ takesText: Bool
  ) {
    let typed = bytes.map { 0x20 + $0 % 0x5F }.filter { takesText || !"[O".utf8.contains($0) }
    var decoder = KeyDecoder(encoding: encoding)
    decoder.takesText = takesText
    var now = ContinuousClock.now
    var keys: [Key] = []
    for (byte, wait) in zip(typed, bytes) {
      keys += decoder.feed([0x1B], at: now)
      now += .milliseconds(46 + Int(wait) * 50)
      keys += decoder.expire(at: now) + decoder.feed([byte], at: now)
    }
    keys += decoder.expire(at: now + .milliseconds(46))
    precondition(
      keys == typed.flatMap { [.escape, .character(Character(Unicode.Scalar($0)))] },
      "a key is lost behind Esc")
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
