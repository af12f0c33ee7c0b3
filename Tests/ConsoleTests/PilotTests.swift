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

  @Test func `waiting for what never comes ends when the program does, and says what is shown`() async throws
  {
    let program = try PtyProgram.start(program: "/bin/sh", arguments: ["-c", "echo hello"])
    await #expect { try await program.waitFor("world") } throws: { error in
      "\(error)".contains("the program ended before: “world” is shown") && "\(error)".contains("hello")
    }
  }
}
