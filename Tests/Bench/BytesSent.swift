import Pilot

/// What a line that is slow has to carry.
enum BytesSent {
  static func measure(_ cloud: SandboxProcess) async throws -> [Measurement] {
    let novalens = try Workplace().start(
      ["--endpoint", cloud.endpoint], environment: ["OS_TOKEN": cloud.token], columns: 120, rows: 36)
    try await novalens.waitUntil("all images are read") {
      $0.text(row: 0).contains(" images") && !$0.text(row: 0).contains("+ images") && $0.cursor == (3, 1)
    }
    // The detail follows 120 ms after the last step. The clock goes on in some of the steps, but hardly three times in
    // the same.
    var all: [[Int]] = []
    for _ in 0..<3 { all.append(try await steps(novalens, quiet: .milliseconds(50))) }
    let steps = all[0].indices.map { step in all.map { $0[step] }.min() ?? 0 }.sorted()
    let withDetail = try await self.steps(novalens, quiet: .milliseconds(300)).sorted()
    let across = try await across(novalens)

    try await novalens.settle()
    let before = await novalens.bytesReceived
    try await novalens.listen(for: .seconds(10))
    let idle = await novalens.bytesReceived - before
    await novalens.send("q")
    _ = try await novalens.exitStatus()
    return [
      Measurement(
        what: "one j at 120×36: worst of \(steps.count)", value: Double(steps.last ?? 0), limit: 220,
        unit: "bytes",
        note: "median \(steps[steps.count / 2]), least \(steps[0]); the clock not counted"),
      Measurement(
        what: "j at 120×36 through 96 rows, which scroll: mean",
        value: Double(across.reduce(0, +)) / Double(across.count), limit: 300, unit: "bytes",
        note: "worst \(across.max() ?? 0), at the window's edge"),
      line("one j at 120×36, and the detail when the cursor rests", withDetail),
      Measurement(
        what: "10 s of nothing happening", value: Double(idle), unit: "bytes", note: "clock and ages"),
    ]
  }

  /// What each of twenty steps down sends; the cursor goes back to the top.
  private static func steps(_ novalens: PtyProgram, quiet: Duration) async throws -> [Int] {
    try await novalens.settle(quiet: .milliseconds(400))
    var steps: [Int] = []
    for row in 4..<24 {
      let before = await novalens.bytesReceived
      _ = try await novalens.time("j", until: "the cursor has moved") { $0.cursor == (row, 1) }
      try await novalens.settle(quiet: quiet)
      steps.append(await novalens.bytesReceived - before)
    }
    await novalens.send("g")
    try await novalens.waitUntil("the cursor is at the top") { $0.cursor == (3, 1) }
    return steps
  }

  /// What each of many steps sends on the way through the list, the window's edge included.
  private static func across(_ novalens: PtyProgram) async throws -> [Int] {
    try await novalens.settle(quiet: .milliseconds(400))
    var steps: [Int] = []
    for _ in 0..<96 {
      let before = await novalens.bytesReceived
      await novalens.send("j")
      try await novalens.settle(quiet: .milliseconds(60))
      steps.append(await novalens.bytesReceived - before)
    }
    return steps
  }

  private static func line(_ what: String, _ steps: [Int], limit: Double? = nil) -> Measurement {
    Measurement(
      what: what, value: Double(steps[10]), limit: limit, unit: "bytes",
      note: "median; least \(steps[0]), most \(steps[19])")
  }
}
