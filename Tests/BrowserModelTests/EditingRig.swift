import BrowserModel
import BrowserRig
import Foundation
import NovaClient
import SandboxCloud

/// What tests of editing ask of a rig.
extension BrowserRig {
  var editor: MetadataEditor { get throws { try browser.openEditor } }
  var review: Review { get throws { try browser.openReview } }

  /// One image that is ours, with three items.
  static func withImage() async throws -> (BrowserRig, Image.ID) {
    let rig = try BrowserRig(keeping: true)
    let id = await rig.make("web", properties: ["hw_disk_bus": "ide", "os_distro": "debian", "note": "a"])
    await rig.start()
    return (rig, id)
  }

  /// Some images with an item each, all of them marked and open in the editor.
  static func withImages(_ count: Int, note: String = "x") async throws -> (BrowserRig, [Image.ID]) {
    let rig = try BrowserRig(keeping: true)
    var ids: [Image.ID] = []
    for number in 0..<count { ids.append(await rig.make("image-\(number)", properties: ["note": note])) }
    await rig.start()
    await rig.perform(.markAll, .edit)
    return (rig, ids)
  }

  /// Gives the value under the cursor another text.
  func change(to value: String) async {
    await perform(.editValue, .type(.killToStart))
    await type(value)
    await perform(.accept)
  }

  func held(_ id: Image.ID) async throws -> [String: String] {
    try await client.metadata(of: id).mapValues(MetadataRules.text)
  }

  /// The requests for metadata since the last call.
  func metadataRequests() async -> [String] {
    let all = await sandbox.requests.filter { $0.contains("/metadata") }
    await sandbox.forgetRequests()
    return all.map { request in
      let words = request.split(separator: " ")
      return "\(words[0]) \(words[1].split(separator: "/").drop { $0 != "metadata" }.joined(separator: "/"))"
    }
  }

  /// What the terminal would do: hands the file to an editor, which is a function here.
  func answer(_ edits: [(String) -> String]) {
    var edits = edits
    browser.carryOut = { [self] effect in
      guard case .editFile(let path) = effect, !edits.isEmpty else { return }
      let edit = edits.removeFirst()
      let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
      try? Data(edit(text).utf8).write(to: URL(filePath: path))
      browser.edited(problem: nil)
    }
  }
}
