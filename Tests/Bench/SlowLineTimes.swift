import Foundation
import Pilot
import SandboxCloud

/// How it feels at the other end of a bad line: through `ssh` and `sshd`, 150 ms there and back, 5 kB a second.
///
/// The line is there already, as a shell on a jump host is; what ssh needs to open it is none of ours.
enum SlowLineTimes {
  static func measure(_ columns: Int, _ rows: Int) async throws -> [Measurement] {
    let sandbox = Sandbox(SandboxSettings(imageCount: 240))
    let server = SandboxServer(sandbox)
    let address = try await server.start()
    let workplace = try Workplace()
    let shell = try SecureShell(in: workplace)
    let variables = address.variables.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    let program = PtyProgram.built("novalens")
    let novalens = try shell.start(
      "echo ready; read -r answer; exec env HOME=\(workplace.home.path) LANG=C.UTF-8 \(variables) \(program)",
      columns: columns, rows: rows)
    try await novalens.waitFor("ready")

    let first = try await novalens.time("<Enter>", until: "the list is full") { terminal in
      (3..<rows - 3).allSatisfy { terminal.text(row: $0).prefix(40).contains { $0 != " " } }
        && terminal.text(row: rows - 1).contains("? help")
    }
    // The rest of the listing comes a moment later and puts many rows into another order.
    try await novalens.waitUntil("all images are there") { $0.text(row: 0).contains(" 240 images") }
    // Until the clock in the header is all that changes.
    try await novalens.settle(quiet: .milliseconds(600))
    let bytes = await novalens.bytesReceived
    var steps: [Duration] = []
    var fields: [Duration] = []
    for row in 4..<18 {
      steps.append(try await novalens.time("j", until: "the cursor has moved") { $0.cursor == (row, 1) })
      // Until the detail of the row has come as well, where there is one.
      try await novalens.settle(quiet: .milliseconds(600))
    }
    for _ in 0..<8 {
      fields.append(
        try await novalens.time("/", until: "the field is open") { $0.cursor.row == 1 })
      await novalens.send("<Esc>")
      try await novalens.waitUntil("the field is closed") { $0.cursor.row > 2 }
      try await novalens.settle(quiet: .milliseconds(300))
    }
    await novalens.send("q")
    _ = try await novalens.exitStatus()
    await server.stop()
    let size = "\(columns)×\(rows)"
    return [
      Measurement(
        what: "first screen over a bad line, \(size)", value: first.milliseconds, limit: 3000, unit: "ms",
        note: "150 ms round trip, 5 kB/s; \(bytes) bytes until it rests"),
      line("j over a bad line, \(size): worst of 14", Times(steps)),
      line("/ over a bad line, \(size): worst of 8", Times(fields)),
    ]
  }

  private static func line(_ what: String, _ times: Times) -> Measurement {
    Measurement(what: what, value: times.worst, limit: 250, unit: "ms", note: "median \(times.text)")
  }
}
