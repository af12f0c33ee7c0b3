import CCurses
import Glibc

/// What is left behind when the program crashes: its version, the reason, the stack and the last log lines, in a file
/// for nobody else's eyes, whose path is the last thing on the screen.
@MainActor package enum CrashReport {
  /// Has everything ready, because when it happens there is no time to ask.
  ///
  /// - Parameters:
  ///   - path: of a file that is not there yet, in a folder that is.
  ///   - heading: what the report begins with.
  ///   - offset: where standard error, if it is a file, stood when the program began.
  package static func prepare(path: String, heading: String, saidFrom offset: Int) {
    ccurses_report_prepare(path, heading, offset)
  }

  /// How many bytes of a line there is room for.
  nonisolated package static let noteLength = Int(CCURSES_NOTE_LENGTH) - 1

  /// Adds a log line; the last fifty are kept. No secrets.
  package static func note(_ line: String) { ccurses_report_note(line) }

  /// A report with the names of functions as people write them. A handler cannot make them, so the next start does.
  ///
  /// - Returns: nil when there is nothing to be done.
  nonisolated package static func readable(_ report: String) -> String? {
    var isChanged = false
    let lines = report.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
      guard line.hasPrefix(CCURSES_NAME_MARK) else { return String(line) }
      let name = String(line.dropFirst(CCURSES_NAME_MARK.count))
      guard name.hasPrefix("$s"), let text = swift_demangle(name, name.utf8.count, nil, nil, 0) else {
        return String(line)
      }
      defer { free(text) }
      isChanged = true
      return CCURSES_NAME_MARK + String(cString: text)
    }
    return isChanged ? lines.joined(separator: "\n") : nil
  }
}
