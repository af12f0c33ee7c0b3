import Pilot

/// What a line that is slow has to carry.
enum BytesSent {
  static func measure(_ cloud: SandboxProcess) async throws -> [Measurement] {
    let novalens = try Workplace().start(
      ["--endpoint", cloud.endpoint], environment: ["OS_TOKEN": cloud.token], columns: 120, rows: 36)
    try await novalens.waitUntil("all images are read") {
      $0.text(row: 0).contains(" images") && !$0.text(row: 0).contains("+ images") && $0.cursor == (3, 1)
    }
    let withDetail = try await steps(novalens)
    await novalens.send("wg")
    try await novalens.waitUntil("the list has the whole width") {
      $0.text(row: 2).hasSuffix("UPDATED") && $0.cursor == (3, 1)
    }
    let alone = try await steps(novalens)

    try await novalens.settle()
    let before = await novalens.bytesReceived
    try await novalens.listen(for: .seconds(10))
    let idle = await novalens.bytesReceived - before
    await novalens.send("q")
    _ = try await novalens.exitStatus()
    return [
      line("one j at 120×36, the list alone", alone),
      line("one j at 120×36, with the detail that follows", withDetail),
      Measurement(
        what: "10 s of nothing happening", value: Double(idle), unit: "bytes", note: "clock and ages"),
    ]
  }

  /// What each of twenty steps down sends, least first.
  private static func steps(_ novalens: PtyProgram) async throws -> [Int] {
    try await novalens.settle()
    var steps: [Int] = []
    for row in 4..<24 {
      let before = await novalens.bytesReceived
      _ = try await novalens.time("j", until: "the cursor has moved") { $0.cursor == (row, 1) }
      try await novalens.settle(quiet: .milliseconds(50))
      steps.append(await novalens.bytesReceived - before)
    }
    return steps.sorted()
  }

  private static func line(_ what: String, _ steps: [Int]) -> Measurement {
    Measurement(
      what: what, value: Double(steps[10]), limit: 220, unit: "bytes",
      note: "median; least \(steps[0]), most \(steps[19])")
  }
}
