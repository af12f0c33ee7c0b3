import Foundation
import Synchronization

/// A file that lines are added to, for nobody else's eyes.
final class AppendedFile: Sendable {
  private let descriptor: Mutex<Int32>

  /// Opens the file for appending.
  ///
  /// - Parameter kind: what it is, for the person who named it.
  /// - Throws: `StartProblem`.
  init(_ path: String, kind: String) throws {
    // Without waiting: a pipe that nobody reads would keep the program from starting.
    let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
    let descriptor = open(path, flags, 0o600)
    var status = stat()
    // A file that was there before may have been open to others; a device is not ours to close.
    guard descriptor >= 0, fstat(descriptor, &status) == 0,
      status.st_mode & S_IFMT != S_IFREG || fchmod(descriptor, 0o600) == 0
    else {
      throw StartProblem(
        description: "cannot write the \(kind) \(path): \(String(cString: strerror(errno)))")
    }
    self.descriptor = Mutex(descriptor)
  }

  deinit { descriptor.withLock { _ = close($0) } }

  /// Adds a line; what would break it in two becomes a space.
  func append(_ line: String) {
    let bytes = Array(String(line.map { $0.isNewline ? " " : $0 } + "\n").utf8)
    descriptor.withLock { descriptor in
      // A full disk must not stop the browsing.
      _ = write(descriptor, bytes, bytes.count)
    }
  }
}
