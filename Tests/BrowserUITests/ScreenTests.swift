import BrowserModel
import BrowserRig
import BrowserUI
import Console
import Foundation
import NovaClient
import SandboxCloud
import Testing

/// Whole screens, kept as pictures.
@MainActor struct ScreenTests {
  @Test(arguments: Size.all) func `a list`(_ size: Size) async throws {
    let rig = try BrowserRig(images: 240)
    rig.browser.measure(size)
    await rig.start()
    await rig.press("jj<Space>j", in: size)
    rig.expectGoldens("list", size)
  }

  @Test(arguments: Size.usable) func `a detail`(_ size: Size) async throws {
    let rig = try BrowserRig(images: 240)
    await rig.start()
    await rig.press("/web-1<Enter><Enter>", in: size)
    rig.expectGoldens("detail", size)
  }

  @Test(arguments: Size.usable) func `the filter form, with a mistake`(_ size: Size) async throws {
    let rig = try BrowserRig(images: 240)
    await rig.start()
    await rig.press("fubuntu<Down><Right><Down><Down>20X<Enter>", in: size)
    rig.expectGoldens("filter-form", size)
  }

  @Test func `a name filter while it is typed`() async throws {
    let rig = try BrowserRig(images: 240)
    await rig.start()
    await rig.press("/ubuntu", in: .jumpHost)
    expectGolden(rig.screen(.jumpHost), "name-filter")
  }

  @Test func `every part of the filter that is set is in view`() async throws {
    let rig = try BrowserRig(images: 240)
    await rig.start()
    await rig.press("f!zz<Down><Right><Down><Right><Down>1<Down>1 GiB<Down><Down>300w<Enter>", in: .jumpHost)
    expectGolden(rig.screen(.jumpHost), "all-filters")
    expectGolden(rig.screen(Layout.smallest, .ascii), "all-filters-smallest")
  }

  @Test func `a filter that is too much for one line has two`() async throws {
    let rig = try BrowserRig(images: 240)
    await rig.start()
    let server = "0f2c6a1e-8d1b-4c7e-9d59-1a2b3c4d5e6f"
    await rig.press(
      "fa server with a long name<Down><Right><Down><Right><Down>10<Down>20<Down>\(server)<Down>300w<Enter>",
      in: .jumpHost)
    expectGolden(rig.screen(.jumpHost), "filter-on-two-lines")
    expectGolden(rig.screen(.jumpHost, .ascii), "filter-on-two-lines-ascii")
    await rig.press("0", in: .jumpHost)
    #expect(Layout(rig.browser, .jumpHost).filterLine.height == 1)
  }

  @Test func `no image matches`() async throws {
    let rig = try BrowserRig(images: 240)
    await rig.start()
    await rig.press("/ubunut<Enter>", in: .jumpHost)
    expectGolden(rig.screen(.jumpHost), "no-match")
  }

  @Test func `a detail over the whole window leaves the filter in view`() async throws {
    let rig = try BrowserRig(images: 240)
    await rig.start()
    await rig.press("<Enter>1s", in: .jumpHost)
    expectGolden(rig.screen(.jumpHost), "detail-filtered")
    await rig.press("<Esc><Space>/almal<Enter>D", in: .jumpHost)
    expectGolden(rig.screen(.jumpHost), "delete-hidden-mark")
  }

  @Test func `what the list is ordered by is said where it has no column`() async throws {
    let rig = try BrowserRig(images: 240)
    await rig.start()
    await rig.press("ssss", in: .jumpHost)
    expectGolden(rig.screen(.jumpHost), "ordered-by-hidden")
  }

  @Test func `an image that hides all others`() async throws {
    let rig = try BrowserRig()
    let poisoned = await rig.make("poisoned")
    await rig.sandbox.set("mappings", to: "no JSON", on: poisoned.rawValue)
    await rig.start()
    expectGolden(rig.screen(.jumpHost), "all-unreadable")
  }

  @Test func `a project without images`() async throws {
    let rig = try BrowserRig()
    await rig.start()
    expectGolden(rig.screen(.jumpHost), "no-images")
  }

  @Test(arguments: Size.usable) func `the question before one is deleted`(_ size: Size) async throws {
    let rig = try BrowserRig(images: 240)
    await rig.start()
    await rig.press("/debian<Enter>D", in: size)
    rig.expectGoldens("delete-one", size)
  }

