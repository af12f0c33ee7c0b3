import Foundation
import Pilot

/// What it costs to leave the program open on a cloud in which nothing happens; `BENCH_QUIET` says for how many
/// seconds it is looked at.
struct QuietWatch {
  private static let time = ProcessInfo.processInfo.environment["BENCH_QUIET"].flatMap(Int.init) ?? 40

  /// A line of the program's log of requests.
  private struct Request {
    var target: String
    var milliseconds: Double
    var bytes: Double

    init?(_ line: Substring) {
      let words = line.split(separator: " ")
      guard words.count > 7, let milliseconds = Double(words[4]), let bytes = Double(words[6]) else {
        return nil
      }
      target = String(words[2])
      self.milliseconds = milliseconds
      self.bytes = bytes
    }

    var isRound: Bool { target.contains("changes-since") }
    var isSweep: Bool { target.contains("/images?limit=1000") }
    /// Whether it reads one image alone.
    var isSingle: Bool { target.contains("/images/") && !target.contains("/images/detail") }
  }

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
    let before = try requests(workplace).count
    try await novalens.listen(for: .seconds(Self.time))
    let sent = await novalens.bytesReceived - bytes
    let asked = try requests(workplace).dropFirst(before)
    await novalens.send("q")
    _ = try await novalens.exitStatus()

    let sweep = asked.filter(\.isSweep)
    let watch = asked.filter { !$0.isSweep }
    let rounds = watch.split(omittingEmptySubsequences: true) { $0.isRound }
    let count = max(watch.count(where: \.isRound), 1)
    let names = watch.filter { $0.target.contains("name=") }
    return [
      Measurement(
        what: "nothing changing at 120×36, on the terminal", value: Double(sent) / Double(Self.time),
        limit: 40, unit: "B/s", note: "\(images) images, \(Self.time) s; clock and ages"),
      Measurement(
        what: "nothing changing, requests an interval", value: Double(watch.count) / Double(count), limit: 4,
        unit: "", note: "\(count) intervals; the most \((rounds.map(\.count).max() ?? 0) + 1)"),
      Measurement(
        what: "the largest answer about one image", value: watch.filter(\.isSingle).map(\.bytes).max() ?? 0,
        limit: 1500, unit: "B", note: "\(watch.count(where: \.isSingle)) of them"),
      Measurement(
        what: "an answer to a question by names", value: mean(names.map(\.bytes)), unit: "B",
        note: "\(names.count) of them; without news \(Int(mean(watch.filter(\.isRound).map(\.bytes)))) B"),
      Measurement(
        what: "the sweep's part of the service's time",
        value: sweep.reduce(0) { $0 + $1.milliseconds } / 10 / Double(Self.time), limit: 10, unit: "%",
        note: "\(sweep.count) pages"),
    ]
  }

  private static func mean(_ values: [Double]) -> Double {
    values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
  }

  private static func requests(_ workplace: Workplace) throws -> [Request] {
    try workplace.files()["requests.log"]?.split(separator: "\n").compactMap(Request.init) ?? []
  }
}
