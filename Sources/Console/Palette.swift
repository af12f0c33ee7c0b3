/// How a style looks: what the terminal is asked for.
package struct Look: Hashable, Sendable {
  /// Of the user's own palette, on the terminal's own background.
  package enum Color: Int16, Hashable, Sendable, CaseIterable {
    case red = 1
    case green = 2
    case yellow = 3
    case magenta = 5
    case cyan = 6
  }

  /// nil is the terminal's own.
  package var color: Color?
  package var isBold = false
  package var isDim = false
  package var isUnderlined = false
  package var isReversed = false
}

/// What each role looks like on this terminal. Colours only ever add to what signs and words already say.
///
/// Only the first eight colours are used, because they are the ones that people choose to suit their background;
/// a terminal of two colours, or a user who wants none, gets attributes alone.
package struct Palette: Hashable, Sendable {
  private let hasColors: Bool

  /// - Parameter colors: how many the terminal has.
  package init(colors: Int, isMonochrome: Bool = false) {
    hasColors = colors >= 8 && !isMonochrome
  }

  package func look(of style: Style) -> Look {
    var look = hasColors ? Self.colored(style.role) : Self.monochrome(style.role)
    if style.isStrong {
      look.isBold = true
      look.isDim = false
    }
    look.isReversed = style.isSelected
    return look
  }

  private static func colored(_ role: Role) -> Look {
    switch role {
    case .plain: Look()
    case .title, .key: Look(isBold: true)
    case .faint: Look(isDim: true)
    case .progress: Look(color: .cyan)
    case .good, .added: Look(color: .green)
    case .warning, .changed: Look(color: .yellow)
    case .danger: Look(color: .red, isBold: true)
    case .marked: Look(color: .magenta)
    case .gone: Look(color: .red)
    }
  }

  private static func monochrome(_ role: Role) -> Look {
    switch role {
    case .plain, .progress, .good: Look()
    case .title, .key, .danger, .added, .changed, .marked, .gone: Look(isBold: true)
    case .faint: Look(isDim: true)
    case .warning: Look(isUnderlined: true)
    }
  }
}
