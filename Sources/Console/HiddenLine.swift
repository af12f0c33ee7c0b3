import CCurses
import Glibc

/// A line that is typed without being shown, such as a password; for before a screen is there.
package enum HiddenLine {
  private static let ending = [SIGINT, SIGTERM, SIGHUP]
  private static let caught = ending + [SIGTSTP, SIGCONT]

  /// What has been typed.
  package enum Line<Answer> {
    case typed(Answer)
    /// Something in it is no character in the locale's encoding; what was meant cannot be known.
    case unreadable
    /// There is no terminal to ask at, or it has no line to give.
    case none
  }

  private enum Outcome<Answer> {
    case answer(Line<Answer>)
    case signal(Int32)
  }

  /// Asks at the terminal and reads from it. However the program ends or stops meanwhile, the terminal shows
  /// again what is typed, and when it goes on it does not.
  ///
  /// - Parameters:
  ///   - forgetsTypeAhead: whether what was typed before now is no answer.
  ///   - take: what becomes of the line, which is overwritten afterwards.
  package static func ask<Answer>(
    _ question: String, forgetsTypeAhead: Bool = false, take: (UnsafeRawBufferPointer) -> Answer
  ) -> Line<Answer> {
    var modes = termios()
    guard isatty(STDIN_FILENO) == 1, comesToForeground(),
      tcgetattr(STDIN_FILENO, &modes) == 0
    else { return .none }
    let signals = ccurses_signals_open()
    guard signals >= 0 else { return .none }
    // Armed before anything is hidden, so that no end falls between.
    ccurses_crash_arm([UInt8(ascii: "\n")], 1, &modes)
    for signal in caught { ccurses_signals_catch(signal) }
    defer {
      for signal in caught { ccurses_signals_release(signal) }
      ccurses_crash_disarm()
    }
    if forgetsTypeAhead { tcflush(STDIN_FILENO, TCIFLUSH) }
    while true {
      using {
        hide(modes)
        say(question)
      }
      let outcome = wait(signals, take)
      // Not where it was continued in the background: the shell has the terminal.
      let hasTurn = !ccurses_is_in_background()
      if hasTurn {
        using {
          tcsetattr(STDIN_FILENO, TCSANOW, &modes)
          // The Enter that ended it was not shown either.
          say("\n")
        }
      }
      switch outcome {
      case .signal(let number) where number == SIGTSTP || number == SIGCONT && !hasTurn:
        ccurses_crash_disarm()
        guard ccurses_stop_job() else {
          end(by: ccurses_last_call() == 0 ? SIGHUP : ccurses_last_call())
          return .none
        }
        ccurses_crash_arm([UInt8(ascii: "\n")], 1, &modes)
      // A shell has had the terminal, modes and all, since a signal that cannot be caught.
      case .signal(SIGCONT): continue
      case .signal(let number):
        end(by: number)
        return .none
      case .answer(let answer): return answer
      }
    }
  }

  /// Does something with the terminal that must not happen any more once a signal gives it back.
  private static func using(_ body: () -> Void) {
    ccurses_use_begin()
    body()
    ccurses_use_end()
  }

  /// What was typed already stays, before the password or behind it.
  private static func hide(_ modes: termios) {
    var silent = modes
    silent.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(STDIN_FILENO, TCSANOW, &silent)
  }

  private static func end(by signal: Int32) {
    ccurses_signals_release(signal)
    // Threads that run queues have all signals blocked.
    var mask = sigset_t()
    sigemptyset(&mask)
    sigaddset(&mask, signal)
    pthread_sigmask(SIG_UNBLOCK, &mask, nil)
    raise(signal)
  }

  private static func wait<Answer>(
    _ signals: Int32, _ take: (UnsafeRawBufferPointer) -> Answer
  ) -> Outcome<Answer> {
    var files = [
      pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
      pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
    ]
    while true {
      guard poll(&files, 2, -1) > 0 else { continue }
      var number: UInt8 = 0
      if files[1].revents != 0, read(signals, &number, 1) == 1 { return .signal(Int32(number)) }
      if files[0].revents != 0 { return .answer(readLine(take)) }
    }
  }

  private static func readLine<Answer>(_ take: (UnsafeRawBufferPointer) -> Answer) -> Line<Answer> {
    // The terminal gives whole lines, of at most this length.
    withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { buffer in
      defer { if let start = buffer.baseAddress { explicit_bzero(start, buffer.count) } }
      let count = read(STDIN_FILENO, buffer.baseAddress, buffer.count)
      guard count > 0 else { return .none }
      let line = UnsafeRawBufferPointer(buffer)[..<count].prefix { $0 != UInt8(ascii: "\n") }
      return inUTF8(UnsafeRawBufferPointer(rebasing: line), take)
    }
  }

  /// Lends a line as UTF-8, whatever the terminal sends.
  private static func inUTF8<Answer>(
    _ line: UnsafeRawBufferPointer, _ take: (UnsafeRawBufferPointer) -> Answer
  ) -> Line<Answer> {
    let encoding = KeyDecoder.Encoding.ofLocale()
    return withUnsafeTemporaryAllocation(byteCount: max(line.count * 3, 1), alignment: 1) { buffer in
      defer { if let start = buffer.baseAddress { explicit_bzero(start, buffer.count) } }
      var count = 0
      var isReadable = true
      func append(_ scalar: Unicode.Scalar) {
        for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
          buffer[count] = byte
          count += 1
        }
      }
      if encoding == .utf8 {
        isReadable = !transcode(line.makeIterator(), from: UTF8.self, to: UTF32.self, stoppingOnError: true) {
          append(Unicode.Scalar($0) ?? "\u{FFFD}")
        }
      } else {
        for byte in line { encoding.character(byte)?.unicodeScalars.forEach(append) ?? (isReadable = false) }
      }
      return isReadable ? .typed(take(UnsafeRawBufferPointer(rebasing: buffer[..<count]))) : .unreadable
    }
  }

  private static func say(_ text: String) {
    let bytes = Array(text.utf8)
    // Standard error may lead into a file, and a question there is one that nobody sees.
    guard isatty(STDERR_FILENO) == 0 else {
      _ = write(STDERR_FILENO, bytes, bytes.count)
      return
    }
    let terminal = open("/dev/tty", O_WRONLY | O_NOCTTY | O_CLOEXEC)
    guard terminal >= 0 else { return }
    _ = write(terminal, bytes, bytes.count)
    close(terminal)
  }
}
