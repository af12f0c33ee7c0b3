/// One place on the virtual terminal, as a person would see it.
package struct TerminalCell: Hashable, Sendable {
  /// The sign with its marks; empty in the right half of a wide one, a blank where nothing was written.
  package var text: String
  /// 1 or 2 cells; 0 in the right half of a wide one.
  package var width: Int
  /// The number in the terminal's palette; nil is its own.
  package var foreground: Int?
  package var background: Int?
  package var isBold = false
  package var isDim = false
  package var isUnderlined = false
  package var isReversed = false
}
