import BrowserModel
import BrowserRig
import Foundation
import NovaClient
import SandboxCloud
import Testing

@MainActor struct EditingTests {
  private func editor(_ rig: BrowserRig) throws -> MetadataEditor {
    guard case .editor(let editor) = rig.browser.overlay else {
      throw Surprise("\(String(describing: rig.browser.overlay))")
    }
    return editor
  }

  private func review(_ rig: BrowserRig) throws -> Review {
    guard case .review(let review) = rig.browser.overlay else {
      throw Surprise("\(String(describing: rig.browser.overlay)), \(rig.browser.notice?.text ?? "")")
    }
    return review
  }

  private struct Surprise: Error {
    var what: String
    init(_ what: String) { self.what = what }
  }

  /// One image that is ours, with three items.
  private func rig() async throws -> (BrowserRig, Image.ID) {
    let rig = try BrowserRig(keeping: true)
    let id = await rig.make("web", properties: ["hw_disk_bus": "ide", "os_distro": "debian", "note": "a"])
    await rig.start()
    return (rig, id)
  }

  private func held(_ rig: BrowserRig, _ id: Image.ID) async throws -> [String: String] {
    try await rig.client.metadata(of: id).mapValues(MetadataRules.text)
  }

  /// The requests for metadata since the last call.
  private func requests(_ rig: BrowserRig) async -> [String] {
    defer { Task { await rig.sandbox.forgetRequests() } }
    let all = await rig.sandbox.requests.filter { $0.contains("/metadata") }
    await rig.sandbox.forgetRequests()
    return all.map { request in
      let words = request.split(separator: " ")
      return "\(words[0]) \(words[1].split(separator: "/").drop { $0 != "metadata" }.joined(separator: "/"))"
    }
  }

