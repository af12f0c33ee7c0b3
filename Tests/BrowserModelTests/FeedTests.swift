import BrowserModel
import BrowserRig
import Foundation
import NovaClient
import SandboxCloud
import Testing

@MainActor struct FeedTests {
  @Test func `the first page is as long as the screen, and the rest follows`() async throws {
    let rig = try BrowserRig(images: 60, rows: 18)
    await rig.start()
    let lists = await rig.sandbox.requests.filter { $0.contains("/images/detail") }
    #expect(lists.first?.contains("limit=18") == true)
    #expect(lists.count == 2)
    #expect(rig.browser.feed.reading.isComplete)
    #expect(rig.browser.feed.listing.total == 60)
    #expect(rig.browser.feed.connection == .live)
    #expect(rig.browser.place.project == "demo")
  }

  @Test func `while the walk is unfinished, matches are asked of the service and come first`() async throws {
    let rig = try BrowserRig(images: 60)
    let wanted = await rig.make("the-one", properties: ["image_type": "snapshot"])
    await rig.sandbox.modify(wanted.rawValue) { $0.created = Date(timeIntervalSince1970: 0) }
    let gate = Gate()
    // The second page of the walk, and no other request, is kept waiting.
    let walk = RequestPattern { $0.url.contains("marker=") && !$0.url.contains("type=") }
    await rig.sandbox.inject(.hold(gate), into: walk)
    rig.browser.start { Place(cloud: "sandbox") }
    await gate.arrival()
    #expect(!rig.browser.feed.reading.isComplete)
    _ = rig.browser.perform(.filterName)
    _ = rig.browser.perform(.type(.insert("the-one")))
    _ = rig.browser.perform(.accept)
    _ = rig.browser.perform(.quickFilter(.snapshots))
    while rig.names != ["the-one"] { await Task.yield() }
    #expect(!rig.browser.feed.reading.isComplete)
    await gate.open()
    await rig.browser.settled()
    #expect(rig.browser.feed.reading.isComplete)
    #expect(rig.names == ["the-one"])
  }

  @Test func `what others change is shown at the next question`() async throws {
    let rig = try BrowserRig()
    let id = await rig.make("web", status: .queued)
    await rig.start()
    #expect(rig.browser.feed.listing.saving == 1)
    await rig.sandbox.finish(id.rawValue, size: 5)
    await rig.pass(5)
    #expect(rig.browser.feed.listing.saving == 0)
    #expect(rig.browser.current?.status == .active)
  }

  @Test func `nothing is asked while it is paused`() async throws {
    let rig = try BrowserRig(images: 5)
    await rig.start()
    await rig.perform(.pause)
    await rig.sandbox.forgetRequests()
    await rig.pass(60)
    #expect(await rig.sandbox.requests.isEmpty)
    await rig.make("new")
    await rig.perform(.pause)
    #expect(rig.names.contains("new"))
    #expect(rig.browser.feed.connection == .live)
  }

  @Test func `while the service is in trouble the rows stay, and it is asked again later and later`()
    async throws
  {
    let rig = try BrowserRig(images: 5)
    await rig.start()
    await rig.sandbox.inject(.drop, into: .compute, times: 3)
    await rig.pass(5)
    guard case .troubled(let trouble, let retry) = rig.browser.feed.connection else {
      Issue.record("the trouble is not shown")
      return
    }
    #expect(trouble.word == "unreachable")
    #expect(retry > rig.time.now)
    #expect(rig.names.count == 5)
    await rig.pass(1)
    await rig.pass(2)
    await rig.pass(4)
    #expect(rig.browser.feed.connection == .live)
  }

  @Test func `a service that asks to be left alone is left alone`() async throws {
    let rig = try BrowserRig(images: 5)
    await rig.start()
    await rig.sandbox.inject(.tooManyRequests(retryAfter: 30), into: .compute)
    await rig.pass(5)
    await rig.sandbox.forgetRequests()
    await rig.pass(29)
    #expect(await rig.sandbox.requests.isEmpty)
    await rig.pass(2)
    #expect(rig.browser.feed.connection == .live)
  }

  @Test func `a token that is refused is renewed in place`() async throws {
    let rig = try BrowserRig(images: 5)
    await rig.start()
    await rig.sandbox.revokeTokens()
    await rig.make("new")
    await rig.pass(5)
    #expect(rig.names.contains("new"))
    #expect(rig.browser.feed.connection == .live)
  }

