import Testing

@testable import Console

struct ScreenTests {
  @Test func `text is written where it is asked for`() {
    var screen = Screen(Size(columns: 12, rows: 3))
    let used = screen.write("images", row: 1, column: 2, style: .title)
    #expect(used == 6)
    #expect(screen.text == "\n  images\n")
    #expect(screen.roles == "\n  tttttt\n\nt title".replacing("  t", with: "..t"))
  }
}
