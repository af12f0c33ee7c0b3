import BrowserModel
import Console
import Testing

@testable import BrowserUI

/// Texts that are longer than the place that they have.
@Suite struct LongTextTests {
  private static let texts = [
    "a few words that are broken at their spaces", String(repeating: "a", count: 300),
    String(repeating: "日本", count: 100), String(repeating: "e\u{301}", count: 100),
    String(repeating: "👩\u{200D}👩\u{200D}👧 ", count: 40), "日\u{1B}[2J本 \u{200D}a",
  ]

  @Test(arguments: texts, [2, 3, 7, 40]) func `no line is wider than its place, and nothing is lost`(
    _ text: String, _ width: Int
  ) {
    for lines in [Wrapping.lines(text, width: width), Wrapping.cut(text, width: width)] {
      #expect(lines.joined().unicodeScalars.filter { $0 != " " } == text.unicodeScalars.filter { $0 != " " })
      for line in lines { #expect(TextWidth.columns(line) <= width, "\(line)") }
    }
  }

  /// The columns of the widest character, which is moved as a whole.
  private static func widest(_ text: String) -> Int {
    text.map { TextWidth.columns(String($0)) }.max() ?? 1
  }

  @Test(arguments: texts, [1, 2, 3, 7, 40])
  func `the cursor stays in its field, right behind what is before it`(
    _ text: String, _ width: Int
  ) throws {
    var field = TextField(text)
    let count = field.characters.count
    for step in 0...count {
      var screen = Screen(Size(columns: 50, rows: 1), repertoire: .unicode)
      FieldView(field: field, isActive: true).draw(
        on: &screen, in: Rect(row: 0, column: 5, height: 1, width: width))
      let cursor = try #require(screen.cursor)
      #expect((5..<5 + width).contains(cursor.column), "\(step) before the end")
      // As much as there is room for, but for a wide sign that has none.
      if TextWidth.columns(String(field.characters[..<field.cursor])) >= width, width > 1 {
        #expect(cursor.column - 5 >= width - 1 - Self.widest(text))
      }
      let shown = (5..<cursor.column).map { screen[row: 0, column: $0].text }.joined()
      let before = SafeText(String(field.characters[..<field.cursor])).map(\.text).joined()
      #expect(
        before.unicodeScalars.reversed().starts(with: shown.unicodeScalars.drop { $0 == "…" }.reversed()))
      field.apply(.left)
    }
  }
}
