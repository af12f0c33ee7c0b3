import Console
import Foundation

/// `NOVALENS_FRAMES=file`: keeps the last picture as text and roles in a file, to be compared with what a terminal
/// made of it, or added to a report of a screen that is garbled.
struct FrameRecord {
  private let path: String

  /// Nil unless it is asked for.
  init?(environment: [String: String] = ProcessInfo.processInfo.environment) {
    guard let path = environment["NOVALENS_FRAMES"], !path.isEmpty else { return nil }
    self.path = path
  }

  /// Puts a picture in the place of the one before, whole, so that whoever reads it never finds half of one.
  func keep(_ screen: Screen) {
    let cursor = screen.cursor.map { "\($0.row) \($0.column)" } ?? "none"
    let head = "size \(screen.size.columns) \(screen.size.rows) cursor \(cursor)"
    let text = [head, screen.text, "roles", screen.roles, ""].joined(separator: "\n")
    let fresh = path + ".new"
    // It is a help for people who look for mistakes; that it cannot be written is none of ours.
    let file = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { return }
    let handle = FileHandle(fileDescriptor: file, closeOnDealloc: true)
    // For nobody else's eyes, whatever the umask says.
    guard fchmod(file, 0o600) == 0, (try? handle.write(contentsOf: Data(text.utf8))) != nil else { return }
    rename(fresh, path)
  }
}
