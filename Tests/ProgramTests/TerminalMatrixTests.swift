import Foundation
import Pilot
import SandboxCloud
import Testing

/// Every terminal that people use, in four sizes, with and without colours, with and without UTF-8: what the terminal
/// shows is the picture that the program has drawn, cell by cell, on the way through all that one does with images.
@Suite struct TerminalMatrixTests {
  @Test func `a terminal shows what was drawn`() async throws {
    try await inLanes(3, MatrixCase.all) { one in
      try await withJourneyCloud { cloud in
        try await Self.travel(one, cloud) {
          try cloud.browse(
            one.isMonochrome ? "--no-color" : nil, environment: $0.merging(["TERM": one.terminal]) { $1 },
            columns: one.columns, rows: one.rows)
        }
      }
    }
  }

  /// Many at a time, as each of them waits for its line most of the time.
  @Test func `a terminal at the end of a bad line does, too`() async throws {
    try await inLanes(24, MatrixCase.all) { one in
      try await withJourneyCloud(takingTurns: false) { cloud in
        let shell = try SecureShell(in: cloud.workplace)
        try await Self.travel(one, cloud) {
          try shell.start(
            cloud.command(one.isMonochrome ? "--no-color" : "", $0), columns: one.columns, rows: one.rows,
            term: one.terminal)
        }
      }
    }
  }

  private static func travel(
    _ one: MatrixCase, _ cloud: ServedCloud, start: ([String: String]) throws -> PtyProgram
  ) async throws {
    let frame = cloud.workplace.home.appendingPathComponent("frame")
    let novalens = try start(["LC_ALL": one.locale, "LANG": "", "NOVALENS_FRAMES": frame.path])
    let kind = try TerminalKind(one.terminal, isMonochrome: one.isMonochrome)
    try await Journey(novalens: novalens, frame: frame, kind: kind).travel()
    await novalens.send("q")
    let status = try await novalens.exitStatus()
    let files = try cloud.workplace.files().filter { $0.key.contains("crash-") }
    #expect(status == 0, "\(one): \(files)")
    await expectGivenBack(novalens, "\(one)")
    #expect(await expectOwnOutput(novalens, "\(one)") == (0, []), "\(one)")
  }
}
