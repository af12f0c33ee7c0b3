import BrowserModel
import BrowserRig
import BrowserUI
import Console
import Foundation
import NovaClient
import SandboxCloud
import Testing

/// How changes, the state of the connection and the log of changes look.
@MainActor struct LiveScreenTests {
  /// A few images that stand still, and some to which something happens.
  private func rig(_ size: Size) async throws -> BrowserRig {
    let rig = try BrowserRig()
    for number in 10..<24 { await rig.make("web-\(number)", disk: 10, ram: 512) }
    for name in ["db-1-nightly", "db-2-nightly", "db-3-nightly"] {
      await rig.make(name, status: .queued, properties: ["image_type": "backup"])
    }
    rig.browser.measure(size)
    await rig.start()
    return rig
  }

  private func id(_ rig: BrowserRig, _ name: String) throws -> String {
    try #require(rig.browser.feed.listing.rows.first { $0.image.name == name }).image.id.rawValue
  }

  private func change(_ rig: BrowserRig) async throws {
    await rig.sandbox.advance(by: .seconds(40))
    rig.time.advance(by: 40)
    await rig.browser.settled()
    await rig.sandbox.startSaving(try id(rig, "db-2-nightly"))
    await rig.sandbox.finish(try id(rig, "db-3-nightly"), size: 3 << 30)
    await rig.sandbox.set("hw_disk_bus", to: "scsi", on: try id(rig, "web-12"))
    await rig.sandbox.remove(try id(rig, "web-10"))
    await rig.make("web-11-copy")
    while !rig.changes.contains("web-10: gone") { await rig.pass(1) }
  }

  @Test(arguments: [Size.jumpHost, .desk, .wall]) func `what has changed is marked`(_ size: Size) async throws
  {
    let rig = try await rig(size)
    await rig.press("jjjjj<Space>kF", in: size)
    await rig.press("g", in: size)
    try await change(rig)
    expectGolden(rig.screen(size), "changes-\(size.name)")
    expectGolden(rig.screen(size, .ascii), "changes-\(size.name)-ascii")
  }

  @Test(arguments: [Size.jumpHost, .desk]) func `the detail of an image that is gone`(_ size: Size)
    async throws
  {
    let rig = try await rig(size)
    await rig.press("jjjj", in: size)
    if size == .jumpHost { await rig.press("<Enter>", in: size) }
    try await change(rig)
    await rig.sandbox.remove(try id(rig, "web-11"))
    for _ in 0..<20 { await rig.pass(1) }
    expectGolden(rig.screen(size), "gone-\(size.name)")
  }

  @Test(arguments: [Size.jumpHost, .desk]) func `the log of changes`(_ size: Size) async throws {
    let rig = try await rig(size)
    try await change(rig)
    await rig.press("Lj", in: size)
    expectGolden(rig.screen(size), "log-\(size.name)")
    expectGolden(rig.screen(size, .ascii), "log-\(size.name)-ascii")
    await rig.press("/nightly", in: size)
    expectGolden(rig.screen(size), "log-search-\(size.name)")
  }

  @Test func `a log without changes`() async throws {
    let rig = try await rig(.jumpHost)
    await rig.press("L", in: .jumpHost)
    expectGolden(rig.screen(.jumpHost), "log-empty")
  }

  @Test(arguments: [Size.jumpHost, .desk]) func `changes that nobody has seen are counted`(_ size: Size)
    async throws
  {
    let rig = try BrowserRig(images: 240)
    rig.browser.measure(size)
    await rig.start()
    await rig.press("<C-d>jjjj<C-d><C-d>", in: size)
    let rows = rig.browser.feed.listing.rows
    for row in [0, 100, 120, 140] {
      await rig.sandbox.set("a", to: "1", on: rows[row].image.id.rawValue)
    }
    for _ in 0..<5 { await rig.pass(1) }
    expectGolden(rig.screen(size), "elsewhere-\(size.name)")
  }

