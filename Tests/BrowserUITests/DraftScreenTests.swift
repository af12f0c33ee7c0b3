import BrowserModel
import BrowserRig
import BrowserUI
import Console
import Foundation
import NovaClient
import SandboxCloud
import Testing

/// What is unsaved: where it is seen, how it is found again, and what is said when something is wrong with it.
@MainActor struct DraftScreenTests {
  @Test(arguments: editorSizes) func `the list of drafts, and leaving with one`(_ size: Size) async throws {
    let (rig, _) = try await BrowserRig.withServer()
    await rig.press("ejjd<Esc>u", in: size)
    rig.record(size, "drafts")
    await rig.press("<Esc>q", in: size)
    rig.record(size, "quit-question")
  }

  @Test(arguments: editorSizes) func `unsaved edits of images that the list does not show`(
    _ size: Size
  ) async throws {
    let (rig, ids) = try await BrowserRig.withFleet(["ide", "ide", "ide"])
    await rig.press("ed<Esc>", in: size)
    await rig.press("jedjd<Esc>", in: size)
    rig.record(size, "unsaved")
    await rig.sandbox.remove(ids[0].rawValue)
    await rig.press("r", in: size)
    await rig.pass(12)
    await rig.press("/image-2<Enter>", in: size)
    rig.record(size, "unsaved-hidden")
    await rig.press("u<Enter>", in: size)
    rig.record(size, "image-gone")
  }

  @Test(arguments: editorSizes) func `an image that cannot be read when its edits are brought back`(
    _ size: Size
  ) async throws {
    let (rig, id) = try await BrowserRig.withServer()
    await rig.press("ejjd<Esc>", in: size)
    await rig.sandbox.inject(.badGateway, into: .path("/compute/v2.1/images/\(id)/metadata", .get))
    await rig.press("e", in: size)
    rig.record(size, "unreadable")
  }

  @Test(arguments: editorSizes) func `a damaged draft at the start`(_ size: Size) async throws {
    let (rig, _) = try await BrowserRig.withServer()
    await rig.press("ejjd<Esc>", in: size)
    try rig.damageDraft()
    let next = try rig.another()
    await next.start()
    next.record(size, "damaged-start")
    await next.press("u", in: size)
    next.record(size, "damaged-drafts")
    await next.press("D", in: size)
    await next.press("u", in: size)
    next.record(size, "damaged-only")
  }

  @Test(arguments: editorSizes) func `a text of an external editor that waits after a sudden end`(
    _ size: Size
  ) async throws {
    let (rig, _) = try await BrowserRig.withServer()
    await rig.press("eE", in: size)
    let next = try rig.another()
    await next.start()
    next.record(size, "text-waits-start")
    await next.press("e", in: size)
    next.record(size, "text-waits")
  }

  @Test(arguments: editorSizes) func `edits that are brought back after a sudden end`(_ size: Size)
    async throws
  {
    let (rig, id) = try await BrowserRig.withServer()
    await rig.press("ejjd<Esc>", in: size)
    let next = try rig.another()
    await next.sandbox.set("os_version", to: "24.04.1", on: id.rawValue)
    await next.start()
    next.record(size, "draft-start")
    await next.press("e", in: size)
    next.record(size, "brought-back")
  }

  @Test(arguments: editorSizes) func `more drafts than there is room for`(_ size: Size) async throws {
    let (rig, _) = try await BrowserRig.withFleet(Array(repeating: "ide", count: 18))
    for _ in 0..<18 { await rig.press("ed<Esc>j", in: size) }
    await rig.press("uG", in: size)
    rig.record(size, "drafts-many")
  }

  @Test(arguments: editorSizes) func `the question before a draft is thrown away`(_ size: Size) async throws {
    let (rig, _) = try await BrowserRig.withServer()
    await rig.press("ejjd<Esc>uD", in: size)
    rig.record(size, "discarding")
  }
}
