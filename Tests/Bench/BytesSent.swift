import Pilot

/// What a line that is slow has to carry.
enum BytesSent {
  static func measure(_ cloud: SandboxProcess) async throws -> [Measurement] {
    let novalens = try Workplace().start(
      ["--endpoint", cloud.endpoint], environment: ["OS_TOKEN": cloud.token], columns: 120, rows: 36)
    try await novalens.waitUntil("all images are read") {
      $0.text(row: 0).contains(" images") && !$0.text(row: 0).contains("+ images") && $0.cursor == (3, 1)
    }
    try await novalens.settle()
    var steps: [Int] = []
    for row in 4..<24 {
      let before = await novalens.bytesReceived
      _ = try await novalens.time("j", until: "the cursor has moved") { $0.cursor == (row, 1) }
      try await novalens.settle(quiet: .milliseconds(50))
      steps.append(await novalens.bytesReceived - before)
    }
    steps.sort()

    try await novalens.settle()
    let before = await novalens.bytesReceived
    try await novalens.listen(for: .seconds(10))
    let idle = await novalens.bytesReceived - before
    await novalens.send("q")
    _ = try await novalens.exitStatus()
    return [
      Measurement(
        what: "one j at 120×36, median of 20", value: Double(steps[10]), limit: 220, unit: "bytes",
        note: "least \(steps[0]), most \(steps[19]): the detail follows"),
      Measurement(
        what: "10 s of nothing happening", value: Double(idle), unit: "bytes", note: "clock and ages"),
    ]
  }
}