  @Test(arguments: [Size.jumpHost, .desk]) func `a followed image is ready`(_ size: Size) async throws {
    let rig = try await rig(size)
    await rig.press("F", in: size)
    expectGolden(rig.screen(size), "followed-\(size.name)")
    await rig.sandbox.finish(try id(rig, "db-1-nightly"), size: 1 << 30)
    for _ in 0..<5 { await rig.pass(1) }
    expectGolden(rig.screen(size), "arrived-\(size.name)")
  }

  // MARK: The state of the connection

  private func header(_ rig: BrowserRig, _ name: String) {
    for size in [Size.jumpHost, .desk] { expectGolden(rig.screen(size), "state-\(name)-\(size.name)") }
  }

  @Test func `live, and slower when nobody is there`() async throws {
    let rig = try BrowserRig()
    await rig.make("web")
    await rig.start()
    header(rig, "live")
    for _ in 0..<125 { await rig.pass(5) }
    header(rig, "unattended")
  }

  @Test func `paused`() async throws {
    let rig = try await rig(.jumpHost)
    await rig.press("p", in: .jumpHost)
    await rig.pass(192)
    header(rig, "paused")
  }

  @Test func `waiting for a slow answer`() async throws {
    let rig = try await rig(.jumpHost)
    let gate = Gate()
    await rig.sandbox.inject(.hold(gate), into: .compute, times: 1)
    rig.time.advance(by: 5)
    await gate.arrival()
    rig.time.advance(by: 3)
    while rig.browser.now != rig.time.now { await Task.yield() }
    header(rig, "waiting")
    await gate.open()
    await rig.browser.settled()
  }

  @Test func `unreachable, and asked to wait`() async throws {
    let rig = try await rig(.jumpHost)
    await rig.sandbox.inject(.drop, into: .compute, times: 100)
    for _ in 0..<40 { await rig.pass(1) }
    header(rig, "unreachable")
    await rig.sandbox.removeFaults()
    // The question for changes, and not one of those for single images that go out beside it.
    let changes = RequestPattern { $0.url.contains("changes-since") }
    await rig.sandbox.inject(.tooManyRequests(retryAfter: 90), into: changes)
    await rig.press("r", in: .jumpHost)
    await rig.pass(7)
    header(rig, "asked-to-wait")
    let gate = Gate()
    await rig.sandbox.inject(.hold(gate), into: changes)
    rig.time.advance(by: 83)
    await gate.arrival()
    while rig.browser.now != rig.time.now { await Task.yield() }
    header(rig, "trying-again")
    await gate.open()
    await rig.browser.settled()
    #expect(rig.browser.feed.connection == .live)
  }

  @Test func `not signed in any more`() async throws {
    let rig = try await rig(.jumpHost)
    await rig.sandbox.revokeTokens()
    await rig.sandbox.inject(.unauthorized, into: .identity, times: 5)
    await rig.pass(5)
    await rig.pass(39)
    header(rig, "not-signed-in")
  }

  @Test func `the service does not take the token`() async throws {
    let rig = try await rig(.jumpHost)
    await rig.sandbox.inject(.unauthorized, into: .compute, times: 1000)
    for _ in 0..<30 { await rig.pass(1) }
    header(rig, "token-refused")
  }

  @Test func `who waits for an image with a long name is told all the same`() async throws {
    let rig = try BrowserRig()
    let id = await rig.make(String(repeating: "long-name-", count: 9), status: .queued)
    rig.browser.measure(.jumpHost)
    await rig.start()
    await rig.press("F", in: .jumpHost)
    await rig.sandbox.finish(id.rawValue, size: 1)
    for _ in 0..<3 { await rig.pass(2) }
    expectGolden(rig.screen(.jumpHost), "arrived-long-name")
  }

  @Test func `in the smallest window nothing lies over anything else`() async throws {
    let rig = try BrowserRig(images: 5)
    await rig.sandbox.inject(.unauthorized, into: .identity, times: 5)
    let size = Size(columns: 40, rows: 10)
    rig.browser.measure(size)
    await rig.start()
    expectGolden(rig.screen(size), "not-signed-in-smallest")
  }
}
