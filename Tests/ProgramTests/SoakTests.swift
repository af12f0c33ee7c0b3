import BrowserRig
import Foundation
import Pilot
import SandboxCloud
import Testing

/// Random keys against a cloud with random faults: no crash, no state that one does not come out of, and no memory that
/// grows. `make soak` goes on for as long as it is told to; on every run of the tests it is a short while.
@Suite struct SoakTests {
  /// `NOVALENS_SOAK`: minutes and seed.
  private static let wanted = ProcessInfo.processInfo.environment["NOVALENS_SOAK"]?.split(separator: " ")
  private static let length = Duration.seconds((wanted?.first.flatMap { Double($0) } ?? 0.4) * 60)
  private static let seed = wanted?.dropFirst().first.flatMap { UInt64($0) } ?? 1

  @Test func `random keys and faults do no harm`() async throws {
    try await withCloud(settings: SandboxSettings(imageCount: 150, isAlive: true)) { cloud in
      let frame = cloud.workplace.home.appending(path: "frame")
      let kind = try TerminalKind("xterm-256color")
      let novalens = try cloud.browse(
        "--interval=1s", environment: ["EDITOR": "true", "NOVALENS_FRAMES": frame.path])
      try await novalens.waitFor("150 images")
      var monkey = Monkey(seed: Self.seed, cloud: cloud)
      let start = ContinuousClock.now
      var memory: [(minute: Double, resident: Resident)] = []
      while ContinuousClock.now < start + Self.length {
        for _ in 0..<40 {
          await monkey.act(on: novalens)
          // As fast as it answers; a terminal takes all that is sent meanwhile.
          try await novalens.settle(quiet: .milliseconds(5))
        }
        do {
          try await Self.comeHome(novalens, cloud)
          try await novalens.waitForFrame("the terminal shows what was drawn", frame, kind) { _ in true }
          try await Self.throwDraftsAway(novalens)
        } catch {
          throw PtyProgram.TimedOut(
            description: "seed \(Self.seed), \(monkey.presses) handfuls: \(error)\n\(monkey.recent)")
        }
        let minute = start.duration(to: .now) / .seconds(60)
        memory.append((minute, try Resident(of: novalens.processID)))
        if Self.wanted != nil, let last = memory.last, memory.count % 20 == 1 {
          print("minute \(Int(last.minute)): \(last.resident), \(monkey.presses) handfuls of keys")
        }
        await novalens.forget()
      }
      if let end = memory.last?.minute, end >= 3 {
        let (second, last) = (Self.middle(memory, 1...2), Self.middle(memory, end - 1...end))
        let growth = Resident(own: last.own - second.own, files: last.files - second.files)
        let logged = try await Self.linesInLog(novalens)
        print("\(growth) more in the last minute than in the second, \(logged) lines in the log of changes")
        #expect(growth.own < 2048)
      }
      await novalens.send("<C-c>")
      try await novalens.waitUntil("it asks, or has ended") {
        !$0.isAlternateScreen || $0.text.contains("Leave with")
      }
      if await novalens.look({ $0.isAlternateScreen }) { await novalens.send("<C-c>") }
      #expect(try await novalens.exitStatus() == 0)
      await expectGivenBack(novalens)
      #expect(try cloud.workplace.files().keys.filter { $0.contains("crash-") }.isEmpty)
    }
  }

  /// How many changes the log has kept by now, which take memory up to its limit.
  private static func linesInLog(_ novalens: PtyProgram) async throws -> Substring {
    await novalens.send("L")
    try await novalens.waitFor("Changes, last noticed first")
    let count = await novalens.look { $0.text(row: 1).split(separator: " ").last ?? "0" }
    await novalens.send("<Esc>")
    return count
  }

