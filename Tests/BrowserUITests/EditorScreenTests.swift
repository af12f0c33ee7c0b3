import BrowserModel
import BrowserRig
import BrowserUI
import Console
import Foundation
import NovaClient
import SandboxCloud
import Testing

/// Every state of the table in which metadata is edited, at both sizes, with and without Unicode.
@MainActor struct EditorScreenTests {
  @Test(arguments: editorSizes) func `opened`(_ size: Size) async throws {
    let (rig, _) = try await BrowserRig.withServer()
    await rig.press("ejj", in: size)
    rig.record(size, "opened")
  }

  @Test(arguments: editorSizes) func `a value that is being typed, with a doubt`(_ size: Size) async throws {
    let (rig, _) = try await BrowserRig.withServer()
    await rig.press("ejj<Enter><C-u>virtoi", in: size)
    rig.record(size, "typing")
  }

  @Test(arguments: editorSizes) func `a value that is refused`(_ size: Size) async throws {
    let (rig, _) = try await BrowserRig.withServer()
    await rig.press(#"ejj<Enter>\q<Enter>"#, in: size)
    rig.record(size, "refused")
  }

  @Test(arguments: editorSizes) func `a key that is being added`(_ size: Size) async throws {
    let (rig, _) = try await BrowserRig.withServer()
    await rig.press("eahw_s", in: size)
    rig.record(size, "adding")
    await rig.press("csi<Enter>", in: size)
    rig.record(size, "adding-refused")
  }

  @Test(arguments: editorSizes) func `added, changed, renamed and deleted`(_ size: Size) async throws {
    let (rig, _) = try await BrowserRig.withServer()
    await rig.press("ejj<Enter><C-u>scsi<Enter>ahw_scsi_model<Enter>virtio-scsi<Enter>", in: size)
    await rig.press("Gdkkgjjjj", in: size)
    await rig.press("R<C-u>remark<Enter>", in: size)
    rig.record(size, "changed")
    await rig.press("<Esc>", in: size)
    expectGolden(rig.screen(size), "editor-left-\(size.name)")
  }

  @Test(arguments: editorSizes) func `a conflict that is known before the review`(_ size: Size) async throws {
    let (rig, id) = try await BrowserRig.withServer()
    await rig.press("ejj<Enter><C-u>scsi<Enter><Esc>", in: size)
    await rig.sandbox.set("hw_disk_bus", to: "sata", on: id.rawValue)
    await rig.press("e", in: size)
    rig.record(size, "conflict")
  }

  @Test(arguments: editorSizes) func `a file in the place of all`(_ size: Size) async throws {
    let (rig, _) = try await BrowserRig.withServer()
    await rig.press("er/no/such/file<Enter>", in: size)
    rig.record(size, "file")
  }

  @Test(arguments: editorSizes) func `read-only, and an image without metadata`(_ size: Size) async throws {
    let rig = try BrowserRig(readOnly: true)
    await rig.make("bare")
    await rig.start()
    await rig.press("ea", in: size)
    rig.record(size, "read-only")
  }

  @Test(arguments: editorSizes) func `a key that is being renamed, to one that is there`(_ size: Size)
    async throws
  {
    let (rig, _) = try await BrowserRig.withServer()
    await rig.press("ejjR<C-u>note<Enter>", in: size)
    rig.record(size, "renaming-refused")
  }

  @Test(arguments: editorSizes) func `what is typed and what is there in other scripts`(_ size: Size)
    async throws
  {
    let (rig, id) = try await BrowserRig.withServer()
    await rig.sandbox.set("note", to: "größer als 日本", on: id.rawValue)
    await rig.sandbox.set("owner_name", to: "Zoë\u{202e}x", on: id.rawValue)
    await rig.pass(5)
    await rig.press("ejjj<Enter> – é<Left><Left>", in: size)
    rig.record(size, "other-scripts")
  }

  @Test(arguments: editorSizes) func `a field that was left, which z opens again`(_ size: Size) async throws {
    let (rig, _) = try await BrowserRig.withServer()
    await rig.press("ejj<Enter>-scsi<Esc>", in: size)
    rig.record(size, "field-left")
  }

  @Test(arguments: editorSizes) func `more items than there is room for`(_ size: Size) async throws {
    let rig = try BrowserRig(keeping: true)
    let items = (10..<60).map { ("key_\($0)", "value \($0)") }
    await rig.make("many-items", properties: Dictionary(uniqueKeysWithValues: items))
    await rig.start()
    await rig.press("e<C-d><C-d>jjj", in: size)
    rig.record(size, "long")
  }

  @Test(arguments: editorSizes)
  func `what others change while it is edited, and a rename that they have crossed`(
    _ size: Size
  ) async throws {
    let (rig, id) = try await BrowserRig.withServer()
    await rig.press("ejj", in: size)
    await rig.sandbox.set("empty", to: "not so", on: id.rawValue)
    await rig.sandbox.set("hw_disk_bus", to: "ide", on: id.rawValue)
    await rig.sandbox.set("added", to: "1", on: id.rawValue)
    await rig.pass(5)
    rig.record(size, "meanwhile")
    await rig.press("R<C-u>hw_cdrom_bus<Enter>", in: size)
    rig.record(size, "rename-crossed")
    await rig.press("w", in: size)
    rig.record(size, "rename-review")
  }
}
