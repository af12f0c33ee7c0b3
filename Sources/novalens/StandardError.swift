import BrowserModel
import Console
import Foundation
import NovaClient

/// Standard error: for messages before and after the screen, and out of its way while it is there.
enum StandardError {
  /// Says something, in which there can be what a service has answered: nothing in it is a command to a terminal.
  static func write(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let repertoire = Repertoire.ofLocale
    let safe = lines.map { repertoire.plain($0) }.joined(separator: "\n")
    FileHandle.standardError.write(Data(safe.utf8))
  }

  /// Sends what libraries and the runtime say to a file of our own while the screen is there, where it would be
  /// written over pictures and lost.
  ///
  /// A crash leaves its report beside that file, with what has been said there since.
  ///
  /// - Returns: what sends it back to where it went before; nil when no file could be made.
  @MainActor static func redirect(to folder: StateFolder) -> (() -> Void)? {
    guard (try? folder.make()) != nil else { return nil }
    let path = folder.file("stderr.log")
    // To be read as well, by the report of a crash.
    let file = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
    var status = stat()
    defer { if file >= 0 { close(file) } }
    let isOurs =
      file >= 0 && fstat(file, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && fchmod(file, 0o600) == 0
    // The report does without what is said there, where it must.
    prepareReport(in: folder, saidFrom: isOurs ? Int(status.st_size) : 0)
    let before = isOurs ? fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3) : -1
    guard before >= 0 else { return nil }
    dup2(file, STDERR_FILENO)
    return {
      dup2(before, STDERR_FILENO)
      close(before)
    }
  }

  /// Has a crash leave a report already before there is a screen.
  @MainActor static func prepareReport() {
    let folder = StateFolder()
    if (try? folder.make()) != nil { prepareReport(in: folder, saidFrom: 0) }
  }

  @MainActor private static func prepareReport(in folder: StateFolder, saidFrom: Int) {
    for name in folder.names where name.hasPrefix("crash-") {
      guard let report = folder.read(name),
        let text = CrashReport.readable(String(decoding: report, as: UTF8.self))
      else { continue }
      // A report that stays as it is can be read as well, with `swift demangle`.
      try? folder.replace(name, with: Data(text.utf8))
    }
    let now = Timestamp.format(Date())
    CrashReport.prepare(
      path: folder.file("crash-\(now.filter { $0.isNumber })-\(getpid()).txt"),
      heading: "novalens \(Version.text), started \(now)", saidFrom: saidFrom)
  }
}
