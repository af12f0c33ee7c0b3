import Testing

@testable import Console

struct KeyDecoderTests {
  private let start = ContinuousClock.now

  private func keys(_ text: String, in decoder: KeyDecoder = KeyDecoder()) -> [Key] {
    var decoder = decoder
    return decoder.feed(text.utf8, at: start)
  }

  @Test(
    arguments: [
      ("j", Key.character("j")), ("D", .character("D")), ("é", .character("é")), ("日", .character("日")),
      ("😀", .character("😀")), ("\r", .enter), ("\n", .enter), ("\t", .tab), ("\u{8}", .backspace),
      ("\u{7F}", .backspace), ("\u{3}", .control("c")), ("\u{1A}", .control("z")), ("\u{13}", .control("s")),
      ("\u{1C}", .control("\\")), ("\u{1F}", .control("_")), ("\0", .control(" ")),
      // Cursor keys in both modes, with modifiers, and as rxvt sends them.
      ("\u{1B}[A", .up), ("\u{1B}OB", .down), ("\u{1B}[1;5C", .right), ("\u{1B}[d", .left), ("\u{1B}Oa", .up),
      ("\u{1B}\u{1B}[A", .up), ("\u{1B}[H", .home), ("\u{1B}OF", .end), ("\u{1B}[1~", .home),
      ("\u{1B}[7~", .home),
      ("\u{1B}[4~", .end), ("\u{1B}[8^", .end), ("\u{1B}[3~", .delete), ("\u{1B}[3;5~", .delete),
      ("\u{1B}[5~", .pageUp), ("\u{1B}[6;2~", .pageDown), ("\u{1B}[Z", .backTab),
      // Function keys of xterm, the VT220 and the Linux console.
      ("\u{1B}OP", .function(1)), ("\u{1B}[11~", .function(1)), ("\u{1B}[[A", .function(1)),
      ("\u{1B}[1;2S", .function(4)), ("\u{1B}[15~", .function(5)), ("\u{1B}[17~", .function(6)),
      ("\u{1B}[21~", .function(10)), ("\u{1B}[23~", .function(11)), ("\u{1B}[24;5~", .function(12)),
      // The keypad in its application mode.
      ("\u{1B}OM", .enter), ("\u{1B}Oq", .character("1")), ("\u{1B}Ok", .character("+")),
      // What nobody binds is swallowed whole.
      ("\u{1B}[2~", .unknown),
      ("\u{1B}[<0;12;3M", .mouse(MouseAction(.click, at: Position(row: 2, column: 11)))),
      ("\u{1B}[<0;12;3m", .unknown), ("\u{1B}[<2;12;3M", .unknown), ("\u{1B}[<32;12;3M", .unknown),
      ("\u{1B}[<68;1;1M", .mouse(MouseAction(.wheelUp, at: Position(row: 0, column: 0)))),
      ("\u{1B}[<65;300;90M", .mouse(MouseAction(.wheelDown, at: Position(row: 89, column: 299)))),
      ("\u{1B}[<0;0;0M", .unknown), ("\u{1B}[<0;1M", .unknown),
      ("\u{1B}[<99999999999999999999;1;1M", .unknown),
      ("\u{1B}[M !!", .unknown), ("\u{1B}[I", .unknown), ("\u{1B}]11;rgb:0/0/0\u{7}", .unknown),
      ("\u{1B}]11;rgb:0/0/0\u{1B}\\", .unknown), ("\u{1B}P1+r54\u{1B}\\", .unknown),
      ("\u{1B}[99999999999999999999~", .unknown), ("\u{1B}[?1;2c", .unknown), ("\u{1B}[12;40R", .function(3)),
      ("\u{85}", .unknown),
    ])
  func `a sequence is one key`(_ sequence: String, _ key: Key) {
    #expect(keys(sequence) == [key])
    #expect(keys(sequence + "j") == [key, .character("j")])
  }

