import BrowserModel
import Foundation

/// Standard error: for messages before and after the screen, and out of its way while it is there.
enum StandardError {
  static func write(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }

  /// Sends what libraries and the runtime say to a file of our own while the screen is there, where it would be
  /// written over pictures and lost.
  ///
  /// - Returns: what sends it back to where it went before; nil when no file could be made.
  static func redirect(to folder: StateFolder) -> (() -> Void)? {
    guard (try? folder.make()) != nil else { return nil }
    let path = folder.file("stderr.log")
    let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { return nil }
    let before = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
    dup2(file, STDERR_FILENO)
    close(file)
    guard before >= 0 else { return nil }
    return {
      dup2(before, STDERR_FILENO)
      close(before)
    }
  }
}