  @Test func `when signing in is refused it is said, and tried again only when the person says so`()
    async throws
  {
    let rig = try BrowserRig(images: 5)
    let identity = RequestPattern.identity
    await rig.sandbox.inject(.unauthorized, into: identity, times: 1)
    await rig.start()
    guard case .notSignedIn = rig.browser.feed.connection else {
      Issue.record("\(rig.browser.feed.connection)")
      return
    }
    await rig.sandbox.forgetRequests()
    await rig.pass(600)
    #expect(await rig.sandbox.requests.isEmpty)
    await rig.perform(.refresh)
    #expect(rig.names.count == 5)
    #expect(rig.browser.feed.connection == .live)
  }

  @Test func `a service that takes no token for a while is asked again by itself`() async throws {
    let rig = try BrowserRig(images: 5)
    await rig.start()
    await rig.sandbox.inject(.unauthorized, into: .compute, times: 1000)
    for _ in 0..<60 { await rig.pass(1) }
    guard case .troubled(let trouble, _) = rig.browser.feed.connection else {
      Issue.record("\(rig.browser.feed.connection)")
      return
    }
    #expect(trouble.word == "not signed in: token refused")
    await rig.make("new")
    await rig.sandbox.removeFaults()
    await rig.pass(5)
    #expect(rig.browser.feed.connection == .live && rig.names.contains("new"))
  }

  @Test(arguments: [#""name": 5"#, #""name": "odd", "status": null"#, #""name": "odd", "metadata": [1]"#])
  func `an image that is no image is there, and the rest of its page`(_ nonsense: String) async throws {
    let rig = try BrowserRig(images: 60)
    let odd = await rig.make("odd")
    await rig.sandbox.inject(
      .replace(#""name": "odd""#, with: nonsense), into: .path("/compute"), times: .max)
    await rig.start()
    #expect(rig.browser.feed.listing.total == 61)
    let shown = rig.browser.feed.listing.rows.first { $0.image.id == odd }
    #expect(shown?.image.status == .unreadable)
    #expect(rig.browser.feed.reading.unreadable.map(\.id) == [odd])
  }

  @Test func `an image that makes its page unreadable costs only itself`() async throws {
    let rig = try BrowserRig(images: 60)
    let poisoned = await rig.make("poisoned")
    await rig.sandbox.set("mappings", to: "no JSON", on: poisoned.rawValue)
    for number in 0..<5 { await rig.make("newer-\(number)") }
    await rig.start()
    #expect(rig.browser.feed.listing.total == 65)
    #expect(rig.browser.feed.reading.unreadable.count == 1)
    #expect(rig.browser.feed.reading.isComplete)
    await rig.perform(.trouble)
    guard case .page(let page) = rig.browser.overlay, case .trouble(let notice) = page.content else {
      Issue.record("what is wrong is not said")
      return
    }
    #expect(notice.details.first?.contains("JSONDecodeError") == true)
  }

  @Test func `without an answer nothing is live, however often it is asked for`() async throws {
    let rig = try BrowserRig(images: 5)
    await rig.sandbox.inject(.drop, into: .compute, times: 1000)
    await rig.start()
    for _ in 0..<3 {
      await rig.perform(.refresh)
      await rig.pass(5)
      #expect(rig.browser.feed.connection != .live)
      #expect(rig.browser.feed.lastGood == nil)
    }
    await rig.sandbox.removeFaults()
    await rig.perform(.refresh)
    #expect(rig.browser.feed.connection == .live && rig.names.count == 5)
  }

  @Test func `who asks while it is paused gets an answer, and the pause goes on`() async throws {
    let rig = try BrowserRig(images: 5)
    await rig.start()
    await rig.perform(.pause)
    await rig.make("new")
    await rig.perform(.refresh)
    #expect(rig.names.contains("new"))
    #expect(rig.browser.feed.isPaused)
    await rig.sandbox.forgetRequests()
    await rig.pass(60)
    #expect(await rig.sandbox.requests.isEmpty)
  }

  @Test func `a service whose answers have no date is watched by the times of its images`() async throws {
    let rig = try BrowserRig(images: 5)
    rig.answersHaveDates = false
    await rig.start()
    let id = await rig.make("new", status: .queued)
    await rig.pass(5)
    #expect(rig.names.contains("new"))
    await rig.sandbox.finish(id.rawValue, size: 5)
    await rig.pass(5)
    #expect(rig.changes.count == 2, "\(rig.changes)")
  }
}
