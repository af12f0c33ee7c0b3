import BrowserModel
import BrowserRig
import Console
import Foundation
import NovaClient
import SandboxCloud
import Testing

/// What the screens of the metadata editor are made from.
extension BrowserRig {
  /// One image whose metadata has what is hard to show.
  static func withServer() async throws -> (BrowserRig, Image.ID) {
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

  /// Images with one item each, where it is given.
  static func withFleet(_ buses: [String?], name: String = "image") async throws -> (BrowserRig, [Image.ID]) {
    let rig = try BrowserRig(keeping: true)
    var ids: [Image.ID] = []
    for (number, bus) in buses.enumerated() {
      let digits = number < 10 && buses.count > 10 ? "0\(number)" : "\(number)"
      let id = await rig.make("\(name)-\(digits)", properties: ["os_distro": "debian"])
      ids.append(id)
      if let bus { await rig.sandbox.set("hw_disk_bus", to: bus, on: id.rawValue) }
    }
    await rig.start()
    return (rig, ids)
  }

  /// The screen of a state of the editor, in all that a terminal may be able to show.
  func record(_ size: Size, _ name: String) { expectGoldens("editor-\(name)", size) }

  /// A draft file of a program that is gone, which nobody can understand.
  func damageDraft() throws {
    let folder = "\(statePath)/drafts"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data("{\"cloud\": \"sand".utf8).write(to: URL(filePath: "\(folder)/half.gone.draft"))
  }
}

/// The windows that each state of the editor is looked at in.
let editorSizes = [Size.jumpHost, .desk]