  /// When nothing goes wrong any more, Esc leads back to the list, the list answers, and the cloud is live again.
  private static func comeHome(_ novalens: PtyProgram, _ cloud: ServedCloud) async throws {
    await cloud.sandbox.removeFaults()
    await novalens.resize(columns: 100, rows: 30)
    // The end of a paste that had none.
    await novalens.send(bytes: Array("\u{1B}[201~".utf8))
    // A write that hangs is given up after half a minute, and what it comes back to needs another Esc. A key that was
    // sent before may be answered after the screen has been looked at, so it counts only when the help comes, and goes.
    let end = ContinuousClock.now + .seconds(100)
    var isHome = false
    while !isHome {
      repeat {
        await novalens.send("<Esc>")
        try await novalens.settle(quiet: .milliseconds(80))
      } while await !novalens.look({ isList($0) }) && ContinuousClock.now < end
      do {
        await novalens.send("?")
        try await novalens.waitUntil("the help is there", timeout: .seconds(5)) {
          $0.text.contains("filter by name while typing")
        }
        await novalens.send("<Esc>")
        try await novalens.waitUntil("the list is back from the help", timeout: .seconds(5)) { isList($0) }
        isHome = true
      } catch let error as PtyProgram.TimedOut {
        guard ContinuousClock.now < end else { throw error }
      }
    }
    if await novalens.look({ $0.text(row: 0).contains("‖ paused") }) { await novalens.send("p") }
    await novalens.send("0r")
    let isLive: @Sendable (VirtualTerminal) -> Bool = { $0.text(row: 0).contains("● live") }
    try await novalens.waitUntil("the cloud is live again, or has refused", timeout: .seconds(90)) {
      isLive($0) || $0.text(row: 0).contains("✗ not signed in: credentials refused")
    }
    if await !novalens.look(isLive) {
      // The last fault's answer to a sign-in that was under way. With the same password nothing is tried by itself.
      await novalens.send("r")
      try await novalens.waitUntil("the cloud is live again", timeout: .seconds(90), condition: isLive)
    }
  }

  /// Throws all unsaved edits away. They are kept for whoever has typed them, which a monkey does all the time, and memory
  /// would tell of nothing else.
  private static func throwDraftsAway(_ novalens: PtyProgram) async throws {
    let areListed: @Sendable (VirtualTerminal) -> Bool = { $0.text(row: 1).contains("Unsaved edits") }
    await novalens.send("u")
    try await novalens.waitUntil("the drafts are there, or there are none") {
      areListed($0) || $0.text.contains("There are no unsaved edits.")
    }
    while await novalens.look(areListed) {
      await novalens.send("D")
      try await novalens.waitUntil("it asks") { $0.text.contains("Throw the unsaved edits") }
      await novalens.send("y")
      try await novalens.waitUntil("the draft is gone") { !$0.text.contains("Throw the unsaved edits") }
    }
  }

  private static func isList(_ terminal: VirtualTerminal) -> Bool {
    // There is nothing to open where there is no image.
    let footer = terminal.text(row: terminal.rows - 1).trimmingPrefix(" Enter open")
    return footer.trimmingPrefix(while: \.isWhitespace).hasPrefix("/ name  f filters")
      && terminal.cursor.row > 1
  }

  /// The middle one of what was measured within some minutes. What was free just then and given back a moment later is
  /// no growth, and half a mebibyte each time.
  private static func middle(
    _ memory: [(minute: Double, resident: Resident)], _ minutes: ClosedRange<Double>
  ) -> Resident {
    let there = memory.filter { minutes.contains($0.minute) }.map(\.resident)
    func middle(_ sizes: [Int]) -> Int { sizes.isEmpty ? 0 : sizes.sorted()[sizes.count / 2] }
    return Resident(own: middle(there.map(\.own)), files: middle(there.map(\.files)))
  }

  /// What of a program is in the machine's memory, in KiB: what it has asked for, and the pages of its own file and of
  /// libraries. Those come when code runs for the first time, and the system takes them back when it likes: that they grow
  /// more, the more has been tried, is no growth of the program's.
  private struct Resident: CustomStringConvertible {
    var own: Int
    var files: Int

    init(own: Int, files: Int) {
      self.own = own
      self.files = files
    }

    init(of process: Int32) throws {
      let lines = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8).split(
        separator: "\n")
      func size(_ name: String) throws -> Int {
        try #require(lines.first { $0.hasPrefix(name) }.flatMap { Int($0.filter(\.isNumber)) })
      }
      self.init(own: try size("RssAnon:"), files: try size("RssFile:"))
    }

    var description: String { "\(own + files) KiB (\(own) of its own, \(files) of files)" }
  }
}
