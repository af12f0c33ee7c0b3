import Foundation
import Pilot
import SandboxCloud
import Testing

/// Every terminal that people use, in four sizes, with and without colours, with and without UTF-8: what the terminal
/// shows is the picture that the program has drawn, cell by cell, on the way through all that one does with images.
@Suite struct TerminalMatrixTests {
  private static let terminals = [
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

  private static let names = [
    "amber", "birch 日本語", "cedar e\u{301} 👩\u{200D}👩\u{200D}👧", "dune עברית", "elm \u{1B}[31mred", "fir",
  ]

  private static func travel(_ one: Case) async throws {
    try await withCloud { cloud in
      for name in names {
        let id = await cloud.sandbox.create(name, size: 1 << 30)
        await cloud.sandbox.set("hw_disk_bus", to: "ide", on: id)
        await cloud.sandbox.set("note", to: name, on: id)
      }
      let frame = cloud.workplace.home.appendingPathComponent("frame")
      let novalens = try cloud.browse(
        one.isMonochrome ? "--no-color" : nil,
        environment: [
          "TERM": one.terminal, "LC_ALL": one.locale, "LANG": "", "NOVALENS_FRAMES": frame.path,
        ], columns: one.columns, rows: one.rows)
      let journey = Journey(
        novalens: novalens, frame: frame, kind: try TerminalKind(one.terminal, isMonochrome: one.isMonochrome)
      )
      try await journey.browse(names.count)
      try await journey.filter()
      try await journey.edit()
      try await journey.delete()
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

/// What somebody does, with a look at every cell after each step.
private struct Journey {
  let novalens: PtyProgram
  let frame: URL
  let kind: TerminalKind

  private func press(_ keys: String, until text: String) async throws {
    await novalens.send(keys)
    try await novalens.waitForFrame("“\(text)” is shown after “\(keys)”", frame, kind) {
      $0.text.contains(text)
    }
  }

  /// The last line says which keys work, and so where one is.
  private func press(_ keys: String, untilFooter text: String) async throws {
    await novalens.send(keys)
    try await novalens.waitForFrame("the footer begins with “\(text)” after “\(keys)”", frame, kind) {
      $0.text(row: $0.rows - 1).hasPrefix(" " + text)
    }
  }

  func browse(_ count: Int) async throws {
    try await press("", until: "fir")
    try await novalens.waitUntil("the cursor is on the first row") { $0.cursor == (3, 1) }
    for (keys, row) in [("j", 4), ("jj", 6), ("G", 2 + count), ("g", 3)] {
      await novalens.send(keys)
      try await novalens.waitForFrame("row \(row) after \(keys)", frame, kind) { $0.cursor == (row, 1) }
    }
    try await press("j<Enter>", untilFooter: "Esc back")
    try await press("<Esc>", untilFooter: "Enter open")
    try await press("y", until: "\"id\"")
    try await press("<Esc>", untilFooter: "Enter open")
  }

  func filter() async throws {
    try await press("/am", until: "1 shown")
    try await press("<Enter>", untilFooter: "Enter open")
    try await press("f", until: "Min disk")
    try await press("<Esc>5", until: "No image matches")
    try await press("0g", until: "fir")
  }

  func edit() async throws {
    try await press("e", until: "no changes")
    try await press("i<C-u>scsi<Enter>", until: "1 unsaved change")
    try await press("w", until: "Will send")
    try await press("<Enter>", until: "Saved 1 change")
  }

  func delete() async throws {
    try await press("D", until: "Delete this image?")
    try await press("n", until: "Nothing was deleted")
    try await press("D", until: "Delete this image?")
    try await press("y", until: "Deleted amber")
  }
}
