import Testing

@testable import Console

struct ScreenTests {
  @Test func `text is written where it is asked for`() {
    var screen = Screen(Size(columns: 12, rows: 3))
    let used = screen.write("images", row: 1, column: 2, style: .title)
    #expect(used == 6)
    #expect(screen.text == "\n  images\n")
    #expect(screen.roles == "\n..tttttt\n\nt title")
  }

  @Test(
    arguments: [
      ("ubuntu", Alignment.left, "[ubuntu  ]"), ("ubuntu", .right, "[  ubuntu]"),
      ("ubuntu", .center, "[ ubuntu ]"),
      ("ubuntu-24.04", .left, "[ubuntu-…]"), ("ubuntu-24.04", .right, "[ubuntu-…]"),
      ("日本語", .right, "[  日本語]"),
      ("日本語日本", .left, "[日本語… ]"), ("日本語日本", .right, "[ 日本語…]"),
      ("e\u{301}e\u{301}", .right, "[      e\u{301}e\u{301}]"),
      ("12345678\u{301}", .left, "[12345678\u{301}]"), ("", .center, "[        ]"),
    ])
  func `a text stands in its width, and what is cut ends in an ellipsis`(
    _ text: String, _ alignment: Alignment, _ expected: String
  ) {
    var screen = Screen(Size(columns: 10, rows: 1))
    screen.write("[        ]", row: 0, column: 0)
    let used = screen.write(text, row: 0, column: 1, width: 8, alignment: alignment)
    #expect(screen.text == expected)
    #expect(used == min(8, TextWidth.columns(expected.filter { !"[ ]".contains($0) })))
  }

  @Test func `what lies outside the grid is cut off, and nothing traps`() {
    let texts = ["abcdef", "日本語日本語", "a\u{301}b", ""]
    for size in [Size(columns: 4, rows: 2), Size(columns: 0, rows: 0), Size(columns: 1, rows: 1)] {
      for text in texts {
        for row in -1...2 {
          for column in -7...6 {
            for width in [nil, -1, 0, 1, 3, Int.max] {
              var screen = Screen(size)
              let used = screen.write(text, row: row, column: column, width: width, alignment: .right)
              screen.fill(Rect(row: row, column: column, height: 1, width: 2), style: .danger)
              screen.restyle(Rect(row: row, column: column, height: 3, width: 9)) { $0.selected() }
              #expect(used >= 0 && used <= max(0, width ?? 100))
              #expect((0..<size.rows).allSatisfy { screen.row($0).count == size.columns })
            }
          }
        }
      }
    }
  }

  @Test func `a text that begins left of the grid shows its end`() {
    var screen = Screen(Size(columns: 4, rows: 2))
    screen.write("abcd", row: 0, column: -2)
    screen.write("a日本", row: 1, column: -2)
    #expect(screen.text == "cd\n 本")
  }

  @Test func `half a wide sign never stays`() {
    let sign = "日"
    for (column, expected) in [(1, " x"), (2, "  x"), (0, "x日"), (3, " 日x")] {
      var screen = Screen(Size(columns: 4, rows: 1))
      screen.write(sign, row: 0, column: 1)
      screen.write("x", row: 0, column: column)
      #expect(screen.text == expected)
    }
  }

  @Test func `a row is selected without losing its text`() {
    var screen = Screen(Size(columns: 8, rows: 1))
    screen.write("cirros", row: 0, column: 0, style: .progress)
    screen.restyle(Rect(row: 0, column: 0, height: 1, width: 8)) { $0.selected() }
    #expect(screen.text == "cirros")
    #expect(screen.roles == "PPPPPP::\n: plain selected\nP progress selected")
  }

  @Test func `every style has a letter of its own`() {
    var screen = Screen(Size(columns: 44, rows: 1))
    for (index, role) in Role.allCases.enumerated() {
      for (offset, style) in [
        Style(role), Style(role).selected(), Style(role).strong, Style(role).selected().strong,
      ]
      .enumerated() {
        screen.write("x", row: 0, column: 4 * index + offset, style: style)
      }
    }
    let letters = screen.roles.prefix { $0 != "\n" }
    #expect(Set(letters).count == 44)
  }

  @Test func `in ASCII our own signs have stand-ins and others a question mark for each column`() {
    var screen = Screen(Size(columns: 24, rows: 2), repertoire: .ascii)
    screen.write("▌ ● ‖ ✗ ◂▸ ▲▼ ≥ – · ─│┌", row: 0, column: 0)
    screen.write("é 日本 e\u{301} \u{1F468}\u{200D}\u{1F469} ", row: 1, column: 0, width: 14)
    #expect(screen.text == "> o = x <> ^v > - - -|+\n? ???? e ????")
    #expect(screen.text.utf8.allSatisfy { $0 < 0x80 })
  }
}