  @Test(arguments: [
    ("\u{1B}j", [Key.escape, .character("j")]), ("\u{1B}é", [.escape, .character("é")]),
    ("\u{1B}\u{3}", [.escape, .control("c")]), ("\u{1B}\u{1B}q", [.escape, .escape, .character("q")]),
    ("\u{1B}\r", [.escape, .enter]),
    ("\u{1B}_jj", [.escape, .character("_"), .character("j"), .character("j")]),
    ("\u{1B}]x", [.escape, .character("]"), .character("x")]),
    ("\u{1B}PP", [.escape, .character("P"), .character("P")]),
    ("\u{1B}^j", [.escape, .character("^"), .character("j")]),
    ("\u{1B}]11;r\u{1B}j", [.unknown, .escape, .character("j")]),
    ("\u{1B}]11;r\u{1B}[A", [.unknown, .up]),
  ])
  func `Esc and a key that come together are two keys`(_ bytes: String, _ expected: [Key]) {
    #expect(keys(bytes) == expected)
  }

  @Test func `the terminal's own description comes first`() {
    let described = KeySequences(described: [
      Array("\u{1B}[M".utf8): .function(1), Array("\u{1B}A".utf8): .up,
    ])
    #expect(
      keys("\u{1B}[Mq\u{1B}A", in: KeyDecoder(sequences: described)) == [.function(1), .character("q"), .up])
  }

  @Test func `bytes that are no UTF-8 run as no command`() {
    var decoder = KeyDecoder()
    #expect(
      decoder.feed([0xFF, 0xC3, 0x6A, 0xED, 0xA0, 0x80], at: start) == [
        .unknown, .unknown, .character("j"), .unknown,
      ])
  }

  @Test func `in Latin-1 a byte is a character`() {
    var decoder = KeyDecoder(encoding: .latin1)
    #expect(decoder.feed([0xE9, 0x9B, 0x6A], at: start) == [.character("é"), .unknown, .character("j")])
  }

  @Test func `a paste is one key, and its text is none`() {
    #expect(
      keys("a\u{1B}[200~D\ry\u{1B}[A\u{3}\n\u{1B}[201~b") == [
        .character("a"), .paste("D\ny\u{1B}[A\u{3}\n"), .character("b"),
      ])
    #expect(keys("\u{1B}[200~\u{1B}[201~\u{1B}[201~") == [.unknown])
  }

  @Test func `however the bytes are split, the keys are the same`() {
    let stream = Array(
      "jé\u{1B}[A\u{1B}OB\u{1B}[3;5~\u{1B}\u{1B}[C\u{1B}[200~päste\r\u{1B}[20\u{1B}[201~\u{1B}x\u{1B}]0;t\u{7}日\u{1B}[[A\u{1B}[M !!\u{1B}\u{3}q"
        .utf8)
    var whole = KeyDecoder()
    let expected = whole.feed(stream, at: start)
    #expect(expected.contains(.paste("päste\n\u{1B}[20")))
    for first in 0...stream.count {
      for second in first...stream.count {
        var decoder = KeyDecoder()
        let keys = [stream[..<first], stream[first..<second], stream[second...]].flatMap {
          decoder.feed($0, at: start)
        }
        #expect(keys == expected)
      }
    }
  }

  @Test func `no bytes are too strange`() {
    var random = Seeded(state: 2026)
    var decoder = KeyDecoder()
    var now = start
    for _ in 0..<20_000 {
      let bytes = (0..<Int.random(in: 0...6, using: &random)).map { _ in
        [0x1B, 0x5B, 0x4F, 0x32, 0x7E, UInt8.random(in: 0...255, using: &random)].randomElement(
          using: &random) ?? 0
      }
      _ = decoder.feed(bytes, at: now)
      now += .milliseconds(Int.random(in: 0...300, using: &random))
      _ = decoder.expire(at: now)
    }
    // Whatever has begun, Ctrl-C gets through after a while.
    now += .seconds(3)
    _ = decoder.expire(at: now)
    #expect(decoder.feed([0x03], at: now + .seconds(3)).last == .control("c"))
  }
}

/// Numbers that look random and are the same in each run (SplitMix64).
private struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}

/// What time does to a sequence that comes in pieces.
struct KeyDecoderTimeTests {
  private let start = ContinuousClock.now

