import ArgumentParser
import Foundation

/// `novalens`: browses a cloud's images; `novalens sandbox`: serves one to try things on.
@main
struct Novalens: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "novalens",
    abstract: "Browse an OpenStack cloud's images, edit their metadata and watch their status.",
    discussion: """
      Which cloud: --demo for a sandbox inside the program; --os-cloud for one of clouds.yaml; the OS_* variables; \
      or --endpoint for an images API without Keystone. Press ? for the keys.
      """,
    version: Version.text,
    subcommands: [SandboxCommand.self])

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var display: DisplayOptions

  @MainActor mutating func run() async throws {
    do {
      // A log that nobody reads any more, such as a pipe, must not end the program with the terminal raw.
      signal(SIGPIPE, SIG_IGN)
      // Nor one that may grow no further; writing to it fails, which is said.
      signal(SIGXFSZ, SIG_IGN)
      // Before anybody is asked for a password: on a terminal that cannot it would be for nothing.
      let terminal = try App.terminal(display)
      let cloud = try await connection.open()
      let status = try await App.run(cloud, terminal, display)
      await cloud.close()
      // Without the clean-up of libraries: it would meet curl's thread, which is about to end, in libcrypto.
      fflush(nil)
      _exit(status)
    } catch let problem as StartProblem {
      Self.complain(problem.description)
      throw ExitCode(problem.status)
    }
  }

  private static func complain(_ text: String) {
    for line in text.split(separator: "\n") { StandardError.write("novalens: \(line)\n") }
  }
}

/// Why the program does not begin, as a person should read it.
struct StartProblem: Error, CustomStringConvertible {
  /// One line, or a few.
  var description: String
  /// 2: nothing is configured, or wrongly; 1: everything else.
  var status: Int32 = 1
}

enum Version {
  static let text = "0.1.0"
}
