/// How much of what is on the screen, in lines; the layout knows.
package struct Viewport: Hashable, Sendable {
  package var listRows = 20
  package var detailRows = 20
  package var detailLines = 0
  package var pageRows = 20
  package var pageLines = 0
  /// The first row that is shown of what lies over the panes and has a cursor.
  package var top: Top?
  /// Whether the detail has a place of its own beside or below the list.
  package var hasDetailPane = false
  /// How wide the line is that says what happened last.
  package var noticeColumns = 78

  package init() {}

  /// What lies over the panes and scrolls with its cursor.
  package enum Scrolling: Hashable, Sendable {
    case editor
    case filterForm
    case drafts
  }

  package struct Top: Hashable, Sendable {
    package var owner: Scrolling
    package var row: Int

    package init(_ owner: Scrolling, _ row: Int) {
      self.owner = owner
      self.row = row
    }
  }

  /// The first row that was shown of something; what has not been there before begins with its first.
  package func top(of owner: Scrolling) -> Int { top.flatMap { $0.owner == owner ? $0.row : nil } ?? 0 }
}
