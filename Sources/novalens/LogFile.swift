import Foundation
import NovaClient
import Synchronization

/// `--log-file`: a line for each exchange with a service, for nobody else's eyes. Never a header, never a body.
final class LogFile: Sendable {
  private let descriptor: Mutex<Int32>

  /// Opens the file for appending.
  /// - Throws: `StartProblem`.
  init(_ path: String) throws {
    // Without waiting: a pipe that nobody reads would keep the program from starting.
    let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
    let descriptor = open(path, flags, 0o600)
    var status = stat()
    // A file that was there before may have been open to others; a device is not ours to close.
    guard descriptor >= 0, fstat(descriptor, &status) == 0,
      status.st_mode & S_IFMT != S_IFREG || fchmod(descriptor, 0o600) == 0
    else {
      throw StartProblem(
        description: "cannot write the log file \(path): \(String(cString: strerror(errno)))")
    }
    self.descriptor = Mutex(descriptor)
  }

  deinit { descriptor.withLock { _ = close($0) } }

  func append(_ record: RequestRecord) {
    let bytes = Array((record.logLine + "\n").utf8)
    descriptor.withLock { descriptor in
      // A full disk must not stop the browsing.
      _ = write(descriptor, bytes, bytes.count)
    }
  }
}
