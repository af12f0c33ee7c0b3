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
    let arguments = ["/bin/sh", "-c", "\(editor) \"$1\"", "sh", path]
    // The editor needs none of what signs us in.
    let kept = environment.filter { !isSecret($0.key) }.map { "\($0.key)=\($0.value)" }
    let status = await withCheckedContinuation { continuation in
      // Waiting for a process blocks, so it has a thread of its own.
      Thread { continuation.resume(returning: run(arguments, kept)) }.start()
    }
    switch status {
    case 0: return nil
    case 126, 127: return "The editor \"\(editor)\" could not be run (set VISUAL or EDITOR)."
    case 128...: return "The editor was ended by signal \(status - 128)."
    default: return "The editor ended with status \(status)."
    }
  }

  private static func isSecret(_ name: String) -> Bool {
    name.hasPrefix("OS_") && ["PASSWORD", "TOKEN", "SECRET", "PASSCODE"].contains { name.contains($0) }
  }

  /// Starts a program in our own process group, so that the terminal is its as well, and waits for it.
  /// - Returns: its exit status, or 128 and the signal that ended it, as a shell has it.
  private static func run(_ arguments: [String], _ environment: [String]) -> Int32 {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // This thread may have signals blocked that the editor wants, and our handlers are none of its business.
    var none = sigset_t()
    sigemptyset(&none)
    var all = sigset_t()
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var argv = arguments.map { strdup($0) } + [nil]
    var envp = environment.map { strdup($0) } + [nil]
    defer { for pointer in argv + envp { free(pointer) } }
    var pid: pid_t = 0
    guard posix_spawn(&pid, arguments[0], nil, &attributes, &argv, &envp) == 0 else { return 127 }
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }
}
