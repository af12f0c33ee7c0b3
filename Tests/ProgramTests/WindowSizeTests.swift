import Foundation
import Pilot
import SandboxCloud
import Testing

/// Windows that are tiny, huge, or change faster than anybody can draw.
@Suite struct WindowSizeTests {
  private static let kind = "xterm-256color"

  @Test(arguments: ["C.UTF-8", "C"]) func `a huge window shows what was drawn`(_ locale: String) async throws
  {
    try await withJourneyCloud { cloud in
      let frame = cloud.workplace.home.appendingPathComponent("frame")
      let novalens = try cloud.browse(
        environment: ["LC_ALL": locale, "LANG": "", "NOVALENS_FRAMES": frame.path], columns: 400, rows: 120)
      try await Journey(novalens: novalens, frame: frame, kind: try TerminalKind(Self.kind)).travel()
      await novalens.send("q")
      #expect(try await novalens.exitStatus() == 0)
    }
  }

  @Test(arguments: MatrixCase.terminals)
  func `a tiny window says that it is too small, and nothing happens unseen`(_ term: String) async throws {
    try await withCloud("amber", "birch") { cloud in
      let frame = cloud.workplace.home.appendingPathComponent("frame")
      let kind = try TerminalKind(term)
      let novalens = try cloud.browse(
        environment: ["TERM": term, "NOVALENS_FRAMES": frame.path], columns: 20, rows: 5)
      try await novalens.waitForFrame("it says so", frame, kind) {
        $0.text.contains("Needs 40×10 or more\nCtrl-C leaves")
      }
      // None of these is answered: nobody sees what they would do. Once the picture is drawn anew they have been read.
      let before = await novalens.bytesReceived
      await novalens.send("jDy<C-l>")
      try await novalens.waitForBytes(after: before)
      await novalens.resize(columns: 80, rows: 24)
      try await novalens.waitForFrame("the list is there", frame, kind) {
        $0.text.contains("birch") && $0.cursor == (3, 1)
      }
      #expect(await cloud.writes == 0)
      await novalens.resize(columns: 20, rows: 5)
      try await novalens.waitForFrame("it says so again", frame, kind) { $0.text.contains("Needs 40×10") }
      await novalens.send("<C-c>")
      #expect(try await novalens.exitStatus() == 0)
      await expectGivenBack(novalens)
    }
  }

  @Test func `the picture that is kept in a file is for nobody else's eyes`() async throws {
    try await withCloud("amber") { cloud in
      let frame = cloud.workplace.home.appendingPathComponent("frame")
      let novalens = try cloud.workplace.start(
        ["-c", #"umask 0; exec "$0""#, PtyProgram.built("novalens")], program: "/bin/sh",
        environment: cloud.variables.merging(["NOVALENS_FRAMES": frame.path]) { $1 })
      try await novalens.waitFor("1 image ")
      #expect(try cloud.workplace.permissions(of: "frame") == 0o600)
    }
  }

  @Test func `after a storm of sizes the picture is that of the last one`() async throws {
    try await withCloud("amber", "birch 日本語") { cloud in
      let frame = cloud.workplace.home.appendingPathComponent("frame")
      let kind = try TerminalKind(Self.kind)
      let novalens = try cloud.browse(environment: ["NOVALENS_FRAMES": frame.path])
      try await novalens.waitFor("2 images")
      for (columns, rows) in [(120, 40), (41, 11), (80, 24)] {
        for step in 0..<400 {
          await novalens.resize(columns: 2 + (step * 37) % 220, rows: 1 + (step * 13) % 70)
          if step % 50 == 0 { await novalens.send("jk") }
        }
        await novalens.resize(columns: columns, rows: rows)
        try await novalens.waitForFrame("the picture is right at \(columns)×\(rows)", frame, kind) {
          $0.text.contains("birch 日本語") && $0.cursor.column == 1
        }
      }
    }
  }

  @Test func `what was under way for a smaller window leaves no mark in a larger one`() async throws {
    try await withCloud(settings: SandboxSettings(imageCount: 150)) { cloud in
      let frame = cloud.workplace.home.appendingPathComponent("frame")
      let kind = try TerminalKind(Self.kind)
      let novalens = try cloud.browse(environment: ["NOVALENS_FRAMES": frame.path])
      try await novalens.waitFor("150 images")
      await novalens.resize(columns: 90, rows: 40)
      // curses ends each scrolling so.
      await novalens.deliver(late: Array("\u{1B}[1;24r".utf8))
      try await novalens.waitForFrame("the list is there", frame, kind) { $0.cursor == (3, 1) }
      // Further down, where what scrolls takes the footer along.
      for keys in ["G", "?", "<Esc>", "/api", "<Esc>0", "g"] {
        await novalens.send(keys)
        try await novalens.waitForFrame("what \(keys) leads to is drawn", frame, kind) { _ in true }
        try await novalens.settle(quiet: .milliseconds(50))
      }
      try await novalens.waitForFrame("the list is drawn", frame, kind) { $0.cursor == (3, 1) }
    }
  }

  @Test func `a window that is small for a moment gets its picture back`() async throws {
    try await withCloud("amber", "birch") { cloud in
      let frame = cloud.workplace.home.appendingPathComponent("frame")
      let kind = try TerminalKind(Self.kind)
      let novalens = try cloud.browse(environment: ["NOVALENS_FRAMES": frame.path])
      try await novalens.waitFor("2 images")
      for _ in 0..<20 {
        // The program sees only the second of these, but the terminal has cut off what had no room.
        await novalens.resize(columns: 12, rows: 3)
        await novalens.resize(columns: 80, rows: 24)
        try await novalens.waitForFrame("the picture is back", frame, kind) { $0.text.contains("birch") }
      }
    }
  }
}