  @Test func `one changed key is read, written and read again, and nothing more`() async throws {
    let (rig, id) = try await rig()
    _ = await requests(rig)
    await rig.perform(.edit, .editValue, .type(.killToStart))
    #expect(try editor(rig).cursor == "hw_disk_bus")
    await rig.type("virtio")
    await rig.perform(.accept, .review)
    #expect(
      try review(rig).plan(try review(rig).items[0])?.requests == [.set(key: "hw_disk_bus", value: "virtio")])
    await rig.perform(.accept)
    #expect(rig.browser.notice?.text == "Saved 1 change to web; z takes it back.")
    #expect(await requests(rig) == ["GET metadata", "PUT metadata/hw_disk_bus", "GET metadata"])
    #expect(try await held(rig, id) == ["hw_disk_bus": "virtio", "os_distro": "debian", "note": "a"])
    #expect(rig.browser.drafts.isEmpty)
    #expect(rig.browser.current?.metadata["hw_disk_bus"] == "virtio")
  }

  @Test func `ten changed keys are one write, and a draft that changes nothing sends nothing`() async throws {
    let (rig, _) = try await rig()
    _ = await requests(rig)
    await rig.perform(.edit)
    for number in 0..<10 {
      await rig.perform(.addKey)
      await rig.type("key-\(number)")
      await rig.perform(.accept)
      await rig.type("value")
      await rig.perform(.accept)
    }
    await rig.perform(.review, .accept)
    #expect(await requests(rig) == ["GET metadata", "POST metadata", "GET metadata"])
    await rig.perform(.edit, .deleteKey, .undo, .review)
    #expect(rig.browser.notice?.text == "Nothing is changed, so there is nothing to send.")
    #expect(await requests(rig).isEmpty)
  }

  @Test func `a rename adds before it deletes`() async throws {
    let (rig, id) = try await rig()
    _ = await requests(rig)
    await rig.perform(.edit, .renameKey, .type(.killToStart))
    await rig.type("hw_cdrom_bus")
    await rig.perform(.accept, .review, .accept)
    #expect(
      await requests(rig) == [
        "GET metadata", "PUT metadata/hw_cdrom_bus", "DELETE metadata/hw_disk_bus", "GET metadata",
      ])
    #expect(try await held(rig, id)["hw_cdrom_bus"] == "ide")
    #expect(try await held(rig, id)["hw_disk_bus"] == nil)
  }

  @Test func `what both changed is asked about, and what only they changed is left alone`() async throws {
    let (rig, id) = try await rig()
    await rig.perform(.edit, .editValue, .type(.killToStart))
    await rig.type("virtio")
    await rig.perform(.accept)
    await rig.sandbox.set("hw_disk_bus", to: "scsi", on: id.rawValue)
    await rig.sandbox.set("note", to: "theirs", on: id.rawValue)
    await rig.perform(.review)
    #expect(try review(rig).openConflicts == 1)
    await rig.perform(.accept)
    #expect(try review(rig).phase == .ready)
    await rig.perform(.chooseMine, .accept)
    #expect(try await held(rig, id) == ["hw_disk_bus": "virtio", "os_distro": "debian", "note": "theirs"])
  }

  @Test func `what changes while the review is being read is seen before anything is sent`() async throws {
    let (rig, id) = try await rig()
    await rig.perform(.edit, .editValue, .type(.killToStart))
    await rig.type("virtio")
    await rig.perform(.accept, .review)
    await rig.pass(3)
    await rig.sandbox.set("hw_disk_bus", to: "scsi", on: id.rawValue)
    await rig.perform(.accept)
    #expect(try review(rig).openConflicts == 1)
    #expect(try review(rig).note != nil)
    #expect(try await held(rig, id)["hw_disk_bus"] == "scsi")
    await rig.perform(.chooseTheirs, .accept)
    #expect(try await held(rig, id)["hw_disk_bus"] == "scsi")
    #expect(rig.browser.drafts.isEmpty)
  }

  @Test func `a service that says yes and stores nothing is found out, and the draft stays`() async throws {
    let (rig, id) = try await rig()
    await rig.perform(.edit, .editValue, .type(.killToStart))
    await rig.type("virtio")
    await rig.perform(.accept, .review)
    await rig.sandbox.inject(.loseWrite, into: .path("/compute/v2.1/images", .put))
    await rig.perform(.accept)
    #expect(try editor(rig).refusals["hw_disk_bus"] == "the service took it, but it holds \"ide\"")
    #expect(rig.browser.drafts.count == 1)
    await rig.perform(.review, .accept)
    #expect(try await held(rig, id)["hw_disk_bus"] == "virtio")
  }

  @Test func `a part that fails stays in the draft with its reason, the rest is done`() async throws {
    let (rig, id) = try await rig()
    await rig.perform(.edit, .editValue, .type(.killToStart))
    await rig.type("virtio")
    await rig.perform(.accept, .move(.down), .deleteKey, .move(.down), .deleteKey, .review)
    await rig.sandbox.inject(
      .unexpected("glanceclient.exc.HTTPConflict"),
      into: .path("/compute/v2.1/images/\(id)/metadata/note", .delete))
    await rig.perform(.accept)
    #expect(try await held(rig, id) == ["hw_disk_bus": "virtio", "note": "a"])
    let left = try editor(rig)
    #expect(left.refusals.keys.sorted() == ["note"])
    #expect(left.session.rows.filter { $0.state != .unchanged }.map(\.key) == ["note"])
  }

  @Test func `a dropped answer is no reason to write twice`() async throws {
    let (rig, id) = try await rig()
    await rig.perform(.edit, .editValue, .type(.killToStart))
    await rig.type("virtio")
    await rig.perform(.accept, .review)
    _ = await requests(rig)
    await rig.sandbox.inject(.dropAnswer, into: .path("/compute/v2.1/images", .put))
    await rig.perform(.accept)
    // It arrived, as the reading shows.
    #expect(await requests(rig) == ["PUT metadata/hw_disk_bus", "GET metadata"])
    #expect(try await held(rig, id)["hw_disk_bus"] == "virtio")
    #expect(rig.browser.drafts.isEmpty)
  }

  @Test(arguments: [
    ("name", "x", "a field of the image"), ("a/b", "x", "/"), (" lead", "x", "space"),
    ("hw_disk_bus", "x", "already"),
    ("mappings", "no JSON", "JSON"), ("note2", String(repeating: "x", count: 256), "255"),
    ("note2", "😀", "😀"),
    ("note2", #"\q"#, "escape"),
  ])
  func `what the service would refuse is refused in its field`(key: String, value: String, reason: String)
    async throws
  {
    let (rig, _) = try await rig()
    await rig.perform(.edit, .addKey)
    await rig.type(key)
    await rig.perform(.accept)
    if try editor(rig).field?.kind == .newValue {
      await rig.type(value)
      await rig.perform(.accept)
    }
    let refused = try editor(rig).field?.refused
    #expect(refused?.contains(reason) == true, "\(refused ?? "it was taken")")
    #expect(try editor(rig).session.changeCount == 0)
  }

  @Test func `what is pasted into a value is data`() async throws {
    let (rig, id) = try await rig()
    await rig.perform(.edit, .addKey)
    await rig.type("pasted")
    await rig.perform(.accept, .type(.insert("two\nlines \\ and\ttab\u{1b}")), .accept, .review, .accept)
    #expect(try await held(rig, id)["pasted"] == "two\nlines \\ and\ttab\u{1b}")
  }

  @Test func `the same edits go to all that are marked, and are taken back as one`() async throws {
    let rig = try BrowserRig(keeping: true)
    var ids: [Image.ID] = []
    for (number, bus) in ["ide", "ide", "virtio", nil, "scsi"].enumerated() {
      ids.append(await rig.make("image-\(number)", properties: bus.map { ["hw_disk_bus": $0] } ?? [:]))
    }
    await rig.start()
    await rig.perform(.markAll, .edit, .editValue)
    await rig.type("virtio")
    await rig.perform(.accept, .review)
    let groups = try review(rig).groups.map { "\($0.count) \($0.now ?? "absent") \($0.outcome)" }
    #expect(Set(groups) == ["2 ide ours", "1 absent ours", "1 scsi ours", "1 virtio already"])
    await rig.perform(.accept)
    #expect(
      rig.browser.notice?.text.hasPrefix("Saved 4 changes to 4 images") == true,
      "\(rig.browser.notice?.text ?? "")")
    for id in ids { #expect(try await held(rig, id)["hw_disk_bus"] == "virtio") }
    await rig.perform(.back, .back, .move(.first), .takeBack, .accept)
    #expect(rig.browser.notice?.text.hasPrefix("Took 4 changes") == true, "\(rig.browser.notice?.text ?? "")")
    var after: [String?] = []
    for id in ids { after.append(try await held(rig, id)["hw_disk_bus"]) }
    #expect(after == ["ide", "ide", "virtio", nil, "scsi"])
  }

  @Test func `of many images those that fail can be tried again`() async throws {
    let rig = try BrowserRig(keeping: true)
    for number in 0..<6 { await rig.make("image-\(number)", properties: ["note": "x"]) }
    await rig.start()
    await rig.perform(.markAll, .edit, .editValue, .type(.killToStart))
    await rig.type("y")
    await rig.perform(.accept, .review)
    await rig.sandbox.inject(.badGateway, into: .path("/compute/v2.1/images", .put), times: 2)
    await rig.perform(.accept)
    #expect(try review(rig).failed.count == 2)
    #expect(rig.browser.drafts.values.first?.subjects.count == 2)
    await rig.perform(.retry, .accept)
    #expect(rig.browser.overlay == nil)
    #expect(rig.browser.drafts.isEmpty)
  }

  @Test func `a save is taken back through the same review`() async throws {
    let (rig, id) = try await rig()
    await rig.perform(.takeBack)
    #expect(rig.browser.notice?.text == "There is no save of web to take back.")
    await rig.perform(.edit, .deleteKey, .move(.down), .deleteKey, .review, .accept)
    #expect(try await held(rig, id) == ["os_distro": "debian"])
    await rig.sandbox.set("note", to: "theirs", on: id.rawValue)
    await rig.perform(.takeBack)
    #expect(try review(rig).openConflicts == 1)
    await rig.perform(.chooseTheirs, .accept)
    #expect(try await held(rig, id) == ["hw_disk_bus": "ide", "os_distro": "debian", "note": "theirs"])
  }

  @Test func `a metadata write that takes an image from others is said loudly`() async throws {
    let (rig, id) = try await rig()
    await rig.sandbox.modify(id.rawValue) { $0.visibility = .shared }
    await rig.perform(.edit, .deleteKey, .review)
    #expect(try review(rig).items[0].visibility == .becomesPrivate("shared with other projects"))
    await rig.sandbox.modify(id.rawValue) { $0.visibility = .private }
    await rig.perform(.back, .review)
    #expect(try review(rig).items[0].visibility == .stays)
  }

  @Test func `a read-only session can look and change nothing`() async throws {
    let rig = try BrowserRig(readOnly: true, keeping: true)
    await rig.make("web", properties: ["a": "1"])
    await rig.start()
    await rig.perform(.edit, .editValue, .deleteKey, .addKey, .review)
    #expect(try editor(rig).session.changeCount == 0)
    #expect(try editor(rig).field == nil)
    #expect(rig.browser.notice?.weight == .warning)
  }

  // MARK: Drafts

  @Test func `a draft outlives the program, with what was being typed`() async throws {
    let (rig, id) = try await rig()
    await rig.perform(.edit, .deleteKey, .addKey)
    await rig.type("half a ke")
    rig.time.advance(by: 0.5)
    await rig.browser.settled()
    // It ends here without a word.
    let next = try rig.another()
    await next.start()
    #expect(next.browser.hasDraft(id))
    #expect(next.browser.notice?.text.contains("1 draft") == true)
    await rig.sandbox.set("note", to: "theirs", on: id.rawValue)
    await next.perform(.edit)
    let editor = try editor(next)
    #expect(editor.field?.text.text == "half a ke")
    #expect(editor.session.rows.first { $0.key == "hw_disk_bus" }?.state == .deleted)
    #expect(editor.session.rows.first { $0.key == "note" }?.value == .same("theirs"))
  }

  @Test func `two programs do not destroy each other's drafts`() async throws {
    let (rig, id) = try await rig()
    let other = try rig.beside()
    await other.start()
    await rig.perform(.edit, .deleteKey, .back)
    await other.perform(.edit, .move(.down), .deleteKey, .back)
    #expect(rig.draftFiles.count == 2)
    let third = try rig.beside()
    await third.start()
    #expect(third.browser.drafts.isEmpty)
    #expect(third.browser.notice?.text == "2 more in another novalens.")
    #expect(!third.browser.hasDraft(id))
  }

  @Test func `a damaged draft is set aside and named`() async throws {
    let (rig, _) = try await rig()
    await rig.perform(.edit, .deleteKey, .back)
    let file = try #require(rig.draftFiles.first)
    try Data("{\"id\":".utf8).write(to: URL(filePath: file))
    let next = try rig.another()
    await next.start()
    #expect(next.browser.drafts.isEmpty)
    #expect(next.browser.notice?.text.contains(".damaged") == true)
    #expect(FileManager.default.fileExists(atPath: file + ".damaged"))
  }

  @Test func `a draft of an image that is gone can be read and thrown away`() async throws {
    let (rig, id) = try await rig()
    await rig.perform(.edit, .deleteKey, .back)
    await rig.sandbox.remove(id.rawValue)
    await rig.perform(.drafts)
    #expect(rig.browser.draftList.first?.title == "web")
    await rig.perform(.accept)
    #expect(try editor(rig).session.changeCount == 1)
    #expect(rig.browser.notice?.text.contains("gone") == true)
    await rig.perform(.back, .drafts, .deleteKey)
    #expect(rig.browser.drafts.isEmpty)
    #expect(rig.draftFiles.isEmpty)
  }

  @Test func `leaving with unsaved edits asks, and asked twice it is done`() async throws {
    let (rig, _) = try await rig()
    await rig.perform(.edit, .deleteKey)
    #expect(await rig.perform(.quitNow) == nil)
    await rig.perform(.back)
    #expect(try editor(rig).session.changeCount == 1)
    await rig.perform(.back)
    #expect(await rig.perform(.quit) == nil)
    #expect(await rig.perform(.confirm) == .quit)
    await rig.perform(.back)
    _ = await rig.perform(.quitNow)
    #expect(await rig.perform(.quitNow) == .quit)
  }

  @Test func `nobody else can read what is kept`() async throws {
    let (rig, _) = try await rig()
    await rig.perform(.edit, .deleteKey, .review, .accept, .edit, .deleteKey, .back)
    for path in try FileManager.default.subpathsOfDirectory(atPath: rig.statePath) {
      let attributes = try FileManager.default.attributesOfItem(atPath: "\(rig.statePath)/\(path)")
      let isFolder = attributes[.type] as? FileAttributeType == .typeDirectory
      #expect(attributes[.posixPermissions] as? Int == (isFolder ? 0o700 : 0o600), "\(path)")
    }
  }

  // MARK: The person's own editor

  /// What the terminal would do: hands the file to an editor, which is a function here.
  private func answer(_ rig: BrowserRig, _ edits: [(String) -> String]) {
    var edits = edits
    rig.browser.carryOut = { effect in
      guard case .editFile(let path) = effect, !edits.isEmpty else { return }
      let edit = edits.removeFirst()
      let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
      try? Data(edit(text).utf8).write(to: URL(filePath: path))
      rig.browser.edited(problem: nil)
    }
  }

  @Test func `an editor's result becomes edits, and goes out as one write`() async throws {
    let (rig, id) = try await rig()
    answer(
      rig, [{ $0.replacingOccurrences(of: "hw_disk_bus: ide", with: "hw_disk_bus: virtio\nadded: \"yes\"") }])
    await rig.perform(.external)
    #expect(try editor(rig).session.changeCount == 2)
    _ = await requests(rig)
    await rig.perform(.review, .accept)
    #expect(await requests(rig) == ["GET metadata", "PUT metadata", "GET metadata"])
    #expect(
      try await held(rig, id) == [
        "hw_disk_bus": "virtio", "os_distro": "debian", "note": "a", "added": "yes",
      ])
  }

  @Test func `a mistake opens the file again with the message on top`() async throws {
    let (rig, _) = try await rig()
    var seen: [String] = []
    answer(
      rig,
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
    #expect(try editor(rig).session.rows.filter { $0.state != .unchanged }.map(\.key) == ["hw_disk_bus"])
  }

  @Test func `an unchanged file and an empty one change nothing`() async throws {
    let (rig, _) = try await rig()
    for edit in [{ $0 }, { _ in "" }, { _ in "# only a comment\n" }] as [(String) -> String] {
      answer(rig, [edit])
      await rig.perform(.external)
      #expect(try editor(rig).session.changeCount == 0)
      #expect(rig.browser.notice?.text == "Nothing was changed.")
      await rig.perform(.back)
    }
  }
}
