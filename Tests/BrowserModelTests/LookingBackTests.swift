import BrowserModel
import BrowserRig
import Foundation
import NovaClient
import SandboxCloud
import Testing

/// The log of changes, and waiting for an image.
@MainActor struct LookingBackTests {
  private func page(_ rig: BrowserRig) throws -> ChangePage {
    guard case .changes(let page) = rig.browser.overlay else {
      throw Missing()
    }
    return page
  }

  private struct Missing: Error {}

  /// Twenty images, five of which have changed, one after the other.
  private func rig() async throws -> BrowserRig {
    let rig = try BrowserRig(rows: 12)
    for number in 10..<30 { await rig.make("web-\(number)") }
    await rig.start()
    for number in 0..<5 {
      await rig.sandbox.set("n", to: "\(number)", on: rig.ids[number])
      await rig.pass(5)
    }
    return rig
  }

  @Test func `the log begins with the newest, and what comes in does not move its cursor`() async throws {
    let rig = try await rig()
    rig.browser.viewport.pageRows = 3
    await rig.perform(.changes)
    var page = try page(rig)
    #expect(page.matches == [4, 3, 2, 1, 0])
    #expect(page.cursor == 4)
    await rig.perform(.move(.down))
    await rig.sandbox.set("n", to: "x", on: rig.ids[9])
    await rig.pass(5)
    page = try self.page(rig)
    #expect(page.matches.first == 5)
    #expect(page.cursor == 3)
    #expect(page.top == 0)
    await rig.perform(.move(.last))
    await rig.sandbox.set("n", to: "y", on: rig.ids[9])
    await rig.pass(5)
    page = try self.page(rig)
    #expect(page.cursor == 0)
    #expect(page.row.map { $0 - page.top } == 2)
  }

  @Test func `it is filtered by a text, and Enter goes to the image`() async throws {
    let rig = try await rig()
    await rig.perform(.changes, .search)
    await rig.type("WEB-12")
    #expect(try page(rig).matches == [2])
    await rig.perform(.accept, .accept)
    #expect(rig.browser.overlay == nil)
    #expect(rig.browser.current?.name == "web-12")
  }

  @Test func `a filter that hides the image gives way, and it is said`() async throws {
    let rig = try await rig()
    await rig.perform(.filterName)
    await rig.type("web-2")
    await rig.perform(.accept, .changes, .move(.last), .accept)
    #expect(rig.browser.current?.name == "web-10")
    #expect(rig.browser.filter.isEmpty)
    #expect(rig.browser.notice?.text.contains("web-10") == true)
  }

  @Test func `an image that is gone cannot be gone to`() async throws {
    let rig = try await rig()
    await rig.sandbox.remove(rig.ids[0])
    await rig.pass(5)
    await rig.perform(.changes, .accept)
    #expect(rig.browser.notice?.text == "web-10 is gone.")
    guard case .changes = rig.browser.overlay else {
      Issue.record("the log was left")
      return
    }
  }

  @Test func `when a followed image is ready, the terminal is told, and the header until a key`() async throws
  {
    let rig = try BrowserRig()
    let id = await rig.make("web", status: .queued)
    await rig.start()
    await rig.perform(.follow)
    #expect(rig.browser.isFollowed(id))
    await rig.sandbox.startSaving(id.rawValue)
    await rig.pass(5)
    #expect(rig.effects.isEmpty)
    await rig.sandbox.finish(id.rawValue, size: 1)
    await rig.pass(5)
    #expect(rig.effects == [.notify("web is ACTIVE")])
    #expect(rig.browser.arrivals.map(\.text) == ["web is ACTIVE"])
    #expect(!rig.browser.isFollowed(id))
    await rig.perform(.move(.down))
    #expect(rig.browser.arrivals.isEmpty)
  }

  @Test func `marked images are followed together, and failing and going are told too`() async throws {
    let rig = try BrowserRig(rows: 2)
    let ids = [await rig.make("a", status: .saving), await rig.make("b", status: .saving)]
    for number in 10..<30 { await rig.make("web-\(number)") }
    await rig.start()
    await rig.perform(.mark, .mark, .follow, .move(.last))
    await rig.sandbox.fail(ids[0].rawValue)
    await rig.sandbox.remove(ids[1].rawValue)
    await rig.pass(5)
    #expect(Set(rig.effects) == [.notify("a is ERROR"), .notify("b is gone")])
  }

  @Test func `a followed image that is ready already rings when it is so no longer, and not before`()
    async throws
  {
    let rig = try BrowserRig()
    let id = await rig.make("web")
    await rig.start()
    await rig.perform(.follow)
    await rig.sandbox.set("a", to: "1", on: id.rawValue)
    await rig.pass(5)
    #expect(rig.effects.isEmpty && rig.browser.isFollowed(id))
    await rig.sandbox.modify(id.rawValue) { $0.status = .deactivated }
    await rig.pass(5)
    #expect(rig.effects == [.notify("web is UNKNOWN now")])
    #expect(!rig.browser.isFollowed(id))
  }

  @Test func `on its way to being ready an image may be UNKNOWN for a while`() async throws {
    let rig = try BrowserRig()
    let id = await rig.make("web", status: .queued)
    await rig.start()
    await rig.perform(.follow)
    await rig.sandbox.modify(id.rawValue) { $0.status = .importing }
    await rig.pass(5)
    #expect(rig.effects.isEmpty && rig.browser.isFollowed(id))
    await rig.sandbox.finish(id.rawValue, size: 1)
    await rig.pass(5)
    #expect(rig.effects == [.notify("web is ACTIVE")])
  }

  @Test func `following again lets go`() async throws {
    let rig = try BrowserRig()
    let id = await rig.make("web", status: .queued)
    await rig.start()
    await rig.perform(.follow, .follow)
    #expect(!rig.browser.isFollowed(id))
    await rig.sandbox.finish(id.rawValue, size: 1)
    await rig.pass(5)
    #expect(rig.effects.isEmpty)
  }
}
