/// What a piece of text is, not how it looks: the terminal's palette decides that (`Palette`).
package enum Role: String, Hashable, Sendable, CaseIterable {
  /// Ordinary text in the terminal's own colours.
  case plain
  /// Names of things: headings, column heads.
  case title
  /// What is of less interest: hints, labels, old data.
  case faint
  /// A key in a hint.
  case key
  /// Something under way.
  case progress
  /// Something well.
  case good
  /// Something that wants care.
  case warning
  /// Something wrong.
  case danger
  /// The sign of something new.
  case added
  /// The sign of something changed.
  case changed
  /// The sign of something marked.
  case marked
  /// The sign of something that is gone.
  case gone
}

/// A role, and what lies over it.
package struct Style: Hashable, Sendable {
  package var role: Role
  /// The row or field that the user is on.
  package var isSelected: Bool
  /// A heading, or what should stand out within its role.
  package var isStrong: Bool

  package init(_ role: Role, isSelected: Bool = false, isStrong: Bool = false) {
    self.role = role
    self.isSelected = isSelected
    self.isStrong = isStrong
  }

  package static let plain = Style(.plain)
  package static let title = Style(.title)
  package static let faint = Style(.faint)
  package static let key = Style(.key)
  package static let progress = Style(.progress)
  package static let good = Style(.good)
  package static let warning = Style(.warning)
  package static let danger = Style(.danger)
  package static let added = Style(.added)
  package static let changed = Style(.changed)
  package static let marked = Style(.marked)
  package static let gone = Style(.gone)

  /// The same in the row or field that the user is on.
  package func selected(_ isSelected: Bool = true) -> Style {
    Style(role, isSelected: isSelected, isStrong: isStrong)
  }

  /// The same, standing out.
  package var strong: Style { Style(role, isSelected: isSelected, isStrong: true) }
}
