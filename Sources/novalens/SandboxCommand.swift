import ArgumentParser
import Foundation
import SandboxCloud

/// `novalens sandbox`: serves the sandbox cloud to other programs.
struct SandboxCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sandbox",
    abstract: "Serve a sandbox cloud (Keystone and images API) on 127.0.0.1 until Ctrl-C.")

  @Option(help: ArgumentHelp("The port; 0 takes a free one.", valueName: "number"))
  var port: UInt16 = 0

  @Option(help: ArgumentHelp("How many images it has.", valueName: "count"))
  var images = 240

  @Flag(help: "Nothing happens by itself: no snapshots, no backups, nobody else.")
  var still = false

  func validate() throws {
    guard (0...100_000).contains(images) else { throw ValidationError("--images must be from 0 to 100000.") }
  }

  func run() async throws {
    var settings = SandboxSettings.demo(imageCount: images)
    settings.isAlive = !still
    let server = SandboxServer(Sandbox(settings))
    do {
      print(try await server.start(port: port).connectionHelp)
    } catch {
      let reason = port == 0 ? "\(error)" : "another program listens there, or the port is not yours to take"
      StandardError.write("novalens: cannot listen on 127.0.0.1:\(port): \(reason)\n")
      throw ExitCode(1)
    }
    // Whoever waits for the address reads it through a pipe.
    fflush(nil)
    await server.runUntilCancelled()
  }
}
