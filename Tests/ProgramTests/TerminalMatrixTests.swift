import Foundation
import Pilot
import SandboxCloud
import Testing

/// Every terminal that people use, in four sizes, with and without colours, with and without UTF-8: what the terminal
/// shows is the picture that the program has drawn, cell by cell, on the way through all that one does with images.
@Suite struct TerminalMatrixTests {
  static let terminals = [
    "xterm-256color", "xterm", "screen-256color", "tmux-256color", "screen", "linux", "vt100", "vt220",
    "rxvt-unicode-256color", "foot", "alacritty", "xterm-kitty",
  ]
  private static let sizes = [(80, 24), (48, 14), (132, 43), (200, 60)]
  private static let lanes = 3

  private struct Case: Sendable, CustomStringConvertible {
    var terminal: String
    var columns: Int
    var rows: Int
    var isMonochrome: Bool
    var locale: String

    var description: String {
      "\(terminal) \(columns)×\(rows) \(isMonochrome ? "without" : "with") colours in \(locale)"
    }
  }

  private static let cases: [Case] = terminals.flatMap { terminal in
    sizes.flatMap { columns, rows in
      [false, true].flatMap { isMonochrome in
        ["C.UTF-8", "C"].map {
          Case(terminal: terminal, columns: columns, rows: rows, isMonochrome: isMonochrome, locale: $0)
        }
      }
    }
  }

  @Test func `a terminal shows what was drawn`() async throws {
    let cases = Self.cases
    try await withThrowingTaskGroup(of: Void.self) { group in
      for lane in 0..<Self.lanes {
        group.addTask {
          for (number, one) in cases.enumerated() where number % Self.lanes == lane {
            do { try await Self.travel(one) } catch { Issue.record("\(one): \(error)") }
          }
        }
      }
      try await group.waitForAll()
    }
  }

  private static func travel(_ one: Case) async throws {
    try await withJourneyCloud { cloud in
      let frame = cloud.workplace.home.appendingPathComponent("frame")
      let novalens = try cloud.browse(
        one.isMonochrome ? "--no-color" : nil,
        environment: [
          "TERM": one.terminal, "LC_ALL": one.locale, "LANG": "", "NOVALENS_FRAMES": frame.path,
        ], columns: one.columns, rows: one.rows)
      let journey = Journey(
        novalens: novalens, frame: frame, kind: try TerminalKind(one.terminal, isMonochrome: one.isMonochrome)
      )
      try await journey.travel()
      await novalens.send("q")
      let status = try await novalens.exitStatus()
      let files = try cloud.workplace.files().filter { $0.key.contains("crash-") }
      #expect(status == 0, "\(one): \(files)")
      #expect(await novalens.modes == novalens.firstModes)
      var grammar = OutputGrammar(rows: one.rows, columns: one.columns)
      grammar.read(await novalens.received)
      #expect(grammar.violations.prefix(3) == [], "\(one)")
    }
  }
}
