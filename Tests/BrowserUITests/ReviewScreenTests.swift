import BrowserModel
import BrowserRig
import BrowserUI
import Console
import Foundation
import NovaClient
import SandboxCloud
import Testing

/// Every state of the review of one image, and of what follows it, at both sizes, with and without Unicode.
@MainActor struct ReviewScreenTests {
  @Test(arguments: editorSizes) func `a review with a conflict`(_ size: Size) async throws {
    let (rig, id) = try await BrowserRig.withServer()
    await rig.sandbox.modify(id.rawValue) { $0.visibility = .shared }
    await rig.press("ejj<Enter><C-u>scsi<Enter>ahw_scsi_model<Enter>virtio-scsi<Enter>", in: size)
    await rig.press("jjd", in: size)
    await rig.sandbox.set("os_distro", to: "Ubuntu", on: id.rawValue)
    await rig.sandbox.set("os_version", to: "24.04.1", on: id.rawValue)
    await rig.press("w", in: size)
    rig.record(size, "review")
    await rig.press("m", in: size)
    rig.record(size, "review-chosen")
  }

  @Test(arguments: editorSizes) func `a review that is longer than the window`(_ size: Size) async throws {
    let (rig, id) = try await BrowserRig.withServer()
    await rig.press("e", in: size)
    for number in 10..<50 { await rig.press("akey-\(number)<Enter>value<Enter>", in: size) }
    await rig.press("gjj<Enter><C-u>scsi<Enter>", in: size)
    await rig.sandbox.set("hw_disk_bus", to: "sata", on: id.rawValue)
    await rig.press("w", in: size)
    rig.record(size, "review-long")
    await rig.press("tG", in: size)
    rig.record(size, "review-long-end")
  }

  @Test(arguments: editorSizes) func `what the service refused`(_ size: Size) async throws {
    let (rig, id) = try await BrowserRig.withServer()
    await rig.press("ejj<Enter><C-u>scsi<Enter>w", in: size)
    await rig.sandbox.modify(id.rawValue) { image in
      image.owner = Accounts.adminProject.id
      image.visibility = .public
    }
    await rig.press("<Enter>", in: size)
    rig.record(size, "service-refused")
  }

  @Test(arguments: editorSizes) func `leaving while something is sent`(_ size: Size) async throws {
    let (rig, id) = try await BrowserRig.withServer()
    await rig.press("ejj<Enter><C-u>scsi<Enter>w", in: size)
    let gate = Gate()
    await rig.sandbox.inject(.hold(gate), into: .path("/compute/v2.1/images/\(id)/metadata", .put))
    _ = rig.browser.perform(.accept)
    await gate.arrival()
    _ = rig.browser.perform(.quitNow)
    rig.record(size, "quit-while-sending")
    await gate.open()
    await rig.browser.settled()
  }

  @Test(arguments: editorSizes) func `a save that is taken back`(_ size: Size) async throws {
    let (rig, id) = try await BrowserRig.withServer()
    await rig.press("ejj<Enter><C-u>scsi<Enter>w<Enter>", in: size)
    await rig.sandbox.set("os_version", to: "24.04.1", on: id.rawValue)
    rig.record(size, "saved")
    await rig.press("z", in: size)
    rig.record(size, "taking-back")
    await rig.press("<Enter>", in: size)
    rig.record(size, "taken-back")
  }

  @Test(arguments: editorSizes) func `nobody says who may see the image`(_ size: Size) async throws {
    let (rig, _) = try await BrowserRig.withServer()
    await rig.sandbox.inject(.badGateway, into: .path("/image/"))
    await rig.press("ejj<Enter><C-u>scsi<Enter>w", in: size)
    rig.record(size, "review-sharing-unknown")
  }

  @Test(arguments: editorSizes) func `more requests than stay in view`(_ size: Size) async throws {
    let rig = try BrowserRig(keeping: true)
    let items = (10..<30).map { ("key_\($0)", "value") }
    await rig.make("many-items", properties: Dictionary(uniqueKeysWithValues: items))
    await rig.start()
    await rig.press("e" + String(repeating: "dj", count: 20) + "w", in: size)
    rig.record(size, "review-requests")
    await rig.press("G", in: size)
    rig.record(size, "review-requests-end")
  }

  @Test(arguments: editorSizes) func `somebody was faster than Enter`(_ size: Size) async throws {
    let (rig, id) = try await BrowserRig.withServer()
    await rig.press("ejj<Enter><C-u>scsi<Enter>w", in: size)
    rig.time.advance(by: 20)
    await rig.sandbox.set("os_version", to: "24.04.1", on: id.rawValue)
    await rig.press("<Enter>", in: size)
    rig.record(size, "review-overtaken")
  }

  @Test(arguments: editorSizes) func `what cannot be sent, and what is so already`(_ size: Size) async throws
  {
    let (rig, id) = try await BrowserRig.withServer()
    await rig.press("ejj<Enter><C-u>scsi<Enter>", in: size)
    await rig.sandbox.modify(id.rawValue) { image in
      for number in 0..<123 { image.properties["filler_\(number)"] = "x" }
    }
    await rig.press("anew<Enter>value<Enter>w", in: size)
    rig.record(size, "review-too-many")
    await rig.sandbox.modify(id.rawValue) { image in
      for number in 0..<123 { image.properties["filler_\(number)"] = nil }
      image.properties["hw_disk_bus"] = "scsi"
      image.properties["new"] = "value"
    }
    await rig.press("<Esc>w", in: size)
    rig.record(size, "review-nothing")
  }

  @Test(arguments: editorSizes) func `the service is slow to say what it holds`(_ size: Size) async throws {
    let (rig, id) = try await BrowserRig.withServer()
    await rig.press("ejj<Enter><C-u>scsi<Enter>", in: size)
    let gate = Gate()
    await rig.sandbox.inject(.hold(gate), into: .path("/compute/v2.1/images/\(id)/metadata", .get))
    _ = rig.browser.perform(.review)
    await gate.arrival()
    rig.record(size, "review-reading")
    await gate.open()
    await rig.browser.settled()
  }
}
