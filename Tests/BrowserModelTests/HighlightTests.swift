import BrowserModel
import BrowserRig
import Foundation
import NovaClient
import SandboxCloud
import Testing

/// What the list shows of changes, and for how long.
@MainActor struct HighlightTests {
  private func sign(_ rig: BrowserRig, _ id: String) -> Highlights.Sign? {
    rig.browser.highlights.sign(of: Image.ID(id))
  }

  private func tick(_ rig: BrowserRig, _ seconds: Int) async {
    for _ in 0..<seconds { await rig.pass(1) }
  }

  @Test func `a sign stays for ten seconds`() async throws {
    let rig = try BrowserRig()
    let id = await rig.make("web")
    await rig.start()
    await rig.sandbox.set("a", to: "1", on: id.rawValue)
    let new = await rig.make("new")
    await tick(rig, 5)
    #expect(sign(rig, id.rawValue) == .changed)
    #expect(sign(rig, new.rawValue) == .new)
    await tick(rig, 9)
    #expect(sign(rig, id.rawValue) == .changed)
    await tick(rig, 1)
    #expect(sign(rig, id.rawValue) == nil)
    #expect(sign(rig, new.rawValue) == nil)
  }

  @Test func `off the screen it stays until the row has been seen, and the header counts it`() async throws {
    let rig = try BrowserRig(rows: 5)
    for number in 10..<30 { await rig.make("web-\(number)") }
    await rig.start()
    let id = rig.ids[15]
    await rig.sandbox.set("a", to: "1", on: id)
    await tick(rig, 60)
    #expect(sign(rig, id) == .changed)
    #expect(rig.browser.changesElsewhere.below == 1)
    await rig.perform(.move(.last))
    #expect(rig.browser.changesElsewhere == Highlights.Elsewhere(below: 0))
    await tick(rig, 9)
    #expect(sign(rig, id) == .changed)
    await tick(rig, 1)
    #expect(sign(rig, id) == nil)
  }

  @Test func `what a filter hides is counted, and what stands above`() async throws {
    let rig = try BrowserRig(rows: 5)
    for number in 10..<30 { await rig.make("web-\(number)") }
    let hidden = await rig.make("db")
    await rig.start()
    await rig.perform(.filterName)
    await rig.type("web")
    await rig.perform(.accept, .move(.last))
    await rig.sandbox.set("a", to: "1", on: hidden.rawValue)
    await rig.sandbox.set("a", to: "1", on: rig.ids[2])
    await tick(rig, 5)
    #expect(rig.browser.changesElsewhere.filtered == 1)
    #expect(rig.browser.changesElsewhere.above == 1)
  }

  @Test func `a row that is gone stays for ten seconds and then closes up, and the cursor keeps its image`()
    async throws
  {
    let rig = try BrowserRig(rows: 12)
    for number in 10..<20 { await rig.make("web-\(number)") }
    await rig.start()
    await rig.perform(.move(.down), .move(.down), .move(.down), .move(.down))
    let held = rig.browser.current?.id
    let gone = rig.ids[2]
    await rig.sandbox.remove(gone)
    while rig.changes.isEmpty { await rig.pass(1) }
    #expect(rig.ids.contains(gone))
    #expect(rig.browser.feed.listing.total == 9)
    #expect(rig.browser.feed.listing.shown == 9)
    await tick(rig, 9)
    #expect(rig.ids.contains(gone))
    await tick(rig, 2)
    #expect(!rig.ids.contains(gone))
    #expect(rig.browser.current?.id == held)
  }

  @Test func `when the image under the cursor goes, the cursor goes to the next one, when the row closes up`()
    async throws
  {
    let rig = try BrowserRig(rows: 12)
    for number in 10..<20 { await rig.make("web-\(number)") }
    await rig.start()
    await rig.perform(.move(.down), .move(.down))
    await rig.sandbox.remove(rig.ids[2])
    await tick(rig, 6)
    #expect(rig.browser.current?.name == "web-12")
    await tick(rig, 10)
    #expect(rig.browser.current?.name == "web-13")
  }

  @Test func `the detail says that its image is gone until the cursor moves, and keys are not about another`()
    async throws
  {
    let rig = try BrowserRig(rows: 12)
    for number in 10..<14 { await rig.make("web-\(number)") }
    await rig.start()
    let browser = rig.browser
    browser.viewport.hasDetailPane = true
    await rig.sandbox.remove(rig.ids[0])
    await tick(rig, 5)
    #expect(browser.isDetailGone && browser.detailed?.name == "web-10")
    let time = try #require(browser.detailGone)
    #expect(time == browser.log.lines.last?.time)
    // Its row has closed up, and the cursor is on the next.
    await tick(rig, 12)
    #expect(browser.current?.name == "web-11")
    #expect(browser.isDetailGone && browser.detailed?.name == "web-10" && browser.detailGone == time)
    await rig.perform(.move(.down))
    await tick(rig, 1)
    #expect(!browser.isDetailGone && browser.detailed?.name == "web-12")
  }

