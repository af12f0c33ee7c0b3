/// Why the terminal can't be used, in one line for the person who started the program.
package enum TerminalError: Error, Hashable, CustomStringConvertible {
  /// Standard input or output is a file, a pipe or closed.
  case notATerminal
  case unnamed
  case unknown(term: String)
  /// Its description offers no way to put the cursor somewhere.
  case incapable(term: String)
  case refused
  /// The shell, or another job of it, has the terminal, and nobody would continue us.
  case inBackground

  package var description: String {
    switch self {
    case .notATerminal: "standard input and output must be a terminal"
    case .unnamed: "TERM is not set; try TERM=xterm-256color"
    case .unknown(let term):
      "TERM=\(Self.shown(term)) is not known here; try TERM=xterm-256color"
    case .incapable(let term):
      "TERM=\(Self.shown(term)) cannot place its cursor; try TERM=xterm-256color"
    case .refused: "the terminal cannot be set up: its modes cannot be read or changed"
    case .inBackground: "another program has the terminal; start it in the foreground"
    }
  }

  /// The variable may hold anything, commands to the terminal among it.
  private static func shown(_ term: String) -> String {
    term.unicodeScalars.map {
      $0.properties.generalCategory == .control ? $0.escaped(asASCII: true) : String($0)
    }
    .joined()
  }
}
