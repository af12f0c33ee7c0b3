import Pilot
import SandboxCloud

/// How soon keys are answered while the service never answers.
enum KeysOnHangingService {
  static func measure() async throws -> [Measurement] {
    let sandbox = Sandbox(SandboxSettings(imageCount: 60))
    let server = SandboxServer(sandbox)
    let address = try await server.start()
    let novalens = try Workplace().start(["--interval", "1s"], environment: address.variables)
    try await novalens.waitFor("60 images")
    await sandbox.inject(.hang, times: .max)
    try await novalens.waitFor("… waiting", timeout: .seconds(30))

    var times: [String: [Duration]] = [:]
    for _ in 0..<20 {
      times["j", default: []].append(
        try await novalens.time("j", until: "the cursor has moved") { $0.cursor == (4, 1) })
      times["/", default: []].append(
        try await novalens.time("/", until: "the field is open") { $0.cursor == (1, 6) })
      times["Esc", default: []].append(
        try await novalens.time("<Esc>", until: "the field is closed") { $0.cursor.column == 1 })
      times["?", default: []].append(
        try await novalens.time("?", until: "the help is there") { $0.text(row: 1).hasPrefix(" Keys") })
      times["q", default: []].append(
        try await novalens.time("q", until: "the list is there") { $0.text(row: 2).hasPrefix("   NAME") })
      await novalens.send("g")
      try await novalens.waitUntil("the cursor is back") { $0.cursor == (3, 1) }
    }
    let start = ContinuousClock.now
    await novalens.send("q")
    _ = try await novalens.exitStatus()
    let leaving = start.duration(to: .now)
    await server.stop()

    return ["j", "/", "?", "q", "Esc"].map { key in
      let all = Times(times[key] ?? [])
      return Measurement(
        what: "\(key), the service hangs: worst of 20", value: all.worst, limit: key == "Esc" ? 60 : 50,
        unit: "ms",
        note: "median \(all.text)")
    } + [
      Measurement(what: "q out of the program, the service hangs", value: leaving.milliseconds, unit: "ms")
    ]
  }
}