  /// Feeds each text after its wait, with the deadlines that fall between, and says which keys came when.
  private func keys(
    _ pieces: [(after: Int, text: String)], thenWait: Int = 5000, takesText: Bool = false
  ) -> [[Key]] {
    var decoder = KeyDecoder()
    decoder.takesText = takesText
    var now = start
    var keys: [[Key]] = []
    for (wait, text) in pieces + [(thenWait, "")] {
      now += .milliseconds(wait)
      var late: [Key] = []
      while let deadline = decoder.deadline, deadline <= now { late += decoder.expire(at: deadline) }
      keys.append(late + decoder.feed(text.utf8, at: now))
    }
    return keys
  }

  @Test func `a lone Esc is delivered after 45 milliseconds`() {
    var decoder = KeyDecoder()
    #expect(decoder.feed([0x1B], at: start) == [])
    #expect(decoder.deadline == start + .milliseconds(45))
    #expect(decoder.expire(at: start + .milliseconds(44)) == [])
    #expect(decoder.expire(at: start + .milliseconds(45)) == [.escape])
    #expect(decoder.deadline == nil)
  }

  @Test func `an arrow key in pieces 40 milliseconds apart is an arrow key`() {
    #expect(keys([(0, "\u{1B}"), (40, "["), (40, "1"), (40, ";5"), (40, "A")]).flatMap { $0 } == [.up])
  }

