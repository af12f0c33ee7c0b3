/// One place on the screen.
package struct Cell: Hashable, Sendable {
  /// One sign with its marks; empty in the right half of a wide one.
  package var text: String
  package var style: Style

  package init(_ text: String, style: Style = .plain) {
    self.text = text
    self.style = style
  }

  package static let blank = Cell(" ")
  var isRightHalf: Bool { text.isEmpty }
}

/// Where a text stands within the width it is given.
package enum Alignment: Hashable, Sendable {
  case left
  case center
  case right
}
