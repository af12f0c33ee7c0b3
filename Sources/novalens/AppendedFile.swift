import Foundation
import Synchronization

/// A file that lines are added to, for nobody else's eyes.
final class AppendedFile: Sendable {
  private struct State {
    let descriptor: Int32
    /// Whether the last line is there in part only.
    var isCut = false
    /// Whether the last line could not be written.
    var hasFailed = false
  }

  private let state: Mutex<State>
  private let name: String
  private let problem: @Sendable (String) -> Void

  /// Opens the file for appending.
  ///
  /// - Parameters:
  ///   - kind: what it is, for the person who named it.
  ///   - problem: gets a sentence when lines can be written no longer, as on a full disk; once, until they can again.
  /// - Throws: `StartProblem`.
  init(_ path: String, kind: String, problem: @escaping @Sendable (String) -> Void) throws {
    name = "\(kind) \(path)"
    self.problem = problem
    // Without waiting: a pipe that nobody reads would keep the program from starting.
    let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
    let descriptor = open(path, flags, 0o600)
    var status = stat()
    // A file that was there before may have been open to others; a device is not ours to close.
    guard descriptor >= 0, fstat(descriptor, &status) == 0,
      status.st_mode & S_IFMT != S_IFREG || fchmod(descriptor, 0o600) == 0
    else {
      let reason = String(cString: strerror(errno))
      if descriptor >= 0 { close(descriptor) }
      throw StartProblem(description: "cannot write the \(kind) \(path): \(reason)")
    }
    state = Mutex(State(descriptor: descriptor))
  }

  deinit { state.withLock { _ = close($0.descriptor) } }

  /// Adds a line, which has no end of a line in it.
  func append(_ line: String) {
    let line = line + "\n"
    let reason: String? = state.withLock { state in
      // What could not be written to its end is no line; the next one begins on its own.
      let bytes = Array(((state.isCut ? "\n" : "") + line).utf8)
      let written = Self.write(bytes, to: state.descriptor)
      defer { state.hasFailed = written < bytes.count }
      guard written < bytes.count else {
        state.isCut = false
        return nil
      }
      if written > 0 { state.isCut = true }
      return state.hasFailed ? nil : String(cString: strerror(errno))
    }
    // A full disk must not stop the browsing, but whoever relies on the file must know.
    if let reason { problem("The \(name) lacks lines from now on: \(reason).") }
  }

  /// - Returns: how many bytes could be written.
  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int {
    bytes.withUnsafeBytes { buffer in
      var written = 0
      while written < buffer.count {
        let count = Glibc.write(descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { break }
        written += count
      }
      return written
    }
  }
}