  @Test func `in the detail of an image that is gone nothing is edited, deleted or copied of the next one`()
    async throws
  {
    let rig = try BrowserRig(rows: 12)
    for number in 10..<14 { await rig.make("web-\(number)") }
    await rig.start()
    rig.browser.viewport.hasDetailPane = true
    let id = rig.ids[0]
    await rig.perform(.open)
    await rig.sandbox.remove(id)
    await tick(rig, 17)
    #expect(rig.names.first == "web-11")
    #expect(rig.browser.detailed?.name == "web-10" && rig.browser.isDetailGone)
    for command in [Command.edit, .delete] {
      await rig.perform(command)
      #expect(rig.browser.notice?.text == "web-10 is gone." && rig.browser.overlay == nil)
    }
    #expect(await rig.perform(.copyID) == .copy(id))
    await rig.perform(.back)
    await rig.perform(.move(.down))
    await tick(rig, 1)
    #expect(rig.browser.detailed?.name == "web-12")
  }

  @Test func `an image that is there again is shown as being there`() async throws {
    let rig = try BrowserRig(rows: 5)
    let id = await rig.make("shown")
    await rig.make("z")
    await rig.start()
    await rig.perform(.open)
    await rig.sandbox.modify(id.rawValue) { $0.owner = Accounts.altProject.id }
    await tick(rig, 6)
    #expect(rig.browser.isDetailGone)
    await rig.sandbox.modify(id.rawValue) { $0.owner = Accounts.demoProject.id }
    for _ in 0..<10 { await rig.pass(1) }
    #expect(!rig.browser.isDetailGone && rig.browser.detailed?.name == "shown")
  }

  @Test func `a hundred thousand changes that nobody has seen cost a key no more than a thousand`()
    async throws
  {
    let catalogue = Catalogue()
    let count = 100_000
    await catalogue.merge(
      (0..<count).map { Image(id: Image.ID("image-\($0)"), name: String(1_000_000 + $0)) })
    let listing = try await catalogue.listing(ListQuery())
    var highlights = Highlights()
    for (number, row) in listing.rows.enumerated() {
      highlights.add(.changed, row.image.id, slot: number)
      if number % 1000 == 999 { _ = highlights.trim() }
    }
    let clock = ContinuousClock()
    let start = Date(timeIntervalSince1970: 0)
    let time = clock.measure {
      for key in 0..<20 {
        let visible = key..<key + 20
        _ = highlights.update(onScreen: Set(listing.rows[visible].map(\.image.id)), now: start)
        #expect(highlights.elsewhere(in: listing, visible: visible).isMore)
      }
    }
    // With all of them it was some fifty milliseconds.
    #expect(time / 20 < .milliseconds(10), "\(time / 20)")
    let elsewhere = highlights.elsewhere(in: listing, visible: 0..<20)
    #expect(elsewhere.above + elsewhere.below + elsewhere.filtered + elsewhere.behind == Highlights.limit)
    // The newest are kept.
    #expect(highlights.sign(of: listing.rows[count - 1].image.id) == .changed)
    #expect(highlights.sign(of: listing.rows[0].image.id) == nil)
  }

  @Test func `rows of images that have gone do not pile up where nobody looks`() async throws {
    let rig = try BrowserRig(rows: 5)
    for _ in 0..<1300 { await rig.sandbox.create("web") }
    await rig.start()
    let all = rig.ids
    for id in all { await rig.sandbox.remove(id) }
    for _ in 0..<5000 where rig.browser.feed.listing.total > 50 { await rig.pass(1) }
    let ghosts = rig.browser.feed.listing.rows.count - rig.browser.feed.listing.shown
    #expect(ghosts <= Highlights.limit && ghosts > 5)
  }

  @Test func `a new image does not move a cursor that nobody has moved`() async throws {
    let rig = try BrowserRig(rows: 12)
    for number in 10..<20 { await rig.make("web-\(number)") }
    await rig.start()
    await rig.make("a-first")
    await tick(rig, 5)
    #expect(rig.names.first == "a-first")
    #expect(rig.browser.current?.name == "web-10")
    #expect(rig.browser.cursor.top == 0)
  }

  @Test func `the last change is said, but not in the place of an error`() async throws {
    let rig = try BrowserRig()
    let id = await rig.make("web", status: .queued)
    await rig.start()
    await rig.sandbox.finish(id.rawValue, size: 1)
    await tick(rig, 5)
    #expect(rig.browser.lineNotice?.text == "14:00:01 web SAVING → ACTIVE after 0s")
    await rig.sandbox.inject(.unexpected("Boom"), into: .path("/compute/v2.1/images/\(id)"), times: 1)
    await rig.perform(.open)
    #expect(rig.browser.lineNotice?.weight == .problem)
    await rig.sandbox.set("a", to: "1", on: id.rawValue)
    await tick(rig, 5)
    #expect(rig.browser.lineNotice?.weight == .problem)
    // Answers have come since, and it has been there long enough to be read.
    await tick(rig, 10)
    #expect(rig.browser.lineNotice?.text.hasSuffix("web a: – → 1") == true)
    await rig.perform(.back)
    #expect(rig.browser.lineNotice?.text.hasSuffix("web a: – → 1") == true)
  }

  @Test func `what the person has deleted is logged and leaves no ghost`() async throws {
    let rig = try BrowserRig()
    await rig.make("web")
    await rig.make("zz")
    await rig.start()
    await rig.perform(.delete, .confirm)
    #expect(rig.changes == ["web: deleted from here"])
    #expect(rig.names == ["zz"])
  }
}
