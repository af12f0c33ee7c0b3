import Pilot
import Testing

/// The harness itself, where a mistake in it would make other tests blind.
struct PilotTests {
  @Test func `dim text is seen as dim, wherever the bytes are split`() {
    let bytes = Array(
      "\u{1B}[0;2;38;5;2mdim\u{1B}[22mplain\u{1B}[1;2mboth\u{1B}[m.\u{1B}[2J".utf8.dropLast(4))
    for split in 0...bytes.count {
      let terminal = VirtualTerminal(rows: 1, columns: 20)
      terminal.feed(Array(bytes[..<split]))
      terminal.feed(Array(bytes[split...]))
      #expect(terminal.text == "dimplainboth.")
      #expect(terminal.cell(row: 0, column: 0) == TerminalCell("d", foreground: 2, isDim: true))
      #expect(terminal.cell(row: 0, column: 3) == TerminalCell("p", foreground: 2))
      #expect(terminal.cell(row: 0, column: 8) == TerminalCell("b", foreground: 2, isBold: true, isDim: true))
      #expect(terminal.cell(row: 0, column: 12) == TerminalCell("."))
    }
  }

  @Test func `a screenshot holds every cell in its place`() {
    let terminal = VirtualTerminal(rows: 2, columns: 10)
    terminal.feed(Array("\u{1B}[31ma<b\u{1B}[0;7m日\u{1B}[0m".utf8))
    let picture = SVGScreenshot.render(terminal)
    #expect(picture.hasPrefix("<svg ") && picture.hasSuffix("</svg>\n"))
    #expect(
      picture.contains(
        ##"<text x="12" y="26" fill="#e06c75" textLength="27" lengthAdjust="spacingAndGlyphs">a&lt;b</text>"##
      ))
    #expect(picture.contains(##"<rect x="39" y="12" width="18" height="19" fill="#d8dee9"/>"##))
    #expect(picture.contains(##"<rect x="57" y="12" width="9" height="19" fill="none""##))
  }

  @Test func `the end of a program and its status are seen`() async throws {
    let program = try PtyProgram.start(program: "/bin/sh", arguments: ["-c", "printf done; exit 7"])
    #expect(try await program.exitStatus() == 7)
    #expect(await program.text.hasPrefix("done"))
  }

  @Test func `a stranger's command among the program's own is one too many`() {
    let own = "\u{1B}[?1049h\u{1B}[H\u{1B}[2J\u{1B}[?1h\u{1B}=\u{1B}[?2004h\u{1B}[8ltext\u{1B}[?25h"
    let end = "\u{1B}[?2004l\u{1B}[8h\u{1B}[?1l\u{1B}>\u{1B}[?1049l"
    func read(_ strange: String) -> OutputGrammar {
      var grammar = OutputGrammar(rows: 24, columns: 80)
      grammar.read((own + strange + end).utf8)
      return grammar
    }
    let clean = read("")
    #expect(clean.violations == [] && clean.misuses(takes: 1) == [])
    #expect(clean.clears == 1 && clean.bells == 0 && clean.requests == [])
    #expect(clean.misuses(takes: 2) != [])
    for clear in ["\u{1B}[2J", "\u{1B}[H\u{1B}[J", "\u{1B}[1;1H\u{1B}[0J"] {
      #expect(read(clear).clears == 2)
    }
    #expect(read("\u{1B}[5;1H\u{1B}[J").clears == 1)
    for mode in ["?1049l", "?1049h", "?2004l", "?1003h", "?1000h", "4h", "8h", "?25l", "?7l"] {
      #expect(read("\u{1B}[\(mode)").misuses(takes: 1) != [], "\(mode)")
    }
    #expect(read("\u{7}").bells == 1)
    #expect(read("\u{1B}]52;c;YQ==\u{7}").requests == ["52;c;YQ=="])
    for strange in [
      "\u{1B}c", "\u{1B}[6n", "\u{9B}31m", "\u{202E}", "\u{1B}]0;a\u{1B}b\u{7}", "\u{1B}P1\u{1B}\\",
    ] {
      #expect(read(strange).violations != [], "\(strange.debugDescription)")
    }
  }

  @Test func `waiting for what never comes ends when the program does, and says what is shown`() async throws
  {
    let program = try PtyProgram.start(program: "/bin/sh", arguments: ["-c", "echo hello"])
    await #expect { try await program.waitFor("world") } throws: { error in
      "\(error)".contains("the program ended before: “world” is shown") && "\(error)".contains("hello")
    }
  }
}
