import BrowserModel
import BrowserRig
import Foundation
import NovaClient
import Observation
import Testing

extension ConformanceTests {
  /// A browser that is left open while others work: what they do is in the log in time, once, and nothing else is.
  @Suite @MainActor struct WatchingTests {
    /// The interval that the browser asks in, in seconds, and how much later an answer may be.
    private static let interval = 1.0
    private static let grace = 2.0

    /// A browser with a running clock.
    @MainActor private final class Desk {
      let browser: Browser
      private let place = Place(cloud: "conformance")

      init() throws {
        browser = Browser(
          client: try CloudUnderTest.here().client(), place: place,
          interval: .seconds(WatchingTests.interval))
        browser.viewport.listRows = 18
      }

      func start() async {
        let place = place
        browser.start { place }
        await wait { $0.feed.reading.isComplete && $0.feed.connection == .live }
      }

      /// Waits until the browser shows something.
      func wait(_ isSo: @escaping @MainActor (Browser) -> Bool) async {
        for await isThere in Observations({ [browser] in isSo(browser) }) where isThere { return }
      }

      /// Waits for one more line in the log about an image.
      ///
      /// - Returns: the lines about it, and how many seconds that took.
      func lines(_ id: Image.ID, _ count: Int) async -> (lines: [String], seconds: TimeInterval) {
        let start = ContinuousClock.now
        await wait { $0.log.lines.count { $0.image == id } >= count }
        return (
          browser.log.lines.filter { $0.image == id }.map(\.words), start.duration(to: .now).seconds
        )
      }
    }

    /// What the log must hold of each image in the end.
    private struct Account {
      var lines: [Image.ID: [String]] = [:]
      var late: [String] = []

      @MainActor mutating func expect(
        _ id: Image.ID, _ line: String, in desk: Desk
      ) async {
        let count = (lines[id]?.count ?? 0) + 1
        // A service that is slow is asked more seldom than was wanted, and the header says how often.
        let pace = desk.browser.feed.pace.seconds
        let found = await desk.lines(id, count)
        let seconds = max(WatchingTests.interval, pace, desk.browser.feed.pace.seconds) + WatchingTests.grace
        lines[id, default: []].append(line)
        let told = found.lines.last ?? ""
        if !told.hasPrefix(line) { late.append("\(line) was told as \(told)") }
        if found.seconds > seconds { late.append("\(line) took \(found.seconds) s") }
      }
    }

    @Test(.timeLimit(.minutes(15)))
    func `what others do is told in time, once, and nothing else is, and nothing of the person's moves`()
      async throws
    {
      let colleague = Colleague(cloud: try CloudUnderTest.here())
      let desk = try Desk()
      await desk.start()
      let browser = desk.browser
      for command in [Command.move(.halfPageDown), .mark, .mark, .filterName] { _ = browser.perform(command) }
      let held = browser.current?.id
      let marks = browser.marks
      var typed = ""
      var account = Account()
      var dice = Dice(seed: 5)
      var queued: [Image.ID] = []
      var ready: [Image.ID] = []
      for number in 0..<(CloudUnderTest.isReal ? 100 : 12) {
        switch Int.random(in: 0..<4, using: &dice) {
        case 1 where !queued.isEmpty:
          let id = queued.removeFirst()
          try await colleague.upload(id)
          ready.append(id)
          await account.expect(id, "SAVING → ACTIVE", in: desk)
        case 2 where !ready.isEmpty:
          let id = try #require(ready.randomElement(using: &dice))
          try await colleague.set("count\(number)", to: "\(number)", on: id)
          await account.expect(id, "count\(number): – → \(number)", in: desk)
        case 3 where queued.count > 2:
          let id = queued.removeLast()
          try await colleague.delete(id)
          await account.expect(id, "gone", in: desk)
        default:
          let id = try await colleague.create("watching-\(number)")
          queued.append(id)
          await account.expect(id, "new, SAVING", in: desk)
        }
        if number % 10 == 9, typed.count < 9 {
          typed += "lab-image"[typed.count]
          _ = browser.perform(.type(.insert("lab-image"[typed.count - 1])))
        }
        #expect(browser.current?.id == held)
        #expect(browser.marks == marks)
        guard case .nameFilter(let field, _) = browser.overlay, field.text == typed else {
          Issue.record("what was typed is lost")
          break
        }
      }
      #expect(account.late.isEmpty)
      // A few more rounds, so that anything said twice would be there.
      let end = Date().addingTimeInterval(4 * Self.interval)
      await desk.wait { $0.now >= end }
      let told = Dictionary(grouping: browser.log.lines, by: \.image).mapValues(\.count)
      #expect(told == account.lines.mapValues(\.count))
      browser.stop()
      for id in queued + ready { try await colleague.delete(id) }
    }

    @Test(.timeLimit(.minutes(5)))
    func
      `a row of the screen is found gone within six intervals, and a followed image in the next, wherever it is`()
      async throws
    {
      let colleague = Colleague(cloud: try CloudUnderTest.here())
      var ids: [Image.ID] = []
      for number in 0..<8 {
        let id = try await colleague.create("watched-row-\(number)")
        try await colleague.upload(id)
        ids.append(id)
      }
      let desk = try Desk()
      await desk.start()
      for command in [Command.filterName, .type(.insert("watched-row-")), .accept, .move(.first)] {
        _ = desk.browser.perform(command)
      }
      await desk.wait { $0.feed.listing.rows.map(\.image.id) == ids }
      for id in [ids[3], ids[6]] {
        try await colleague.delete(id)
        let found = await desk.lines(id, 1)
        #expect(found.lines == ["gone"] && found.seconds <= 6 * Self.interval + Self.grace)
      }
      for command in [Command.move(.down), .follow, .filterName, .type(.insert("0")), .accept] {
        _ = desk.browser.perform(command)
      }
      #expect(desk.browser.isFollowed(ids[1]))
      await desk.wait { $0.feed.listing.rows.map(\.image.id) == [ids[0]] }
      try await colleague.delete(ids[1])
      let found = await desk.lines(ids[1], 1)
      #expect(found.lines == ["gone"] && found.seconds <= Self.interval + Self.grace)
      #expect(desk.browser.arrivals.map(\.text) == ["watched-row-1 is gone"])
      desk.browser.stop()
      for id in [ids[0], ids[2], ids[4], ids[5], ids[7]] { try await colleague.delete(id) }
    }

    @Test(.timeLimit(.minutes(5)))
    func `an image under the cursor that is deleted is found gone in the next interval`() async throws {
      let colleague = Colleague(cloud: try CloudUnderTest.here())
      let names = ["watched-a", "watched, with comma", "watched \"quoted\"", "watched in:b"]
      var ids: [Image.ID] = []
      for name in names {
        let id = try await colleague.create(name)
        try await colleague.upload(id)
        ids.append(id)
      }
      let desk = try Desk()
      await desk.start()
      for (name, id) in zip(names, ids) {
        for command in [Command.filterName, .type(.killToStart), .type(.insert("=\(name)")), .accept] {
          _ = desk.browser.perform(command)
        }
        await desk.wait { $0.current?.id == id }
        try await colleague.delete(id)
        let found = await desk.lines(id, 1)
        #expect(found.lines == ["gone"])
        // One that cannot be asked for by its name has its turn within three.
        #expect(found.seconds <= 3 * Self.interval + Self.grace, "\(name)")
      }
      desk.browser.stop()
    }
  }
}

extension String {
  fileprivate subscript(_ place: Int) -> String { String(self[index(startIndex, offsetBy: place)]) }
}
