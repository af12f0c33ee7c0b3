/// How much of what is on the screen, in lines; the layout knows.
package struct Viewport: Hashable, Sendable {
  package var listRows = 20
  package var detailRows = 20
  package var detailLines = 0
  package var pageRows = 20
  package var pageLines = 0
  /// The first row that is shown of what lies over the panes and has a cursor.
  package var top = 0
  /// Whether the detail has a place of its own beside or below the list.
  package var hasDetailPane = false
  /// How wide the line is that says what happened last.
  package var noticeColumns = 78

  package init() {}
}
