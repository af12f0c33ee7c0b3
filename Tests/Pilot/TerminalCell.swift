/// One place on the virtual terminal, as a person would see it.
package struct TerminalCell: Hashable, Sendable {
  /// The sign with its marks; empty in the right half of a wide one, a blank where nothing was written.
  package var text: String
  /// 1 or 2 cells; 0 in the right half of a wide one.
  package var width: Int
  /// The number in the terminal's palette; nil is its own.
  package var foreground: Int?
  package var background: Int?
  package var isBold: Bool
  package var isDim: Bool
  package var isUnderlined: Bool
  package var isReversed: Bool

  package init(
    _ text: String, width: Int = 1, foreground: Int? = nil, background: Int? = nil, isBold: Bool = false,
    isDim: Bool = false, isUnderlined: Bool = false, isReversed: Bool = false
  ) {
    self.text = text
    self.width = width
    self.foreground = foreground
    self.background = background
    self.isBold = isBold
    self.isDim = isDim
    self.isUnderlined = isUnderlined
    self.isReversed = isReversed
  }

  /// The same as far as a person sees it: a blank has neither colour nor weight.
  package var seen: TerminalCell {
    guard text == " ", background == nil, !isUnderlined, !isReversed else { return self }
    return TerminalCell(" ")
  }
}
