import BrowserModel
import BrowserRig
import BrowserUI
import Console
import Foundation
import NovaClient
import SandboxCloud
import Testing

/// Every state of editing several images at once, at both sizes, with and without Unicode.
@MainActor struct ManyImagesScreenTests {
  @Test(arguments: editorSizes) func `many images`(_ size: Size) async throws {
    let (rig, ids) = try await BrowserRig.withFleet(["ide", "ide", "virtio", nil, "scsi", "ide"])
    await rig.press("*e", in: size)
    rig.record(size, "many")
    await rig.press("<Enter>virtio<Enter>w", in: size)
    rig.record(size, "many-review")
    let gate = Gate()
    for number in [1, 3] {
      await rig.sandbox.inject(.badGateway, into: .path("/compute/v2.1/images/\(ids[number])", .put))
    }
    for number in [0, 4, 5] {
      await rig.sandbox.inject(.hold(gate), into: .path("/compute/v2.1/images/\(ids[number])", .put))
    }
    _ = rig.browser.perform(.accept)
    await gate.arrival(3)
    while case .review(let review) = rig.browser.overlay, review.items.count(where: { $0.outcome != nil }) < 2
    { await Task.yield() }
    rig.time.advance(by: 2)
    while rig.browser.now != rig.time.now { await Task.yield() }
    rig.record(size, "many-progress")
    await gate.open()
    await rig.browser.settled()
    rig.record(size, "many-results")
  }

  @Test(arguments: editorSizes) func `more images than there is room for, some of them left out`(
    _ size: Size
  ) async throws {
    let (rig, ids) = try await BrowserRig.withFleet(
      (0..<30).map { $0 % 5 == 4 ? nil : $0 % 3 == 0 ? "virtio" : "ide" }, name: "debian-12-node")
    await rig.press("*e<Enter>virtio<Enter>anote<Enter>moved<Enter>", in: size)
    await rig.sandbox.remove(ids[3].rawValue)
    await rig.sandbox.modify(ids[7].rawValue) { image in
      for number in 0..<126 { image.properties["filler_\(number)"] = "x" }
    }
    await rig.sandbox.inject(.badGateway, into: .path("/compute/v2.1/images/\(ids[8])/metadata", .get))
    await rig.press("w", in: size)
    rig.record(size, "many-review-long")
    await rig.press("G", in: size)
    rig.record(size, "many-review-long-end")
    await rig.sandbox.inject(.badGateway, into: .path("/compute/v2.1/images/\(ids[1])/metadata", .post))
    for id in ids[20...21] {
      await rig.sandbox.modify(id.rawValue) { image in
        image.owner = Accounts.adminProject.id
        image.visibility = .public
      }
    }
    await rig.press("<Enter>", in: size)
    rig.record(size, "many-results-long")
    await rig.press("G", in: size)
    rig.record(size, "many-results-long-end")
  }

  @Test(arguments: editorSizes) func `conflicts in several images`(_ size: Size) async throws {
    let (rig, ids) = try await BrowserRig.withFleet(["ide", "ide", "ide", "ide", "ide", "ide", "ide", "sata"])
    await rig.press("*e<Enter><C-u>virtio<Enter>", in: size)
    for id in ids[1...6] { await rig.sandbox.set("hw_disk_bus", to: "scsi", on: id.rawValue) }
    await rig.press("w", in: size)
    rig.record(size, "many-conflict")
    await rig.press("m", in: size)
    rig.record(size, "many-conflict-chosen")
  }

  @Test(arguments: editorSizes) func `stopping`(_ size: Size) async throws {
    let (rig, ids) = try await BrowserRig.withFleet(Array(repeating: "ide", count: 9))
    await rig.press("*e<Enter><C-u>virtio<Enter>w", in: size)
    let gate = Gate()
    for id in ids[0..<4] {
      await rig.sandbox.inject(.hold(gate), into: .path("/compute/v2.1/images/\(id)", .put))
    }
    _ = rig.browser.perform(.accept)
    await gate.arrival(4)
    _ = rig.browser.perform(.back)
    rig.record(size, "many-stopping")
    await gate.open()
    await rig.browser.settled()
    rig.record(size, "many-stopped")
  }
}
