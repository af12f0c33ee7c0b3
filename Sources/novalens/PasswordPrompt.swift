import Foundation
import NovaClient

/// Asks for a password on the terminal without showing it.
enum PasswordPrompt {
  /// - Returns: what was typed, or nil where there is no terminal to ask at, or nothing was typed.
  static func ask(_ question: String) -> Secret? {
    guard isatty(STDIN_FILENO) == 1 else { return nil }
    var modes = termios()
    guard tcgetattr(STDIN_FILENO, &modes) == 0 else { return nil }
    var silent = modes
    silent.c_lflag &= ~tcflag_t(ECHO)
    guard tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0 else { return nil }
    defer {
      tcsetattr(STDIN_FILENO, TCSAFLUSH, &modes)
      StandardError.write("\n")
    }
    StandardError.write(question)
    guard let line = readLine(), !line.isEmpty else { return nil }
    return Secret(line)
  }
}
