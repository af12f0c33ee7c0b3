/// A terminal, the size of its window, and what it can show: one of all that the program has to look right in.
struct MatrixCase: Sendable, CustomStringConvertible {
  var terminal: String
  var columns: Int
  var rows: Int
  var isMonochrome: Bool
  var locale: String

  var description: String {
    "\(terminal) \(columns)×\(rows) \(isMonochrome ? "without" : "with") colours in \(locale)"
  }

  static let terminals = [
    "xterm-256color", "xterm", "screen-256color", "tmux-256color", "screen", "linux", "vt100", "vt220",
    "rxvt-unicode", "foot", "alacritty", "xterm-kitty",
  ]
  private static let sizes = [(80, 24), (48, 14), (80, 50), (200, 60)]

  static let all: [MatrixCase] = terminals.flatMap { terminal in
    sizes.flatMap { columns, rows in
      [false, true].flatMap { isMonochrome in
        ["C.UTF-8", "C"].map {
          MatrixCase(terminal: terminal, columns: columns, rows: rows, isMonochrome: isMonochrome, locale: $0)
        }
      }
    }
  }
}
