import Foundation
import Pilot

/// What it costs to leave the program open on a cloud in which nothing happens.
struct QuietWatch {
  /// How long it is looked at, in seconds.
  private static let time = 40

  static func measure(images: Int) async throws -> [Measurement] {
    let cloud = try await SandboxProcess.start(images: images)
    let workplace = try Workplace()
    let novalens = try workplace.start(
      ["--endpoint", cloud.endpoint, "--log-file", "requests.log"], environment: ["OS_TOKEN": cloud.token],
      columns: 120, rows: 36)
    try await novalens.waitUntil("all images are read", timeout: .seconds(60)) {
      $0.text(row: 0).contains(" images") && !$0.text(row: 0).contains("+ images")
    }
    try await novalens.listen(for: .seconds(6))
    let bytes = await novalens.bytesReceived
    let requests = try requests(workplace)
    try await novalens.listen(for: .seconds(Self.time))
    let sent = await novalens.bytesReceived - bytes
    let asked = try self.requests(workplace).dropFirst(requests.count)
    await novalens.send("q")
    _ = try await novalens.exitStatus()
    let rounds = asked.count { $0.contains("changes-since") }
    return [
      Measurement(
        what: "nothing changing at 120×36, on the terminal", value: Double(sent) / Double(Self.time),
        limit: 40, unit: "B/s", note: "\(images) images; clock and ages"),
      Measurement(
        what: "nothing changing, requests an interval", value: Double(asked.count) / Double(max(rounds, 1)),
        limit: 4, unit: "", note: "\(rounds) intervals"),
    ]
  }

  private static func requests(_ workplace: Workplace) throws -> [Substring] {
    try workplace.files()["requests.log"]?.split(separator: "\n") ?? []
  }
}
