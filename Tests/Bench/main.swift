import Foundation

/// `bench`: measures what has to be fast and small, prints a table, and ends with 1 where a limit is broken.
///
/// `bench quiet` measures only what it costs to leave the program open, `bench line` only a bad line. With `BENCH_ENDPOINT` and `OS_TOKEN` the first row is also measured against that images API.
var lines: [Measurement] = []
@MainActor func show(_ measured: [Measurement]) {
  for measurement in measured { print(measurement.line) }
  lines += measured
}

@MainActor func measureLine() async throws {
  for (columns, rows) in [(80, 24), (200, 60)] { show(try await SlowLineTimes.measure(columns, rows)) }
}

do {
  switch CommandLine.arguments.dropFirst().first {
  case "quiet": show(try await QuietWatch.measure(images: 10_000))
  case "line": try await measureLine()
  case "draft": show(try await LargeDraft.measure(images: 3000))
  default: try await measureAll()
  }
} catch {
  print("bench: \(error)")
  exit(1)
}
exit(lines.contains { $0.isTooMuch } ? 1 : 0)

@MainActor func measureAll() async throws {
  for images in [60, 10_000] {
    let cloud = try await SandboxProcess.start(images: images)
    show([try await FirstRow.measure(endpoint: cloud.endpoint, token: cloud.token, "\(images) images")])
    if images == 60 { show(try await BytesSent.measure(cloud)) }
  }
  let environment = ProcessInfo.processInfo.environment
  if let endpoint = environment["BENCH_ENDPOINT"], let token = environment["OS_TOKEN"] {
    show([try await FirstRow.measure(endpoint: endpoint, token: token, endpoint)])
  }
  show([try await FirstRow.requests()])
  show(try await KeysOnHangingService.measure())
  try await measureLine()
  show(try await QuietWatch.measure(images: 10_000))
  show(try await LargeDraft.measure(images: 3000))
  let small = try await LargeCatalogue.measure(images: 1000)
  show(small.lines(and: try await LargeCatalogue.measure(images: 100_000)))
}
