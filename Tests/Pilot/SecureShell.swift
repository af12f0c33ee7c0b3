import Foundation

/// A way to this machine through the real `ssh` and `sshd`, over a slow line on 127.0.0.1. Keys and settings are its own
/// and lie in a workplace; nothing of the machine's is read or changed.
package final class SecureShell: Sendable {
  private let workplace: Workplace
  private let line: SlowLine

  /// What has to be there; on Debian, `openssh-server` and `openssh-client`.
  private static let server = "/usr/sbin/sshd"
  private static let client = "/usr/bin/ssh"

  /// - Parameters:
  ///   - delay: how long a byte is under way, in each direction.
  ///   - workplace: where the keys lie.
  package init(
    in workplace: Workplace, delay: Duration = .milliseconds(75), bytesPerSecond: Int = 5000
  ) throws {
    self.workplace = workplace
    let folder = workplace.home.appending(path: "ssh").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for key in ["host", "user"] {
      try Self.run("/usr/bin/ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", "\(folder)/\(key)"])
    }
    try workplace.write(
      """
      HostKey \(folder)/host
      AuthorizedKeysFile \(folder)/user.pub
      AuthenticationMethods publickey
      PermitRootLogin prohibit-password
      UsePAM no
      # Its place is a temporary folder.
      StrictModes no
      PrintMotd no
      PrintLastLog no
      PidFile none

      """, to: "ssh/sshd_config")
    // Where sshd locks itself in when it is root; Debian's own service makes it at its start.
    if geteuid() == 0 {
      try FileManager.default.createDirectory(atPath: "/run/sshd", withIntermediateDirectories: true)
    }
    line = try SlowLine(delay: delay, bytesPerSecond: bytesPerSecond) { try Self.serve(folder) }
  }

  /// Runs a command of a shell on the other side, on a terminal.
  package func start(_ command: String, columns: Int = 80, rows: Int = 24, term: String = "xterm-256color")
    throws
    -> PtyProgram
  {
    let folder = workplace.home.appending(path: "ssh").path
    let options = [
      "BatchMode=yes", "IdentitiesOnly=yes", "StrictHostKeyChecking=accept-new", "EscapeChar=none",
      "UserKnownHostsFile=\(folder)/known", "GlobalKnownHostsFile=none", "LogLevel=ERROR",
    ]
    return try workplace.start(
      ["-F", "none", "-tt", "-i", "\(folder)/user", "-p", "\(line.port)"]
        + options.flatMap { ["-o", $0] } + ["127.0.0.1", command],
      program: Self.client, environment: ["TERM": term], columns: columns, rows: rows)
  }

  /// The line breaks; it is mended for who connects afterwards.
  package func cut() { line.cut() }

  /// One connection's own server: it ends with the connection, and needs no port that somebody else could take.
  ///
  /// - Returns: the end of it that the line is tied to.
  private static func serve(_ folder: String) throws -> Int32 {
    var ends: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
      throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
    }
    defer { close(ends[1]) }
    // Not Foundation's `Process`: sshd closes what it has inherited, which that takes for its end, and waits for it with
    // all others that it has to wait for.
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor: Int32 in [0, 1] { posix_spawn_file_actions_adddup2(&actions, ends[1], descriptor) }
    let words = [server, "-i", "-f", "\(folder)/sshd_config", "-E", "\(folder)/sshd.log"]
    var arguments = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var pid: pid_t = 0
    let code = posix_spawn(&pid, server, &actions, nil, &arguments, environ)
    guard code == 0 else {
      close(ends[0])
      throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EIO)
    }
    return ends[0]
  }

  private static func run(_ program: String, _ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw PtyProgram.TimedOut(description: "\(program) ended with \(process.terminationStatus)")
    }
  }
}