  @Test func `what came in time is no late tail, whenever somebody has time for it`() {
    var decoder = KeyDecoder()
    #expect(decoder.feed([0x1B], at: start) == [])
    #expect(decoder.feed(Array("[B".utf8), at: start + .milliseconds(200), isInTime: true) == [.down])
    #expect(decoder.feed([0x1B], at: start + .seconds(1)) == [])
    #expect(
      decoder.feed(Array("j".utf8), at: start + .seconds(2), isInTime: true) == [.escape, .character("j")])
  }

  @Test func `Esc and what could begin a string are two keys after a short wait`() {
    #expect(keys([(0, "\u{1B}_"), (100, "j")]) == [[], [.escape, .character("_"), .character("j")], []])
  }

  @Test func `the late tail of a sequence is dropped`() {
    #expect(keys([(0, "\u{1B}"), (100, "[A"), (10, "j")]) == [[], [.escape], [.character("j")], []])
    #expect(keys([(0, "\u{1B}"), (900, "[3"), (100, "~j")]).flatMap { $0 } == [.escape, .character("j")])
    #expect(keys([(0, "\u{1B}"), (100, "OB")]).flatMap { $0 } == [.escape])
    #expect(keys([(0, "\u{1B}["), (500, "Aj")]).flatMap { $0 } == [.unknown, .character("j")])
    // A line that has hung within a sequence: what is left of it asks for no delete.
    for start in ["\u{1B}[", "\u{1B}O", "\u{1B}[1;5"] {
      for wait in [1500, 3000, 9900] {
        #expect(keys([(0, start), (wait, "Dj")]).flatMap { $0 } == [.unknown, .character("j")], "\(wait)")
      }
    }
  }

  @Test(arguments: ["[D", "OD", "[3~", "[1;5D", "[[A", "[<0;12;3M", "[M !!", "OM"])
  func `the tail of a sequence is dropped, however late it begins and however slowly it comes`(_ tail: String)
  {
    for late in [46, 150, 300, 900, 1100, 3000, 9900] {
      #expect(keys([(0, "\u{1B}"), (late, tail), (50, "j")]).flatMap { $0 } == [.escape, .character("j")])
      for gap in [40, 150, 300, 2000, 9900] {
        let pieces = [(after: 0, text: "\u{1B}"), (after: late, text: String(tail.prefix(1)))]
        let rest = tail.dropFirst().map { (after: gap, text: String($0)) }
        #expect(
          keys(pieces + rest + [(50, "j")]).flatMap { $0 } == [.escape, .character("j")], "\(late), \(gap)")
      }
    }
  }

  @Test func `what is typed after Esc is no tail`() {
    #expect(keys([(0, "\u{1B}"), (100, "j")]).flatMap { $0 } == [.escape, .character("j")])
    // `[` and `O` are no commands; what is typed long after them is a key.
    #expect(keys([(0, "\u{1B}"), (100, "["), (10_100, "j")]).flatMap { $0 } == [.escape, .character("j")])
    #expect(
      keys([(0, "\u{1B}"), (2000, "O"), (10_100, "D")]).flatMap { $0 } == [.escape, .character("D")])
    #expect(
      keys([(0, "\u{1B}"), (11_000, "[A")]).flatMap { $0 } == [.escape, .character("["), .character("A")])
    #expect(
      keys([(0, "\u{1B}"), (100, "\u{1B}"), (100, "\u{1B}")]).flatMap { $0 } == [.escape, .escape, .escape])
    #expect(keys([(0, "\u{1B}\u{1B}"), (100, "q")]).flatMap { $0 } == [.escape, .escape, .character("q")])
  }

  @Test func `where keys are text, what is typed after Esc is text, and a tail in one piece is none`() {
    func typed(_ pieces: [(after: Int, text: String)]) -> [Key] {
      keys(pieces, takesText: true).flatMap { $0 }
    }
    for typing in [
      "[", "O", "[x", "[1", "Or", "On", "O1A", "[[ä", "[[\u{7F}", "[M!", "[]", "[ä", "[[", "[\t",
    ] {
      let expected = [.escape] + typed([(0, typing)])
      #expect(typed([(0, "\u{1B}"), (100, typing), (46, "")]) == expected, "\(typing)")
      let apart = typing.map { (after: 46, text: String($0)) }
      #expect(typed([(0, "\u{1B}")] + apart + [(46, "")]) == expected, "\(typing)")
    }
    let numbers = "[" + String(repeating: "0", count: 100) + "x"
    #expect(typed([(0, "\u{1B}"), (100, numbers)]) == [.escape] + typed([(0, numbers)]))
    for tail in ["[D", "OD", "[3~", "[1;5D", "[[A", "[<0;12;3M", "[<0;12;3m", "[<2;12;3M"] {
      #expect(typed([(0, "\u{1B}"), (900, tail), (1, "j")]) == [.escape, .character("j")], "\(tail)")
    }
  }

  @Test func `a paste that begins late is still a paste`() {
    #expect(
      keys([(0, "\u{1B}"), (100, "[200~D"), (10, "y\u{1B}[201~")]).flatMap { $0 } == [.escape, .paste("Dy")])
  }

  @Test func `a paste that stalls is handed on in parts, and Ctrl-C ends one without an end`() {
    #expect(
      keys([(0, "\u{1B}[200~one é\u{1B}[2"), (3000, "01~q")]).flatMap { $0 } == [
        .paste("one é"), .character("q"),
      ])
    #expect(
      keys([(0, "\u{1B}[200~one"), (3000, "two\u{1B}[201~")]).flatMap { $0 } == [
        .paste("one"), .paste("two"),
      ])
    #expect(
      keys([(0, "\u{1B}[200~one"), (3000, "\u{3}q")]).flatMap { $0 } == [
        .paste("one"), .control("c"), .character("q"),
      ])
  }

  @Test func `Ctrl-C that is typed in a paste without an end gets through, however often it is pressed`() {
    for pause in [100, 300, 900] {
      #expect(
        keys([(0, "\u{1B}[200~one"), (pause, "\u{3}"), (150, "\u{3}")]).flatMap { $0 } == [
          .paste("one"), .control("c"), .control("c"),
        ])
    }
    // In the midst of what is pasted it is text.
    #expect(
      keys([(0, "\u{1B}[200~one\u{3}"), (99, "\u{3}two\u{1B}[201~")]).flatMap { $0 } == [
        .paste("one\u{3}\u{3}two")
      ])
  }

  @Test func `half a character is dropped, and the next key counts`() {
    var decoder = KeyDecoder()
    #expect(decoder.feed([0xC3], at: start) == [])
    #expect(decoder.expire(at: start + .milliseconds(200)) == [.unknown])
    #expect(decoder.feed([0x6A], at: start + .milliseconds(201)) == [.character("j")])
  }
}
