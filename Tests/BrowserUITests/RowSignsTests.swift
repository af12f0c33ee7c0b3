import BrowserModel
import Console
import Testing

@testable import BrowserUI

/// The signs before a name, for which there are three cells.
@Suite struct RowSignsTests {
  private func drawn(_ signs: RowSigns, isSelected: Bool = true) -> String {
    var screen = Screen(Size(columns: 3, rows: 1))
    signs.draw(on: &screen, in: Rect(screen.size), isSelected: isSelected)
    return screen.row(0).map(\.text).joined()
  }

  @Test func `each has its place while there is room`() {
    #expect(drawn(RowSigns(isCursor: true)) == " ▌ ")
    #expect(drawn(RowSigns(isCursor: false, isMarked: true)) == " * ")
    #expect(drawn(RowSigns(isCursor: true, change: .new)) == " ▌+")
    #expect(drawn(RowSigns(isCursor: true, change: .changed, hasDraft: true)) == "✎▌~")
    #expect(drawn(RowSigns(isCursor: false, isFollowed: true)) == "○  ")
  }

  @Test func `unsaved edits are seen under the cursor on a marked row that changes`() {
    #expect(drawn(RowSigns(isCursor: true, change: .changed, isMarked: true, hasDraft: true)) == "✎~*")
    // While the keys go to another pane the row is not reversed.
    let all = RowSigns(isCursor: true, change: .changed, isMarked: true, hasDraft: true)
    #expect(drawn(all, isSelected: false) == "*▌~")
    #expect(drawn(RowSigns(isCursor: true, isMarked: true, isFollowed: true, hasDraft: true)) == "✎*○")
  }
}