  @Test func `the question before many are deleted, how far it got, and what failed`() async throws {
    let rig = try BrowserRig()
    for number in 0..<30 {
      let id = await rig.make("image-\(number)")
      if number % 10 == 3 { await rig.sandbox.modify(id.rawValue) { $0.isProtected = true } }
    }
    await rig.start()
    await rig.press("*D", in: .jumpHost)
    expectGolden(rig.screen(.jumpHost), "delete-many")
    let gate = Gate()
    await rig.sandbox.inject(.hold(gate), into: .path("/compute/v2.1/images", .delete), times: 4)
    _ = rig.browser.perform(.confirm)
    await gate.arrival(4)
    expectGolden(rig.screen(.jumpHost), "delete-progress")
    await gate.open()
    await rig.browser.settled()
    expectGolden(rig.screen(.jumpHost), "delete-results")
  }

  @Test func `trouble with the service`() async throws {
    let rig = try BrowserRig(images: 240)
    await rig.start()
    await rig.pass(40)
    await rig.sandbox.inject(.drop, into: .compute, times: 100)
    await rig.pass(5)
    await rig.pass(1)
    expectGolden(rig.screen(.jumpHost), "trouble")
    await rig.press("!", in: .jumpHost)
    expectGolden(rig.screen(.jumpHost), "trouble-whole")
  }

  @Test func `signing in is refused`() async throws {
    let rig = try BrowserRig(images: 240)
    await rig.sandbox.inject(.unauthorized, into: .identity, times: 2)
    await rig.start()
    expectGolden(rig.screen(.jumpHost), "not-signed-in")
  }

  @Test func `a service that does not answer`() async throws {
    let rig = try BrowserRig(images: 240)
    let gate = Gate()
    await rig.sandbox.inject(.hold(gate), into: .compute, times: 100)
    rig.browser.start { Place(cloud: "sandbox") }
    await gate.arrival()
    rig.time.advance(by: 7)
    while rig.browser.now != rig.time.now { await Task.yield() }
    expectGolden(rig.screen(.jumpHost), "no-answer")
    await gate.open()
    await rig.browser.settled()
  }

  @Test func `paused, and read-only`() async throws {
    let rig = try BrowserRig(images: 240, readOnly: true)
    await rig.start()
    await rig.press("pD", in: .desk)
    expectGolden(rig.screen(.desk), "paused-read-only")
  }

  @Test(arguments: Size.usable) func `the help`(_ size: Size) async throws {
    let rig = try BrowserRig()
    await rig.start()
    await rig.press("?", in: size)
    rig.expectGoldens("help", size)
    await rig.press("/delete", in: size)
    rig.expectGoldens("help-search", size)
  }

  @Test func `the service's JSON`() async throws {
    let rig = try BrowserRig(images: 240)
    await rig.start()
    await rig.press("/web-1<Enter>y", in: .jumpHost)
    expectGolden(rig.screen(.jumpHost), "json")
  }

  @Test(arguments: [Size.jumpHost, .desk, .wall]) func `the log of requests`(_ size: Size) async throws {
    let rig = try BrowserRig()
    await rig.start()
    for (target, outcome) in [
      ("/v2.1/images/detail?limit=40", RequestRecord.Outcome.answered(status: 200)),
      (
        "/v2.1/images/detail?limit=1000&marker=3d9f4c5e-1c1f-4f5a-9d53-0a4f6f3b7a11",
        .failed("the connection to cloud.example:8774 was closed before the answer was whole")
      ), ("/v2.1/images/3d9f4c5e-1c1f-4f5a-9d53-0a4f6f3b7a11", .cancelled),
      ("/v2.1/images/7a0c2b1e-93d5-4f6a-8e21-5b0d1c9f4a66", .underWay),
    ] {
      var record = RequestRecord(HTTPRequest(.get, "http://cloud.example" + target), started: rig.time.now)
      record.outcome = outcome
      if case .answered = outcome { record.requestID = "req-0e0f9c4c-8f0e-4d0a-9f3a-5a1f1a1d7c11" }
      rig.browser.record(record)
    }
    await rig.press("@", in: size)
    expectGolden(rig.screen(size), "requests-\(size.name)")
    await rig.press("/5a1f1a1d7c11", in: size)
    #expect(rig.screen(size).text.contains("GET    200"))
  }

  @Test func `names from strangers disturb no neighbouring cell`() async throws {
    let rig = try BrowserRig()
    for name in [
      "evil\u{1b}[2J\u{1b}[31mname", "\u{202e}gnp.exe", "日本語のイメージ",
      "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
      "👩‍👩‍👧‍👦 family", "tab\tand\nnewline", "עברית", "\u{0}\u{7f}\u{9b}1m", String(repeating: "長", count: 500),
    ] { await rig.make(name, properties: ["note": name]) }
    await rig.start()
    expectGolden(rig.screen(.desk), "strangers")
    expectGolden(rig.screen(.desk, .ascii), "strangers-ascii")
  }
}
