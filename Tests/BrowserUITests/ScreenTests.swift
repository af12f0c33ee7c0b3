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
    expectGolden(rig.screen(size), "list-\(size.name)")
    expectGolden(rig.screen(size, .ascii), "list-\(size.name)-ascii")
  }

  @Test(arguments: [Size.jumpHost, .desk]) func `a detail`(_ size: Size) async throws {
    let rig = try BrowserRig(images: 240)
    await rig.start()
    await rig.press("/web-1<Enter><Enter>", in: size)
    expectGolden(rig.screen(size), "detail-\(size.name)")
  }

  @Test(arguments: [Size.jumpHost, .desk]) func `the filter form, with a mistake`(_ size: Size) async throws {
    let rig = try BrowserRig(images: 240)
    await rig.start()
    await rig.press("fubuntu<Down><Right><Down><Down>20G<Enter>", in: size)
    expectGolden(rig.screen(size), "filter-form-\(size.name)")
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
  }

  @Test func `no image matches`() async throws {
    let rig = try BrowserRig(images: 240)
    await rig.start()
    await rig.press("/ubunut<Enter>", in: .jumpHost)
    expectGolden(rig.screen(.jumpHost), "no-match")
  }

  @Test func `a project without images`() async throws {
    let rig = try BrowserRig()
    await rig.start()
    expectGolden(rig.screen(.jumpHost), "no-images")
  }

  @Test(arguments: [Size.jumpHost, .desk]) func `the question before one is deleted`(_ size: Size)
    async throws
  {
    let rig = try BrowserRig(images: 240)
    await rig.start()
    await rig.press("/debian<Enter>D", in: size)
    expectGolden(rig.screen(size), "delete-one-\(size.name)")
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

  @Test(arguments: [Size.jumpHost, .desk]) func `the help`(_ size: Size) async throws {
    let rig = try BrowserRig()
    await rig.start()
    await rig.press("?", in: size)
    expectGolden(rig.screen(size), "help-\(size.name)")
    await rig.press("/delete", in: size)
    expectGolden(rig.screen(size), "help-search-\(size.name)")
  }

  @Test func `the service's JSON`() async throws {
    let rig = try BrowserRig(images: 240)
    await rig.start()
    await rig.press("/web-1<Enter>y", in: .jumpHost)
    expectGolden(rig.screen(.jumpHost), "json")
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
