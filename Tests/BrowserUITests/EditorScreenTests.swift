import BrowserModel
import BrowserRig
import BrowserUI
import Console
import Foundation
import NovaClient
import SandboxCloud
import Testing

/// Every state of the metadata editor, at both sizes, with and without Unicode.
@MainActor struct EditorScreenTests {
  private nonisolated static let sizes = [Size.jumpHost, .desk]

  private func rig() async throws -> (BrowserRig, Image.ID) {
    let rig = try BrowserRig(keeping: true)
    let id = await rig.make(
      "ubuntu-24.04-server",
      properties: [
        "architecture": "x86_64", "hw_disk_bus": "virtio", "os_distro": "ubuntu", "os_version": "24.04",
        "note": "first line\nsecond line\twith a tab and \u{1b}[31mcolour", "empty": "",
      ])
    await rig.start()
    return (rig, id)
  }

  private func record(_ rig: BrowserRig, _ size: Size, _ name: String) {
    rig.expectGoldens("editor-\(name)", size)
  }

  @Test(arguments: sizes) func `opened`(_ size: Size) async throws {
    let (rig, _) = try await rig()
    await rig.press("ejj", in: size)
    record(rig, size, "opened")
  }

  @Test(arguments: sizes) func `a value that is being typed, with a doubt`(_ size: Size) async throws {
    let (rig, _) = try await rig()
    await rig.press("ejj<Enter><C-u>virtoi", in: size)
    record(rig, size, "typing")
  }

