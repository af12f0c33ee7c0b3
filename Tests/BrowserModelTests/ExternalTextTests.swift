import BrowserModel
import BrowserRig
import Foundation
import NovaClient
import SandboxCloud
import Testing

/// Editing in the person's own editor, which is a function here.
@MainActor struct ExternalTextTests {
  @Test func `an editor's result becomes edits, and goes out as one write`() async throws {
    let (rig, id) = try await BrowserRig.withImage()
    rig.answer(
      [{ $0.replacingOccurrences(of: "hw_disk_bus: ide", with: "hw_disk_bus: virtio\nadded: \"yes\"") }])
    await rig.perform(.external)
    #expect(try rig.editor.session.changeCount == 2)
    _ = await rig.metadataRequests()
    await rig.perform(.review, .accept)
    #expect(
      await rig.metadataRequests() == ["GET metadata", "GET metadata", "PUT metadata", "GET metadata"])
    #expect(
      try await rig.held(id) == [
        "hw_disk_bus": "virtio", "os_distro": "debian", "note": "a", "added": "yes",
      ])
    // What is done leaves no draft behind, and can be taken back.
    #expect(rig.browser.draftList.isEmpty && rig.draftFiles.isEmpty)
    await rig.perform(.takeBack)
    #expect(try rig.review.isTakingBack)
  }

  @Test func `an editor that comes back at once with one mistake after the other is not asked for ever`()
    async throws
  {
    let (rig, _) = try await BrowserRig.withImage()
    var calls = 0
    rig.answer(
      (0..<20).map { number in
        { _ in
          calls += 1
          return "- \(number)\n"
        }
      })
    await rig.perform(.external)
    #expect((2...5).contains(calls))
    #expect(
      rig.browser.notice?.text
        == "Nothing was taken over: Line 1: write each item as key: value. E opens the text again.")
    // And it says the last mistake on top.
    var seen = ""
    rig.answer([
      { text in
        seen = text
        return text
      }
    ])
    await rig.perform(.external)
    #expect(seen == "#! Line 2: write each item as key: value\n- \(calls - 1)\n")
    #expect(try !rig.editor.session.hasChanges)
  }

  @Test func `what takes the place of all is still one write after a restart, and asks about conflicts`()
    async throws
  {
    let (rig, id) = try await BrowserRig.withImage()
    rig.answer([{ _ in "hw_disk_bus: virtio\nnote: a\nadded: \"yes\"\n" }])
    await rig.perform(.external, .back)
    await rig.sandbox.set("hw_disk_bus", to: "scsi", on: id.rawValue)
    await rig.sandbox.set("note", to: "theirs", on: id.rawValue)
    let next = try rig.another()
    await next.start()
    await next.perform(.edit, .review)
    #expect(try next.review.openConflicts == 1 && next.review.cursorKey == "hw_disk_bus")
    await next.perform(.chooseMine)
    _ = await next.metadataRequests()
    await next.perform(.accept)
    #expect(await next.metadataRequests() == ["GET metadata", "PUT metadata", "GET metadata"])
    #expect(try await next.held(id) == ["hw_disk_bus": "virtio", "note": "theirs", "added": "yes"])
  }

  @Test func `what takes the place of all and fails is tried again as one write`() async throws {
    let (rig, _) = try await BrowserRig.withImage()
    rig.answer([{ _ in "hw_disk_bus: virtio\nadded: \"yes\"\n" }])
    await rig.perform(.external, .review)
    await rig.sandbox.inject(.badGateway, into: .path("/compute/v2.1/images", .put))
    await rig.perform(.accept, .review)
    _ = await rig.metadataRequests()
    await rig.perform(.accept)
    #expect(await rig.metadataRequests() == ["GET metadata", "PUT metadata", "GET metadata"])
  }

  @Test func `a mistake opens the file again with the message on top`() async throws {
    let (rig, _) = try await BrowserRig.withImage()
    var seen: [String] = []
    rig.answer(
      [
        { _ in "hw_disk_bus: [no, list]\n" },
        { text in
          seen.append(text)
          return "hw_disk_bus: scsi\nos_distro: debian\nnote: a\n"
        },
      ])
    await rig.perform(.external)
    #expect(seen.first?.hasPrefix("#") == true)
    #expect(seen.first?.contains("hw_disk_bus: [no, list]") == true)
    #expect(try rig.editor.session.rows.filter { $0.state != .unchanged }.map(\.key) == ["hw_disk_bus"])
  }

  @Test func `an unchanged file and an empty one change nothing`() async throws {
    let (rig, _) = try await BrowserRig.withImage()
    for edit in [{ $0 }, { _ in "" }, { _ in "# only a comment\n" }] as [(String) -> String] {
      rig.answer([edit])
      await rig.perform(.external)
      #expect(try rig.editor.session.changeCount == 0)
      #expect(rig.browser.notice?.text == "Nothing was changed.")
      await rig.perform(.back)
    }
  }

  @Test func `what comes in from the service while the file is open is left alone`() async throws {
    let (rig, id) = try await BrowserRig.withImage()
    await rig.perform(.edit)
    await rig.change(to: "virtio")
    await rig.perform(.back)
    await rig.sandbox.set("note", to: "theirs", on: id.rawValue)
    await rig.sandbox.set("added", to: "theirs", on: id.rawValue)
    // The draft is brought onto what the service holds while the editor has the file already.
    var path = ""
    rig.browser.carryOut = { if case .editFile(let file) = $0 { path = file } }
    await rig.perform(.external)
    try Data("hw_disk_bus: scsi\nos_distro: debian\nnote: a\n".utf8).write(to: URL(filePath: path))
    rig.browser.edited(problem: nil)
    await rig.perform(.review)
    #expect(try rig.review.openConflicts == 0)
    await rig.perform(.accept)
    #expect(
      try await rig.held(id) == [
        "hw_disk_bus": "scsi", "os_distro": "debian", "note": "theirs", "added": "theirs",
      ])
  }

  @Test func `a read-only session opens no editor`() async throws {
    let rig = try BrowserRig(readOnly: true, keeping: true)
    await rig.make("web", properties: ["a": "1"])
    await rig.start()
    var isOpened = false
    rig.browser.carryOut = { if case .editFile = $0 { isOpened = true } }
    await rig.perform(.external)
    #expect(!isOpened)
    #expect(rig.browser.notice?.text.contains("read-only") == true)
  }

  // MARK: A file that the person names

  private func file(_ text: String, in rig: BrowserRig) throws -> String {
    try FileManager.default.createDirectory(atPath: rig.statePath, withIntermediateDirectories: true)
    let path = "\(rig.statePath)/metadata.json"
    try Data(text.utf8).write(to: URL(filePath: path))
    return path
  }

  @Test(arguments: ["note: b\nos_distro: debian\n", #"{"note": "b", "os_distro": "debian"}"#])
  func `a file takes the place of all, as one write`(_ text: String) async throws {
    let (rig, id) = try await BrowserRig.withImage()
    await rig.perform(.edit, .replaceFromFile, .type(.insert(try file(text, in: rig))), .accept)
    #expect(try rig.editor.session.changeCount == 2)
    _ = await rig.metadataRequests()
    await rig.perform(.review, .accept)
    #expect(
      await rig.metadataRequests() == ["GET metadata", "GET metadata", "PUT metadata", "GET metadata"])
    #expect(try await rig.held(id) == ["note": "b", "os_distro": "debian"])
  }

  @Test func `a path is completed`() async throws {
    let (rig, _) = try await BrowserRig.withImage()
    let path = try file("note: b", in: rig)
    await rig.perform(.edit, .replaceFromFile, .type(.insert(String(path.dropLast(5)))), .complete)
    #expect(try rig.editor.field?.text.text == path)
    await rig.perform(.type(.killToStart), .type(.insert(String(rig.statePath.dropLast(3)))), .complete)
    #expect(try rig.editor.field?.text.text == rig.statePath + "/")
  }

  @Test(arguments: [
    ("", "holds nothing"), ("name: x", "a field of the image"), ("note: [1, 2]", "single text"),
    (String(repeating: "#", count: 2 << 20), "too large"),
  ])
  func `a file that makes no sense is refused in its field`(text: String, reason: String) async throws {
    let (rig, _) = try await BrowserRig.withImage()
    await rig.perform(.edit, .replaceFromFile, .type(.insert(try file(text, in: rig))), .accept)
    let refused = try rig.editor.field?.refused ?? "it was taken"
    #expect(refused.contains(reason), "\(refused)")
    await rig.perform(.type(.killToStart), .type(.insert("/no/such/file")), .accept)
    #expect(try rig.editor.field?.refused?.contains("No such file") == true)
    await rig.perform(.type(.killToStart), .type(.insert("/dev/zero")), .accept)
    #expect(try rig.editor.field?.refused?.contains("no file") == true)
    #expect(try rig.editor.session.changeCount == 0)
  }

  @Test func `a text that was left is compared with what it was made from`() async throws {
    let (rig, _) = try await BrowserRig.withImage()
    var path = ""
    rig.browser.carryOut = { if case .editFile(let file) = $0 { path = file } }
    await rig.perform(.external)
    try Data("hw_disk_bus: ide\nos_distro: debian\nnote: b\n".utf8).write(to: URL(filePath: path))
    rig.browser.edited(problem: "The editor ended with status 1.")
    #expect(rig.browser.notice?.text.contains("The text is kept") == true)
    // Meanwhile something is edited in the table.
    await rig.perform(.deleteKey)
    await rig.perform(.external)
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(text.hasPrefix("#! This is the text that you left."))
    rig.browser.edited(problem: nil)
    let rows = try rig.editor.session.rows
    #expect(rows.first { $0.key == "hw_disk_bus" }?.state == .deleted)
    #expect(rows.first { $0.key == "note" }?.value == .same("b"))
  }

  @Test func `an editor that fails and has changed nothing leaves nothing behind`() async throws {
    let (rig, _) = try await BrowserRig.withImage()
    rig.browser.carryOut = { _ in }
    await rig.perform(.external)
    rig.browser.edited(problem: "The editor ended with status 1.")
    #expect(rig.browser.notice?.text == "The editor ended with status 1. Nothing was changed.")
    await rig.perform(.back)
    #expect(rig.browser.drafts.isEmpty)
    #expect(await rig.perform(.quit) == .quit)
  }
}
