import CCurses
import Glibc

/// A line that is typed without being shown, such as a password; for before a screen is there.
package enum HiddenLine {
  private static let ending = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]

  /// Asks on standard error and reads from the terminal. A signal that ends the program does so with the terminal
  /// given back, or the shell would go on without showing what is typed.
  ///
  /// - Returns: nil where there is no terminal to ask at, or the terminal has no line to give.
  package static func ask(_ question: String) -> String? {
    var modes = termios()
    guard isatty(STDIN_FILENO) == 1, tcgetattr(STDIN_FILENO, &modes) == 0 else { return nil }
    let signals = ccurses_signals_open()
    guard signals >= 0 else { return nil }
    for signal in ending { ccurses_signals_catch(signal) }
    var silent = modes
    silent.c_lflag &= ~tcflag_t(ECHO)
    guard tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0 else { return nil }
    say(question)
    let outcome = wait(signals)
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &modes)
    // The Enter that ended it was not shown either.
    say("\n")
    for signal in ending { ccurses_signals_release(signal) }
    switch outcome {
    case .signal(let number):
      // Threads that run queues have all signals blocked.
      var mask = sigset_t()
      sigemptyset(&mask)
      sigaddset(&mask, number)
      pthread_sigmask(SIG_UNBLOCK, &mask, nil)
      raise(number)
      return nil
    case .line(let text): return text
    case .nothing: return nil
    }
  }

  private enum Outcome {
    case line(String)
    case nothing
    case signal(Int32)
  }

  private static func wait(_ signals: Int32) -> Outcome {
    var files = [
      pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
      pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
    ]
    while poll(&files, 2, -1) < 0, errno == EINTR {}
    if files[1].revents != 0 {
      var number: UInt8 = 0
      if read(signals, &number, 1) == 1 { return .signal(Int32(number)) }
    }
    // The terminal gives whole lines, of at most this length.
    let bytes = [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
      count = max(0, read(STDIN_FILENO, buffer.baseAddress, buffer.count))
    }
    let line = String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    return bytes.isEmpty ? .nothing : .line(line)
  }

  private static func say(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
  }
}
