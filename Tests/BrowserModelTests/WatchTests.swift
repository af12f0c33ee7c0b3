import BrowserModel
import BrowserRig
import Foundation
import NovaClient
import SandboxCloud
import Testing

/// The watch: when it asks, from when on, and that it misses and invents nothing.
@MainActor struct WatchTests {
  private func deltas(_ rig: BrowserRig) async -> [String] {
    await rig.sandbox.requests.filter { $0.contains("changes-since") }
  }

  @Test func `it asks from the service's own time of the last answer, two seconds before`() async throws {
    let rig = try BrowserRig(images: 5)
    // The service's clock is an hour behind.
    await rig.sandbox.advance(by: .seconds(-3600))
    let then = await rig.sandbox.now
    await rig.start()
    await rig.pass(5)
    await rig.pass(5)
    let asked = await deltas(rig).map { request in
      let value = request.split(separator: "changes-since=").last?.prefix { $0 != "&" }
      return String(value ?? "").replacing("%3A", with: ":")
    }
    #expect(asked == [-2, 3].map { Timestamp.format(then.addingTimeInterval($0)) })
  }

  @Test func `every change is told once, in the order of the questions`() async throws {
    let rig = try BrowserRig(images: 5)
    await rig.start()
    let id = await rig.make("new", status: .queued)
    await rig.pass(5)
    await rig.sandbox.set("ticket", to: "7", on: id.rawValue)
    for _ in 0..<4 { await rig.pass(2) }
    await rig.sandbox.finish(id.rawValue, size: 5)
    for _ in 0..<4 { await rig.pass(5) }
    #expect(
      rig.changes == [
        "new: new, SAVING", "new: ticket: – → 7", "new: SAVING → ACTIVE after 13s",
      ])
  }

  @Test func `a long delta is read page by page`() async throws {
    let rig = try BrowserRig()
    await rig.start()
    for number in 0..<1200 { await rig.sandbox.create("bulk-\(number)") }
    await rig.pass(5)
    #expect(rig.browser.feed.listing.total == 1200)
    #expect(rig.changes.count == 1200)
  }

  @Test func `while something on the screen is being saved it asks every two seconds`() async throws {
    let rig = try BrowserRig(rows: 5)
    for number in 0..<8 { await rig.make("image-\(number)") }
    await rig.make("zz-far-below", status: .queued)
    await rig.start()
    await rig.pass(5)
    #expect(rig.browser.feed.pace == .seconds(5))
    await rig.perform(.move(.last))
    #expect(rig.browser.feed.pace == .seconds(2))
    await rig.sandbox.forgetRequests()
    for _ in 0..<10 { await rig.pass(1) }
    #expect(await deltas(rig).count == 5)
  }

  @Test func `an interval that is shorter than that stays`() async throws {
    let rig = try BrowserRig(interval: .seconds(1))
    await rig.make("web", status: .queued)
    await rig.start()
    await rig.pass(1)
    #expect(rig.browser.feed.pace == .seconds(1))
  }

  @Test func `it asks less when nobody has pressed a key for ten minutes, and at once when somebody does`()
    async throws
  {
    let rig = try BrowserRig(images: 0)
    await rig.make("web")
    await rig.start()
    for _ in 0..<120 { await rig.pass(5) }
    #expect(rig.browser.feed.pace == .seconds(15))
    await rig.pass(15)
    await rig.sandbox.forgetRequests()
    await rig.pass(7)
    #expect(await deltas(rig).isEmpty)
    await rig.perform(.move(.down))
    #expect(rig.browser.feed.pace == .seconds(5))
    #expect(await deltas(rig).count == 1)
  }

  @Test func `it never takes more than a tenth of the service's time`() async throws {
    let rig = try BrowserRig()
    await rig.make("web")
    await rig.start()
    rig.slowness = 2
    await rig.pass(5)
    // The delta and the look after the row took two seconds each; one round is not yet a rule.
    #expect(rig.browser.feed.pace == .seconds(30))
    await rig.pass(30)
    await rig.pass(30)
    #expect(rig.browser.feed.pace == .seconds(40))
    rig.slowness = 0
    await rig.sandbox.forgetRequests()
    await rig.pass(35)
    #expect(await deltas(rig).isEmpty)
    await rig.pass(1)
    #expect(await deltas(rig).count == 1)
    // The first quick round is enough.
    #expect(rig.browser.feed.pace == .seconds(5))
  }

  @Test func `what was said about asking does not come back with the next trouble`() async throws {
    let rig = try BrowserRig()
    await rig.make("web")
    await rig.start()
    await rig.perform(.refresh)
    #expect(rig.browser.lineNotice?.text.hasPrefix("Reading what changed") == true)
    await rig.pass(20)
    await rig.sandbox.inject(.drop, into: .compute, times: .max)
    await rig.pass(10)
    let trouble = try #require(rig.browser.feed.connection.notice)
    #expect(rig.browser.lineNotice == trouble)
    // Nor does what is said now outlive the bad answer to it.
    await rig.perform(.refresh)
    await rig.pass(2)
    #expect(rig.browser.lineNotice == rig.browser.feed.connection.notice)
  }

  @Test func `one slow answer among quick ones is no reason to ask less`() async throws {
    let rig = try BrowserRig()
    await rig.make("web")
    await rig.start()
    for _ in 0..<3 { await rig.pass(5) }
    let gate = Gate()
    await rig.sandbox.inject(.hold(gate), into: RequestPattern { $0.url.contains("changes-since") }, times: 1)
    rig.time.advance(by: 5)
    await gate.arrival()
    rig.time.advance(by: 4)
    await gate.open()
    await rig.browser.settled()
    #expect(rig.browser.feed.pace == .seconds(5))
  }

  @Test func `clocks that are set move neither the rounds nor the ages nor the signs`() async throws {
    let rig = try BrowserRig()
    let id = await rig.make("web")
    await rig.start()
    await rig.sandbox.set("a", to: "1", on: id.rawValue)
    for _ in 0..<5 { await rig.pass(1) }
    #expect(rig.browser.highlights.sign(of: id) == .changed)
    let before = rig.browser.clock
    rig.time.setClock(by: -3600)
    await rig.sandbox.forgetRequests()
    for _ in 0..<10 { await rig.pass(1) }
    #expect(await deltas(rig).count == 2)
    #expect(rig.browser.feed.pace == .seconds(5))
    #expect(rig.browser.highlights.sign(of: id) == nil)
    let age = rig.browser.now.timeIntervalSince(try #require(rig.browser.feed.lastGood))
    #expect((0...5).contains(age))
    // What people read is what the clock says.
    #expect(rig.browser.clock == before - 3590)
    await rig.sandbox.set("a", to: "2", on: id.rawValue)
    for _ in 0..<5 { await rig.pass(1) }
    let line = try #require(rig.browser.log.lines.last)
    #expect(abs(line.time.timeIntervalSince(rig.browser.clock)) <= 5)
  }

  @Test func `after a long pause it goes on from the last answer, and asks once`() async throws {
    let rig = try BrowserRig(images: 5)
    await rig.start()
    await rig.perform(.pause)
    let id = await rig.make("made meanwhile")
    await rig.sandbox.forgetRequests()
    for _ in 0..<50 { await rig.pass(60) }
    #expect(await rig.sandbox.requests.isEmpty)
    await rig.perform(.pause)
    #expect(rig.changes == ["made meanwhile: new, ACTIVE"])
    #expect(await deltas(rig).count == 1)
    #expect(rig.browser.feed.connection == .live)
    // It happened when it happened, not when it was found.
    let made = try #require(await rig.sandbox.image(id.rawValue)).created
    #expect(rig.browser.log.lines.last?.time == made)
  }

  @Test func `after more than thirty days everything is read again, and the rows stay`() async throws {
    let rig = try BrowserRig(images: 5)
    await rig.start()
    await rig.perform(.pause)
    let gone = try #require(rig.browser.current?.id)
    await rig.sandbox.remove(gone.rawValue)
    await rig.pass(31 * 86_400)
    await rig.make("made meanwhile")
    await rig.sandbox.forgetRequests()
    await rig.perform(.pause)
    #expect(rig.names.count == 6)
    #expect(await rig.sandbox.requests.contains { $0.hasSuffix("/images/detail?limit=1000") })
    #expect(rig.changes.contains("made meanwhile: new, ACTIVE"))
    for _ in 0..<10 { await rig.pass(1) }
    #expect(rig.changes.count == 2)
    #expect(!rig.browser.feed.listing.rows.contains { $0.image.id == gone && !$0.isGhost })
  }

  @Test func `when the service's clock goes back everything is read again, and nothing is missed`()
    async throws
  {
    let rig = try BrowserRig(images: 5)
    let id = await rig.make("web")
    await rig.start()
    await rig.sandbox.set("a", to: "1", on: id.rawValue)
    await rig.pass(5)
    await rig.sandbox.advance(by: .seconds(-7200))
    await rig.sandbox.set("a", to: "2", on: id.rawValue)
    await rig.pass(5)
    await rig.sandbox.set("a", to: "3", on: id.rawValue)
    await rig.pass(5)
    #expect(rig.changes == ["web: a: – → 1", "web: a: 1 → 2", "web: a: 2 → 3"])
  }

  @Test func `when what one signs in with has been corrected, it is tried again by itself`() async throws {
    let rig = try BrowserRig(images: 5)
    await rig.sandbox.inject(.unauthorized, into: .identity, times: 1)
    await rig.start()
    await rig.sandbox.forgetRequests()
    await rig.pass(60)
    #expect(await rig.sandbox.requests.isEmpty)
    rig.credentials = 2
    await rig.pass(5)
    #expect(rig.browser.feed.connection == .live)
    #expect(rig.names.count == 5)
  }
}
