/// Why the terminal can't be used, in one line for the person who started the program.
package enum TerminalError: Error, Hashable, CustomStringConvertible {
  /// Standard input or output is a file, a pipe or closed.
  case notATerminal
  case unnamed
  case unknown(term: String)
  /// Its description offers no way to put the cursor somewhere.
  case incapable(term: String)
  case refused

  package var description: String {
    switch self {
    case .notATerminal: "standard input and output must be a terminal"
    case .unnamed: "TERM is not set, so the kind of terminal is unknown; try TERM=xterm-256color"
    case .unknown(let term):
      "this machine has no description of the terminal TERM=\(term); try TERM=xterm-256color or TERM=vt100"
    case .incapable(let term):
      "the terminal TERM=\(term) cannot place its cursor; if yours can, try TERM=xterm-256color"
    case .refused: "the terminal cannot be set up: its modes cannot be read or changed"
    }
  }
}
