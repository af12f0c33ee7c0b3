import BrowserModel
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
    let outcome =
      switch record.outcome {
      case .answered(let status): "\(status)"
      case .failed(let reason): "failed (\(reason))"
      case .cancelled: "cancelled"
      }
    let milliseconds = record.duration.seconds * 1000
    let words = [
      Timestamp.format(record.started), record.method.rawValue, record.server + record.target, outcome,
      "\(Int(milliseconds.rounded())) ms", "\(record.bytesReceived) bytes", record.requestID ?? "-",
    ]
    // What a service sent could otherwise begin a line of its own.
    let line = words.joined(separator: " ").map { $0.isNewline ? " " : $0 } + "\n"
    let bytes = Array(String(line).utf8)
    descriptor.withLock { descriptor in
      // A full disk must not stop the browsing.
      _ = write(descriptor, bytes, bytes.count)
    }
  }
}
