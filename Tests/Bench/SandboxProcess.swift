import Foundation
import Pilot

/// `novalens sandbox` as a program of its own, and a token for it.
struct SandboxProcess {
  /// The images API.
  let endpoint: String
  let token: String
  /// It ends with this.
  private let program: PtyProgram

  /// Serves a cloud that stands still.
  static func start(images: Int) async throws -> SandboxProcess {
    let program = try Workplace().start(
      ["sandbox", "--images", "\(images)", "--still"], columns: 120, rows: 40)
    try await program.waitFor("nothing is kept.", timeout: .seconds(60))
    let line = await program.text.split(separator: "\n").first { $0.contains("OS_AUTH_URL=") }
    guard let identity = line?.split(separator: "=").last.map(String.init) else {
      throw Problem(description: "The sandbox has not said where it is.")
    }
    return SandboxProcess(
      endpoint: identity.replacing("/identity/v3", with: "/compute/v2.1"),
      token: try await token(at: identity), program: program)
  }

  private static func token(at identity: String) async throws -> String {
    let body = #"""
      {"auth": {"identity": {"methods": ["password"], "password": {"user": {"name": "demo",
      "password": "demo-secret", "domain": {"name": "Default"}}}},
      "scope": {"project": {"name": "demo", "domain": {"name": "Default"}}}}}
      """#
    let answer = try await Curl.run(
      ["-i", "-H", "Content-Type: application/json", "-d", body, "\(identity)/auth/tokens"])
    let lines = answer.split(whereSeparator: \.isNewline)
    guard let line = lines.first(where: { $0.lowercased().hasPrefix("x-subject-token:") }) else {
      throw Problem(description: "The sandbox has given no token:\n\(answer)")
    }
    return line.dropFirst("x-subject-token:".count).trimmingCharacters(in: .whitespaces)
  }
}

/// The program that everybody has, to compare with.
enum Curl {
  /// - Returns: what it wrote.
  @discardableResult static func run(_ arguments: [String]) async throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["curl", "-s"] + arguments
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Problem(description: "curl ended with \(process.terminationStatus)")
    }
    return String(decoding: data, as: UTF8.self)
  }
}

/// Why there is nothing to measure.
struct Problem: Error, CustomStringConvertible {
  var description: String
}
