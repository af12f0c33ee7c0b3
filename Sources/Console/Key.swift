/// One key, or one paste, as the program's key map knows it.
package enum Key: Hashable, Sendable {
  /// A printable character, as typed (`D` is Shift-d).
  case character(Character)
  /// Ctrl and a letter, in lower case: `control("s")`.
  case control(Character)
  case enter
  case escape
  case tab
  case backTab
  case backspace
  case delete
  case up
  case down
  case left
  case right
  case home
  case end
  case pageUp
  case pageDown
  case function(Int)
  /// Text that arrived as one bracketed paste; never to be run as commands.
  case paste(String)
  /// Something done with the mouse, where the terminal was asked to tell.
  case mouse(MouseAction)
  /// A sequence that no key map knows; ignored, so that its tail does not run as commands.
  case unknown
}

/// A click or a turn of the wheel, and the cell that it was on.
package struct MouseAction: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// The left button went down.
    case click
    case wheelUp
    case wheelDown
  }

  package var kind: Kind
  package var position: Position

  package init(_ kind: Kind, at position: Position) {
    self.kind = kind
    self.position = position
  }
}