  @Test(arguments: sizes) func `a value that is refused`(_ size: Size) async throws {
    let (rig, _) = try await rig()
    await rig.press(#"ejj<Enter>\q<Enter>"#, in: size)
    record(rig, size, "refused")
  }

  @Test(arguments: sizes) func `a key that is being added`(_ size: Size) async throws {
    let (rig, _) = try await rig()
    await rig.press("eahw_s", in: size)
    record(rig, size, "adding")
    await rig.press("csi<Enter>", in: size)
    record(rig, size, "adding-refused")
  }

  @Test(arguments: sizes) func `added, changed, renamed and deleted`(_ size: Size) async throws {
    let (rig, _) = try await rig()
    await rig.press("ejj<Enter><C-u>scsi<Enter>ahw_scsi_model<Enter>virtio-scsi<Enter>", in: size)
    await rig.press("Gdkkgjjjj", in: size)
    await rig.press("R<C-u>remark<Enter>", in: size)
    record(rig, size, "changed")
    await rig.press("<Esc>", in: size)
    expectGolden(rig.screen(size), "editor-left-\(size.name)")
  }

  @Test(arguments: sizes) func `a review with a conflict`(_ size: Size) async throws {
    let (rig, id) = try await rig()
    await rig.sandbox.modify(id.rawValue) { $0.visibility = .shared }
    await rig.press("ejj<Enter><C-u>scsi<Enter>ahw_scsi_model<Enter>virtio-scsi<Enter>", in: size)
    await rig.press("jjd", in: size)
    await rig.sandbox.set("os_distro", to: "Ubuntu", on: id.rawValue)
    await rig.sandbox.set("os_version", to: "24.04.1", on: id.rawValue)
    await rig.press("w", in: size)
    record(rig, size, "review")
    await rig.press("m", in: size)
    record(rig, size, "review-chosen")
  }

  @Test func `what others change while it is edited, and a rename that they have crossed`() async throws {
    let (rig, id) = try await rig()
    await rig.press("ejj", in: .jumpHost)
    await rig.sandbox.set("empty", to: "not so", on: id.rawValue)
    await rig.sandbox.set("hw_disk_bus", to: "ide", on: id.rawValue)
    await rig.sandbox.set("added", to: "1", on: id.rawValue)
    await rig.pass(5)
    expectGolden(rig.screen(.jumpHost), "editor-meanwhile")
    await rig.press("R<C-u>hw_cdrom_bus<Enter>", in: .jumpHost)
    expectGolden(rig.screen(.jumpHost), "editor-rename-crossed")
    await rig.press("w", in: .jumpHost)
    expectGolden(rig.screen(.jumpHost), "editor-rename-review")
  }

  @Test func `the question before a draft is thrown away`() async throws {
    let (rig, _) = try await rig()
    await rig.press("ejjd<Esc>uD", in: .jumpHost)
    expectGolden(rig.screen(.jumpHost), "editor-discarding")
  }

  @Test(arguments: sizes) func `what the service refused`(_ size: Size) async throws {
    let (rig, id) = try await rig()
    await rig.press("ejj<Enter><C-u>scsi<Enter>w", in: size)
    await rig.sandbox.modify(id.rawValue) { image in
      image.owner = Accounts.adminProject.id
      image.visibility = .public
    }
    await rig.press("<Enter>", in: size)
    record(rig, size, "service-refused")
  }

  @Test(arguments: sizes) func `many images`(_ size: Size) async throws {
    let rig = try BrowserRig(keeping: true)
    var ids: [Image.ID] = []
    for (number, bus) in ["ide", "ide", "virtio", nil, "scsi", "ide"].enumerated() {
      let id = await rig.make("image-\(number)", properties: ["os_distro": "debian"])
      ids.append(id)
      if let bus { await rig.sandbox.set("hw_disk_bus", to: bus, on: id.rawValue) }
    }
    await rig.start()
    await rig.press("*e", in: size)
    record(rig, size, "many")
    await rig.press("<Enter>virtio<Enter>w", in: size)
    record(rig, size, "many-review")
    let gate = Gate()
    for number in [1, 3] {
      await rig.sandbox.inject(.badGateway, into: .path("/compute/v2.1/images/\(ids[number])", .put))
    }
    for number in [0, 4, 5] {
      await rig.sandbox.inject(.hold(gate), into: .path("/compute/v2.1/images/\(ids[number])", .put))
    }
    _ = rig.browser.perform(.accept)
    await gate.arrival(3)
    while case .review(let review) = rig.browser.overlay, review.done < 2 { await Task.yield() }
    rig.time.advance(by: 2)
    while rig.browser.now != rig.time.now { await Task.yield() }
    record(rig, size, "many-progress")
    await gate.open()
    await rig.browser.settled()
    record(rig, size, "many-results")
  }

  @Test(arguments: sizes) func `the list of drafts, and leaving with one`(_ size: Size) async throws {
    let (rig, _) = try await rig()
    await rig.press("ejjd<Esc>u", in: size)
    record(rig, size, "drafts")
    await rig.press("<Esc>q", in: size)
    record(rig, size, "quit-question")
  }

  @Test(arguments: sizes) func `read-only, and an image without metadata`(_ size: Size) async throws {
    let rig = try BrowserRig(readOnly: true)
    await rig.make("bare")
    await rig.start()
    await rig.press("ea", in: size)
    record(rig, size, "read-only")
  }

  @Test(arguments: sizes) func `a conflict that is known before the review`(_ size: Size) async throws {
    let (rig, id) = try await rig()
    await rig.press("ejj<Enter><C-u>scsi<Enter><Esc>", in: size)
    await rig.sandbox.set("hw_disk_bus", to: "sata", on: id.rawValue)
    await rig.press("e", in: size)
    record(rig, size, "conflict")
  }

  @Test(arguments: sizes) func `a review that is longer than the window`(_ size: Size) async throws {
    let (rig, id) = try await rig()
    await rig.press("e", in: size)
    for number in 10..<50 { await rig.press("akey-\(number)<Enter>value<Enter>", in: size) }
    await rig.press("gjj<Enter><C-u>scsi<Enter>", in: size)
    await rig.sandbox.set("hw_disk_bus", to: "sata", on: id.rawValue)
    await rig.press("w", in: size)
    record(rig, size, "review-long")
    await rig.press("tG", in: size)
    record(rig, size, "review-long-end")
  }

  @Test(arguments: sizes) func `a file in the place of all`(_ size: Size) async throws {
    let (rig, _) = try await rig()
    await rig.press("er/no/such/file<Enter>", in: size)
    record(rig, size, "file")
  }

  @Test(arguments: sizes) func `leaving while something is sent`(_ size: Size) async throws {
    let (rig, id) = try await rig()
    await rig.press("ejj<Enter><C-u>scsi<Enter>w", in: size)
    let gate = Gate()
    await rig.sandbox.inject(.hold(gate), into: .path("/compute/v2.1/images/\(id)/metadata", .put))
    _ = rig.browser.perform(.accept)
    await gate.arrival()
    _ = rig.browser.perform(.quitNow)
    record(rig, size, "quit-while-sending")
    await gate.open()
    await rig.browser.settled()
  }
}
