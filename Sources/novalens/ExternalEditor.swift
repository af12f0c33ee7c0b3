import Console
import Foundation

/// Runs the person's own editor on a file, on the same terminal.
enum ExternalEditor {
  /// Waits until the editor has ended.
  ///
  /// - Returns: why it could not be run, or how it failed; nil when it ended well.
  static func edit(_ path: String) async -> String? {
    let environment = ProcessInfo.processInfo.environment
    let editor =
      [environment["VISUAL"], environment["EDITOR"]].compactMap { $0 }.first { !$0.isEmpty } ?? "vi"
    // The variable may hold arguments; the path is an argument of its own, whatever is in it.
    let become = isOneProgram(editor, path: environment["PATH"]) ? "exec " : ""
    let arguments = ["/bin/sh", "-c", "\(become)\(editor) \"$1\"", "sh", path]
    // The editor needs none of what signs us in.
    let kept = environment.filter { !isSecret($0.key, $0.value) }.map { "\($0.key)=\($0.value)" }
    let status = await withCheckedContinuation { continuation in
      // Waiting for a process blocks, so it has a thread of its own.
      Thread { continuation.resume(returning: GuestProgram.run(arguments, environment: kept)) }.start()
    }
    switch status {
    case 0: return nil
    case 126, 127: return "The editor \"\(editor)\" could not be run (set VISUAL or EDITOR)."
    // A program may end with a number beyond those of signals by itself, such as 255.
    case 129...192: return "The editor was ended by signal \(status - 128)."
    default: return "The editor ended with status \(status)."
    }
  }

  /// Whether a command is the name of a program and its arguments, so that the shell can become it. While a shell starts
  /// a process of its own, a Ctrl-Z can have the two wait for each other for ever (dash, with its vfork).
  private static func isOneProgram(_ command: String, path: String?) -> Bool {
    guard !command.contains(where: { ";&|\n".contains($0) }), let name = command.split(separator: " ").first
    else { return false }
    let folders = name.contains("/") ? [""] : (path ?? "").split(separator: ":").map { "\($0)/" }
    return folders.contains { FileManager.default.isExecutableFile(atPath: $0 + name) }
  }

  /// An address can have a password in it, too, also a proxy's.
  private static func isSecret(_ name: String, _ value: String) -> Bool {
    if name.lowercased().hasSuffix("_proxy") { return value.contains("@") }
    return name.hasPrefix("OS_")
      && (["PASSWORD", "TOKEN", "SECRET", "PASSCODE"].contains { name.contains($0) }
        || value.contains("://") && value.contains("@"))
  }
}
