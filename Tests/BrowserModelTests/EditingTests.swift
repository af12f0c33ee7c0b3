import BrowserModel
import BrowserRig
import Foundation
import NovaClient
import SandboxCloud
import Testing

@MainActor struct EditingTests {
  @Test func `one changed key is read, written and read again, and nothing more`() async throws {
    let (rig, id) = try await BrowserRig.withImage()
    _ = await rig.metadataRequests()
    await rig.perform(.edit, .editValue, .type(.killToStart))
    #expect(try rig.editor.cursor == "hw_disk_bus")
    await rig.type("virtio")
    await rig.perform(.accept, .review)
    #expect(
      try rig.review.items[0].plan?.requests == [.set(key: "hw_disk_bus", value: "virtio")])
    await rig.perform(.accept)
    #expect(rig.browser.notice?.text == "Saved 1 change to web; z takes it back.")
    #expect(await rig.metadataRequests() == ["GET metadata", "PUT metadata/hw_disk_bus", "GET metadata"])
    #expect(try await rig.held(id) == ["hw_disk_bus": "virtio", "os_distro": "debian", "note": "a"])
    #expect(rig.browser.drafts.isEmpty)
    #expect(rig.browser.current?.metadata["hw_disk_bus"] == "virtio")
  }

  @Test func `ten changed keys are one write, and a draft that changes nothing sends nothing`() async throws {
    let (rig, _) = try await BrowserRig.withImage()
    _ = await rig.metadataRequests()
    await rig.perform(.edit)
    for number in 0..<10 {
      await rig.perform(.addKey)
      await rig.type("key-\(number)")
      await rig.perform(.accept)
      await rig.type("value")
      await rig.perform(.accept)
    }
    await rig.perform(.review, .accept)
    #expect(await rig.metadataRequests() == ["GET metadata", "POST metadata", "GET metadata"])
    await rig.perform(.edit, .deleteKey, .undo, .review)
    #expect(rig.browser.notice?.text == "Nothing is changed, so there is nothing to send.")
    #expect(await rig.metadataRequests().isEmpty)
  }

  @Test func `a rename adds before it deletes`() async throws {
    let (rig, id) = try await BrowserRig.withImage()
    _ = await rig.metadataRequests()
    await rig.perform(.edit, .renameKey, .type(.killToStart))
    await rig.type("hw_cdrom_bus")
    await rig.perform(.accept, .review, .accept)
    #expect(
      await rig.metadataRequests() == [
        "GET metadata", "PUT metadata/hw_cdrom_bus", "DELETE metadata/hw_disk_bus", "GET metadata",
      ])
    #expect(try await rig.held(id)["hw_cdrom_bus"] == "ide")
    #expect(try await rig.held(id)["hw_disk_bus"] == nil)
  }

  @Test func `what both changed is asked about, and what only they changed is left alone`() async throws {
    let (rig, id) = try await BrowserRig.withImage()
    await rig.perform(.edit, .editValue, .type(.killToStart))
    await rig.type("virtio")
    await rig.perform(.accept)
    await rig.sandbox.set("hw_disk_bus", to: "scsi", on: id.rawValue)
    await rig.sandbox.set("note", to: "theirs", on: id.rawValue)
    await rig.perform(.review)
    #expect(try rig.review.openConflicts == 1)
    await rig.perform(.accept)
    #expect(try rig.review.phase == .ready)
    await rig.perform(.chooseMine, .accept)
    #expect(try await rig.held(id) == ["hw_disk_bus": "virtio", "os_distro": "debian", "note": "theirs"])
  }

  @Test func `what changes while the review is being read is seen before anything is sent`() async throws {
    let (rig, id) = try await BrowserRig.withImage()
    await rig.perform(.edit, .editValue, .type(.killToStart))
    await rig.type("virtio")
    await rig.perform(.accept, .review)
    await rig.pass(3)
    await rig.sandbox.set("hw_disk_bus", to: "scsi", on: id.rawValue)
    await rig.perform(.accept)
    #expect(try rig.review.openConflicts == 1)
    #expect(try rig.review.note != nil)
    #expect(try await rig.held(id)["hw_disk_bus"] == "scsi")
    await rig.perform(.chooseTheirs, .accept)
    #expect(try await rig.held(id)["hw_disk_bus"] == "scsi")
    #expect(rig.browser.drafts.isEmpty)
  }

  @Test func `a service that says yes and stores nothing is found out, and the draft stays`() async throws {
    let (rig, id) = try await BrowserRig.withImage()
    await rig.perform(.edit, .editValue, .type(.killToStart))
    await rig.type("virtio")
    await rig.perform(.accept, .review)
    await rig.sandbox.inject(.loseWrite, into: .path("/compute/v2.1/images", .put))
    await rig.perform(.accept)
    #expect(try rig.editor.refusals["hw_disk_bus"] == "the service took it, but it holds \"ide\"")
    #expect(rig.browser.drafts.count == 1)
    await rig.perform(.review, .accept)
    #expect(try await rig.held(id)["hw_disk_bus"] == "virtio")
  }

  @Test func `a part that fails stays in the draft with its reason, the rest is done`() async throws {
    let (rig, id) = try await BrowserRig.withImage()
    await rig.perform(.edit, .editValue, .type(.killToStart))
    await rig.type("virtio")
    await rig.perform(.accept, .move(.down), .deleteKey, .move(.down), .deleteKey, .review)
    await rig.sandbox.inject(
      .unexpected("glanceclient.exc.HTTPConflict"),
      into: .path("/compute/v2.1/images/\(id)/metadata/note", .delete))
    await rig.perform(.accept)
    #expect(try await rig.held(id) == ["hw_disk_bus": "virtio", "note": "a"])
    let left = try rig.editor
    #expect(left.refusals.keys.sorted() == ["note"])
    #expect(left.session.rows.filter { $0.state != .unchanged }.map(\.key) == ["note"])
  }

  @Test func `a dropped answer is no reason to write twice`() async throws {
    let (rig, id) = try await BrowserRig.withImage()
    await rig.perform(.edit, .editValue, .type(.killToStart))
    await rig.type("virtio")
    await rig.perform(.accept, .review)
    _ = await rig.metadataRequests()
    await rig.sandbox.inject(.dropAnswer, into: .path("/compute/v2.1/images", .put))
    await rig.perform(.accept)
    // It arrived, as the reading shows.
    #expect(await rig.metadataRequests() == ["PUT metadata/hw_disk_bus", "GET metadata"])
    #expect(try await rig.held(id)["hw_disk_bus"] == "virtio")
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
    let (rig, _) = try await BrowserRig.withImage()
    await rig.perform(.edit, .addKey)
    await rig.type(key)
    await rig.perform(.accept)
    if try rig.editor.field?.kind == .newValue {
      await rig.type(value)
      await rig.perform(.accept)
    }
    let refused = try rig.editor.field?.refused
    #expect(refused?.contains(reason) == true, "\(refused ?? "it was taken")")
    #expect(try rig.editor.session.changeCount == 0)
  }

  @Test func `what is pasted into a value is data`() async throws {
    let (rig, id) = try await BrowserRig.withImage()
    await rig.perform(.edit, .addKey)
    await rig.type("pasted")
    await rig.perform(.accept, .type(.insert("two\nlines \\ and\ttab\u{1b}")), .accept, .review, .accept)
    #expect(try await rig.held(id)["pasted"] == "two\nlines \\ and\ttab\u{1b}")
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
    let groups = try rig.review.groups.map { "\($0.images.count) \($0.now ?? "absent") \($0.outcome)" }
    #expect(Set(groups) == ["2 ide ours", "1 absent ours", "1 scsi ours", "1 virtio already"])
    await rig.perform(.accept)
    #expect(
      rig.browser.notice?.text.hasPrefix("Saved 4 changes to 4 images") == true,
      "\(rig.browser.notice?.text ?? "")")
    for id in ids { #expect(try await rig.held(id)["hw_disk_bus"] == "virtio") }
    await rig.perform(.back, .back, .move(.first), .takeBack, .accept)
    #expect(rig.browser.notice?.text.hasPrefix("Took 4 changes") == true, "\(rig.browser.notice?.text ?? "")")
    var after: [String?] = []
    for id in ids { after.append(try await rig.held(id)["hw_disk_bus"]) }
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
    #expect(try rig.review.failed.count == 2)
    #expect(rig.browser.drafts.values.first?.subjects.count == 2)
    await rig.perform(.retry, .accept)
    // What became of each is shown until somebody has seen it.
    #expect(try rig.review.phase == .finished && rig.review.failed.isEmpty)
    await rig.perform(.accept)
    #expect(rig.browser.overlay == nil)
    #expect(rig.browser.drafts.isEmpty)
  }

  @Test func `the help lies over the editor, which is as it was afterwards`() async throws {
    let (rig, _) = try await BrowserRig.withImage()
    await rig.perform(.edit)
    await rig.change(to: "y")
    let editor = try rig.editor
    await rig.perform(.help, .search)
    await rig.type("undo")
    #expect(rig.browser.context == .pageSearch)
    await rig.perform(.accept, .move(.down), .back)
    #expect(rig.browser.raised?.search == nil && rig.browser.context == .page)
    await rig.perform(.back)
    #expect(rig.browser.context == .editor)
    #expect(try rig.editor == editor)
    await rig.perform(.review, .help, .quit)
    #expect(rig.browser.context == .review)
  }

  @Test func `what was chosen in a conflict stays chosen for who goes back for another edit`() async throws {
    let (rig, id) = try await BrowserRig.withImage()
    await rig.perform(.edit)
    await rig.change(to: "mine")
    let key = try #require(try rig.editor.cursor)
    await rig.sandbox.set(key, to: "theirs", on: id.rawValue)
    await rig.perform(.review, .chooseTheirs, .back, .addKey, .type(.insert("more")), .accept)
    await rig.perform(.type(.insert("1")), .accept, .review)
    #expect(try rig.review.openConflicts == 0)
    #expect(try rig.review.items[0].merge?.choices == [key: .theirs])
    // Another value of theirs is another conflict.
    await rig.perform(.back)
    await rig.sandbox.set(key, to: "another", on: id.rawValue)
    await rig.perform(.review)
    #expect(try rig.review.openConflicts == 1)
  }

  @Test func `an image service that hangs does not hold up the review`() async throws {
    let (rig, _) = try await BrowserRig.withImage()
    await rig.perform(.edit)
    await rig.change(to: "y")
    let gate = Gate()
    await rig.sandbox.inject(.hold(gate), into: .path("/image/v2/images", .get))
    _ = rig.browser.perform(.review)
    await gate.arrival()
    await rig.pass(2)
    #expect(try rig.review.phase == .ready && rig.review.items[0].visibility == .unknown)
    await gate.open()
  }

  @Test func `images of one name are told apart by their ids`() async throws {
    let rig = try BrowserRig(keeping: true)
    for name in ["web", "web", "db"] { await rig.make(name, properties: ["note": "x"]) }
    await rig.start()
    await rig.perform(.markAll, .edit)
    await rig.change(to: "y")
    await rig.perform(.review)
    let review = try rig.review
    let labels = review.items.map(review.label).sorted()
    #expect(labels[0] == "db" && labels[1].hasPrefix("web (") && labels[1] != labels[2])
  }

  @Test func `a save is taken back through the same review`() async throws {
    let (rig, id) = try await BrowserRig.withImage()
    await rig.perform(.takeBack)
    #expect(rig.browser.notice?.text == "There is no save of web to take back.")
    await rig.perform(.edit, .deleteKey, .move(.down), .deleteKey, .review, .accept)
    #expect(try await rig.held(id) == ["os_distro": "debian"])
    await rig.sandbox.set("note", to: "theirs", on: id.rawValue)
    await rig.perform(.takeBack)
    #expect(try rig.review.openConflicts == 1)
    await rig.perform(.chooseTheirs, .accept)
    #expect(try await rig.held(id) == ["hw_disk_bus": "ide", "os_distro": "debian", "note": "theirs"])
  }

  @Test func `a metadata write that takes an image from others is said loudly`() async throws {
    let (rig, id) = try await BrowserRig.withImage()
    await rig.sandbox.modify(id.rawValue) { $0.visibility = .shared }
    await rig.perform(.edit, .deleteKey, .review)
    #expect(try rig.review.items[0].visibility == .becomesPrivate("open to the projects it is shared with"))
    await rig.sandbox.modify(id.rawValue) { $0.visibility = .private }
    await rig.perform(.back, .review)
    #expect(try rig.review.items[0].visibility == .stays)
  }

  @Test func `a read-only session can look and change nothing`() async throws {
    let rig = try BrowserRig(readOnly: true, keeping: true)
    await rig.make("web", properties: ["a": "1"])
    await rig.start()
    await rig.perform(.edit, .editValue, .deleteKey, .addKey, .review)
    #expect(try rig.editor.session.changeCount == 0)
    #expect(try rig.editor.field == nil)
    #expect(rig.browser.notice?.weight == .warning)
  }

  @Test func `what was typed in a field that is left is said, and can be had back`() async throws {
    let (rig, _) = try await BrowserRig.withImage()
    await rig.perform(.edit, .editValue, .type(.killToStart))
    await rig.type("scsi")
    await rig.perform(.back)
    #expect(rig.browser.notice?.text == "Not taken over: \"scsi\". z, or the same field, has it again.")
    await rig.perform(.undo)
    #expect(try rig.editor.field?.text.text == "scsi")
    await rig.perform(.accept)
    #expect(try rig.editor.session.changeCount == 1)
    // Nothing was typed, so there is nothing to say.
    await rig.perform(.editValue, .back)
    #expect(rig.browser.notice == nil)
    await rig.perform(.undo)
    #expect(try rig.editor.session.changeCount == 0)
  }

  @Test func `what was left in several fields is there again in each, and undo goes past it`() async throws {
    let (rig, _) = try await BrowserRig.withImage()
    await rig.perform(.edit, .deleteKey, .move(.down), .editValue, .type(.insert("one")))
    let first = try #require(try rig.editor.field?.text.text)
    let key = try #require(try rig.editor.field?.key)
    await rig.perform(.back)
    await rig.perform(.addKey, .type(.insert("new")), .accept, .type(.insert("two")), .back)
    // Each is offered once, the last one first; left again, they wait in their fields.
    await rig.perform(.undo)
    #expect(try rig.editor.field?.text.text == "two")
    await rig.perform(.back, .undo)
    #expect(try rig.editor.field?.text.text == first)
    await rig.perform(.back, .undo)
    #expect(try rig.editor.field == nil && rig.editor.session.changeCount == 0)
    await rig.perform(.addKey, .type(.insert("new")), .accept)
    #expect(try rig.editor.field?.text.text == "two")
    rig.browser.stop()
    let next = try rig.another()
    await next.start()
    await next.perform(.edit, .back)
    while try next.editor.cursor != key { await next.perform(.move(.down)) }
    await next.perform(.editValue)
    #expect(try next.editor.field?.text.text == first)
  }

  @Test func `what is said of a field that is left is how it can be had back`() async throws {
    let (rig, _) = try await BrowserRig.withImage()
    await rig.perform(.edit, .addKey, .type(.insert("new")), .back)
    #expect(rig.browser.notice?.text == "Not taken over: \"new\". z has it again.")
    await rig.perform(.undo)
    #expect(try rig.editor.field?.text.text == "new")
    await rig.perform(.back)
    #expect(rig.browser.notice?.text == "Not taken over: \"new\".")
    await rig.perform(.undo)
    #expect(try rig.editor.field == nil)
    await rig.perform(.editValue, .type(.insert("x")), .back, .undo, .back)
    #expect(rig.browser.notice?.text.hasSuffix(". The same field has it again.") == true)
    await rig.perform(.editValue)
    #expect(try rig.editor.field?.text.text.contains("x") == true)
  }

  @Test func `what others did to a renamed item is asked about`() async throws {
    let (rig, id) = try await BrowserRig.withImage()
    await rig.perform(.edit, .renameKey, .type(.killToStart), .type(.insert("hw_cdrom_bus")), .accept)
    await rig.sandbox.set("hw_disk_bus", to: "scsi", on: id.rawValue)
    await rig.perform(.review)
    #expect(try rig.review.openConflicts == 1 && rig.review.cursorKey == "hw_cdrom_bus")
    await rig.perform(.back)
    #expect(try rig.editor.conflicts == ["hw_cdrom_bus": ["scsi"]])
    await rig.perform(.review, .chooseTheirs, .accept)
    #expect(try await rig.held(id) == ["hw_cdrom_bus": "scsi", "os_distro": "debian", "note": "a"])
  }

  @Test
  func `a renamed item is deleted under the key that the service knows, and comes back from its new one`()
    async throws
  {
    let (rig, _) = try await BrowserRig.withImage()
    await rig.perform(.edit, .renameKey, .type(.insert("2")), .accept)
    #expect(try rig.editor.cursor == "hw_disk_bus2")
    await rig.perform(.deleteKey)
    #expect(try rig.editor.cursor == "hw_disk_bus" && rig.editor.current?.state == .deleted)
    #expect(try rig.editor.session.changeCount == 1)
    await rig.perform(.deleteKey)
    #expect(try rig.editor.session.changeCount == 0)
    // On the row that it has left, it is the rename that is taken back, and what was typed stays.
    await rig.perform(.renameKey, .type(.insert("2")), .accept)
    await rig.change(to: "virtio")
    await rig.perform(.move(.first), .deleteKey)
    #expect(try rig.editor.session.changeCount == 1)
    #expect(try rig.editor.current?.value == .same("virtio") && rig.editor.cursor == "hw_disk_bus")
    // And who renames there renames the item, wherever it is.
    await rig.perform(.renameKey, .type(.insert("3")), .accept, .move(.first), .renameKey)
    #expect(try rig.editor.field?.key == "hw_disk_bus3")
  }

  @Test func `a deleted item is brought back by who opens it`() async throws {
    let (rig, _) = try await BrowserRig.withImage()
    await rig.perform(.edit, .deleteKey)
    let key = try #require(try rig.editor.cursor)
    #expect(try rig.editor.current?.state == .deleted)
    await rig.perform(.editValue)
    #expect(try rig.editor.field?.key == key)
    await rig.perform(.accept)
    #expect(try rig.editor.session.changeCount == 0)
    await rig.perform(.deleteKey, .renameKey, .type(.insert("2")), .accept)
    #expect(try rig.editor.session.rows.contains { $0.key == key + "2" && $0.origin == key })
  }

  @Test func `texts that only look alike are two`() async throws {
    let (rig, id) = try await BrowserRig.withImage()
    await rig.sandbox.set("note", to: "caf\u{e9}", on: id.rawValue)
    await rig.pass(5)
    await rig.perform(.edit)
    while try rig.editor.cursor != "note" { await rig.perform(.move(.down)) }
    await rig.change(to: "cafe\u{301}")
    #expect(try rig.editor.session.changeCount == 1)
    await rig.perform(.review, .accept)
    #expect(try await rig.held(id)["note"].isExactly("cafe\u{301}"))
    // A colleague's is a change too, and a conflict with ours.
    await rig.perform(.edit)
    while try rig.editor.cursor != "note" { await rig.perform(.move(.down)) }
    await rig.change(to: "mine")
    await rig.sandbox.set("note", to: "caf\u{e9}", on: id.rawValue)
    await rig.perform(.review)
    #expect(try rig.review.openConflicts == 1)
  }

  @Test func `Enter twice changes nothing where images differ`() async throws {
    let rig = try BrowserRig(keeping: true)
    for (number, note) in ["a", "b"].enumerated() {
      await rig.make("image-\(number)", properties: ["note": note])
    }
    await rig.start()
    await rig.perform(.markAll, .edit, .editValue, .accept)
    #expect(try rig.editor.session.changeCount == 0)
    await rig.perform(.editValue, .type(.left), .accept)
    #expect(try rig.editor.session.changeCount == 0)
    // An empty value is one that was emptied by hand.
    await rig.perform(.editValue)
    await rig.type("x")
    await rig.perform(.type(.backspace), .accept)
    #expect(try rig.editor.session.rows.first?.value == .same(""))
  }

  @Test func `the key of an item whose value was not typed yet can be had back`() async throws {
    let (rig, _) = try await BrowserRig.withImage()
    await rig.perform(.edit, .addKey, .type(.insert("my_key")), .accept, .back)
    #expect(rig.browser.notice?.text.contains("my_key") == true)
    await rig.perform(.undo, .type(.insert("value")), .accept)
    #expect(try rig.editor.session.rows.contains { $0.key == "my_key" && $0.value == .same("value") })
  }

  @Test func `a text that was left outlives the editor and the program, without calling for attention`()
    async throws
  {
    let (rig, id) = try await BrowserRig.withImage()
    await rig.perform(.edit, .editValue, .type(.killToStart), .type(.insert("a long story")), .back, .back)
    #expect(rig.browser.notice?.text.contains("a long story") == true)
    #expect(!rig.browser.hasDraft(id))
    #expect(await rig.perform(.quit) == .quit)
    let next = try rig.another()
    await next.start()
    #expect(next.browser.notice == nil)
    await next.perform(.edit)
    #expect(next.browser.notice?.text.contains("a long story") == true)
    await next.perform(.undo)
    #expect(try next.editor.field?.text.text == "a long story")
    // Later edits are undone first.
    await next.perform(.back, .move(.down), .deleteKey, .undo)
    #expect(try next.editor.field == nil)
    // What was left a second time does not stand in the way of undoing; its field has it still.
    await next.perform(.undo)
    #expect(try next.editor.field == nil)
    await next.perform(.move(.up), .editValue)
    #expect(try next.editor.field?.text.text == "a long story")
    next.time.advance(by: 8 * 86_400)
    let later = try next.another()
    await later.start()
    await later.perform(.edit)
    #expect(later.browser.notice?.text.contains("brought back") == true, "a field was open at the end")
  }

  @Test(arguments: [("mappings", "JSON"), ("kernel_id", "delete the key")])
  func `a rename is refused where the value cannot go`(key: String, reason: String) async throws {
    let rig = try BrowserRig(keeping: true)
    let id = await rig.make("web", properties: ["note": "none"])
    await rig.start()
    await rig.perform(.edit, .renameKey, .type(.killToStart), .type(.insert(key)), .accept)
    #expect(try rig.editor.field?.refused?.contains(reason) == true)
    // By whatever way it comes: it is not sent.
    let plan = MetadataPlan(MetadataMerge(base: [:], now: [:], mine: [key: "none"]))
    #expect(plan.refusal?.contains(reason) == true && plan.requests.isEmpty)
    #expect(try await rig.held(id) == ["note": "none"])
  }

  @Test func `a key that came in by another way gets no other value`() async throws {
    let rig = try BrowserRig(keeping: true)
    await rig.make("web", properties: ["a/b": "1"])
    await rig.start()
    await rig.perform(.edit)
    await rig.change(to: "2")
    #expect(try rig.editor.field?.refused?.contains("cannot be in a key") == true)
  }

  @Test func `of many images those that have no room are left out with the reason`() async throws {
    let rig = try BrowserRig(keeping: true)
    let full = await rig.make(
      "full", properties: Dictionary(uniqueKeysWithValues: (0..<128).map { ("key-\($0)", "1") }))
    let free = await rig.make("free")
    await rig.start()
    await rig.perform(.markAll, .edit, .addKey, .type(.insert("note")), .accept, .type(.insert("x")), .accept)
    await rig.perform(.review)
    #expect(try rig.review.refusals.map(\.name) == ["full"] && rig.review.canSend)
    await rig.perform(.accept)
    #expect(try rig.review.failed.map(\.id) == [full])
    #expect(try await rig.held(free) == ["note": "x"])
  }

  @Test func `a review of many tells who is in conflict, and what was chosen`() async throws {
    let (rig, ids) = try await BrowserRig.withImages(4)
    await rig.change(to: "y")
    await rig.sandbox.set("note", to: "theirs", on: ids[2].rawValue)
    await rig.perform(.review)
    let open = try #require(try rig.review.groups.first { $0.outcome == .conflict })
    #expect(open.images == ["image-2"] && open.now == "theirs" && open.mine == "y" && open.choice == nil)
    await rig.perform(.chooseTheirs)
    #expect(try rig.review.groups.first { $0.outcome == .conflict }?.choice == .theirs)
  }
}
