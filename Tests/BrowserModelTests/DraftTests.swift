import BrowserModel
import BrowserRig
import Foundation
import NovaClient
import SandboxCloud
import Testing

@MainActor struct DraftTests {
  @Test func `a draft outlives the program, with what was being typed`() async throws {
    let (rig, id) = try await BrowserRig.withImage()
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
    let editor = try next.editor
    #expect(editor.field?.text.text == "half a ke")
    #expect(editor.session.rows.first { $0.key == "hw_disk_bus" }?.state == .deleted)
    #expect(editor.session.rows.first { $0.key == "note" }?.value == .same("theirs"))
  }

  @Test func `what is half typed counts as unsaved`() async throws {
    let (rig, _) = try await BrowserRig.withImage()
    for command in [Command.editValue, .addKey] {
      await rig.perform(.edit, command)
      rig.time.advance(by: 0.5)
      await rig.browser.settled()
      // A field that is open and untouched is nothing to keep.
      #expect(rig.browser.unsavedChanges == 0 && rig.browser.draftList.isEmpty)
      await rig.perform(.back, .back)
    }
    await rig.perform(.edit, .addKey)
    await rig.type("half a ke")
    rig.time.advance(by: 0.5)
    await rig.browser.settled()
    #expect(rig.browser.unsavedChanges == 1)
    await rig.perform(.back, .deleteKey)
    #expect(rig.browser.unsavedChanges == 1)
  }

  @Test func `two programs do not destroy each other's drafts`() async throws {
    let (rig, id) = try await BrowserRig.withImage()
    let other = try rig.beside()
    await other.start()
    await rig.perform(.edit, .deleteKey, .back)
    await other.perform(.edit, .move(.down), .deleteKey, .back)
    #expect(rig.draftFiles.count == 2)
    let third = try rig.beside()
    await third.start()
    #expect(third.browser.drafts.isEmpty)
    #expect(third.browser.notice?.text == "2 drafts are open in another novalens.")
    #expect(!third.browser.hasDraft(id))
    // Who edits the same image is told, and both go on.
    await third.perform(.edit)
    #expect(third.browser.notice?.text == "Another novalens has unsaved edits of it open.")
    await third.perform(.deleteKey, .back, .edit)
    #expect(
      third.browser.notice?.text
        == "Another novalens has unsaved edits of it open. Unsaved edits of web brought back.")
    #expect(third.draftFiles.count == 3)
  }

  @Test func `steps can be undone and done again after a restart, on what others did meanwhile`() async throws
  {
    let (rig, id) = try await BrowserRig.withImage()
    await rig.perform(.edit)
    await rig.change(to: "virtio")
    await rig.perform(.renameKey, .type(.insert("2")), .accept, .move(.last), .deleteKey, .undo)
    await rig.sandbox.set("note", to: "theirs", on: id.rawValue)
    let next = try rig.another()
    await next.start()
    await next.perform(.edit)
    #expect(try next.editor.session.rows.first { $0.origin == "hw_disk_bus" }?.value == .same("virtio"))
    #expect(try next.editor.session.rows.first { $0.key == "note" }?.value == .same("theirs"))
    await next.perform(.redo)
    #expect(try next.editor.session.rows.first { $0.key == "os_distro" }?.state == .deleted)
    await next.perform(.undo, .undo, .undo)
    #expect(try next.editor.session.changeCount == 0)
    #expect(try next.editor.session.mine(next.editor.session.subjects[0])["note"] == "theirs")
  }

  @Test func `what another program has left is there when the drafts are listed`() async throws {
    let (rig, id) = try await BrowserRig.withImage()
    let other = try rig.beside()
    await other.start()
    await other.perform(.edit, .deleteKey, .back)
    await rig.perform(.drafts)
    #expect(rig.browser.drafts.isEmpty)
    other.browser.stop()
    await rig.perform(.drafts)
    #expect(rig.browser.overlay == .drafts(cursor: 0) && rig.browser.hasDraft(id))
  }

  @Test func `a draft of many images is on disk as it is, whatever is written of it once only`() async throws
  {
    let (rig, ids) = try await BrowserRig.withImages(3)
    await rig.change(to: "caf\u{e9}")
    await rig.sandbox.set("note", to: "cafe\u{301} \"subjects\":[]", on: ids[1].rawValue)
    await rig.perform(.back, .edit, .addKey, .type(.insert("\"subjects\":[]")))
    let kept = try #require(rig.browser.draftList.first)
    let next = try rig.another()
    await next.start()
    let found = try #require(next.browser.draftList.first)
    #expect(found.subjects == kept.subjects && found.history == kept.history)
    #expect(next.browser.notice?.text == "1 draft with unsaved edits: u lists them.")
  }

  @Test func `a field that was left before an edit does not come between undo and the edit`() async throws {
    let (rig, _) = try await BrowserRig.withImage()
    await rig.perform(.edit, .addKey)
    await rig.type("left")
    await rig.perform(.back, .deleteKey)
    // Neither the review nor the end of the program changes what undo undoes first.
    await rig.perform(.review, .back)
    let next = try rig.another()
    await next.start()
    await next.perform(.edit, .undo)
    #expect(try !next.editor.session.hasChanges && next.editor.field == nil)
    await next.perform(.undo)
    #expect(try next.editor.field?.text.text == "left")
  }

  @Test func `texts that were left do not keep the metadata of any number of images`() async throws {
    let (rig, _) = try await BrowserRig.withImages(110)
    await rig.perform(.addKey)
    await rig.type("first")
    await rig.perform(.back, .back)
    #expect(rig.browser.drafts.count == 1)
    // The same but for one image, so that it is another draft.
    await rig.pass(1)
    await rig.perform(.mark, .edit, .addKey)
    await rig.type("second")
    await rig.perform(.back, .back)
    #expect(rig.browser.drafts.values.map(\.subjects.count) == [109])
    await rig.perform(.edit, .undo)
    #expect(try rig.editor.field?.text.text == "second")
  }

  @Test func `a draft of a later program is named and left as it is`() async throws {
    let (rig, _) = try await BrowserRig.withImage()
    await rig.perform(.edit, .deleteKey, .back)
    let file = try #require(rig.draftFiles.first)
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let later = text.replacing(#""version":1"#, with: #""version":2"#)
    try #require(later != text)
    try Data(later.utf8).write(to: URL(filePath: file))
    let next = try rig.another()
    await next.start()
    #expect(next.browser.drafts.isEmpty && next.browser.damagedDrafts == [file])
    #expect(next.browser.notice?.text == "A draft could not be read (u names it).")
    #expect(try String(contentsOfFile: file, encoding: .utf8) == later)
  }

  @Test func `a damaged draft is set aside and named`() async throws {
    let (rig, _) = try await BrowserRig.withImage()
    await rig.perform(.edit, .deleteKey, .back)
    let file = try #require(rig.draftFiles.first)
    try Data("{\"id\":".utf8).write(to: URL(filePath: file))
    let next = try rig.another()
    await next.start()
    #expect(next.browser.drafts.isEmpty)
    #expect(next.browser.notice?.text.hasPrefix("A damaged draft was set aside (u names it).") == true)
    #expect(next.browser.damagedDrafts == [file + ".damaged"])
    #expect(FileManager.default.fileExists(atPath: file + ".damaged"))
  }

  @Test func `a draft of an image that is gone can be read and thrown away`() async throws {
    let (rig, id) = try await BrowserRig.withImage()
    await rig.perform(.edit, .deleteKey, .back)
    await rig.sandbox.remove(id.rawValue)
    await rig.perform(.drafts)
    #expect(rig.browser.draftList.first?.title == "web")
    await rig.perform(.accept)
    #expect(try rig.editor.session.changeCount == 1)
    #expect(rig.browser.notice?.text.contains("gone") == true)
    await rig.perform(.back, .drafts, .deleteKey)
    // What cannot be had back is asked about, and any other key is a no.
    #expect(rig.browser.context == .discardQuestion && rig.browser.question != nil)
    await rig.perform(.back)
    #expect(rig.browser.overlay == .drafts(cursor: 0) && rig.browser.drafts.count == 1)
    await rig.perform(.deleteKey, .confirm)
    #expect(rig.browser.drafts.isEmpty)
    #expect(rig.draftFiles.isEmpty)
  }

  @Test func `leaving with unsaved edits asks, and asked twice it is done`() async throws {
    let (rig, _) = try await BrowserRig.withImage()
    await rig.perform(.edit, .deleteKey)
    #expect(await rig.perform(.quitNow) == nil)
    await rig.perform(.back)
    #expect(try rig.editor.session.changeCount == 1)
    await rig.perform(.back)
    #expect(await rig.perform(.quit) == nil)
    #expect(await rig.perform(.confirm) == .quit)
    await rig.perform(.back)
    _ = await rig.perform(.quitNow)
    #expect(await rig.perform(.quitNow) == .quit)
  }

  @Test func `nobody else can read what is kept`() async throws {
    let (rig, _) = try await BrowserRig.withImage()
    await rig.perform(.edit, .deleteKey, .review, .accept, .edit, .deleteKey, .back)
    for path in try FileManager.default.subpathsOfDirectory(atPath: rig.statePath) {
      let attributes = try FileManager.default.attributesOfItem(atPath: "\(rig.statePath)/\(path)")
      let isFolder = attributes[.type] as? FileAttributeType == .typeDirectory
      #expect(attributes[.posixPermissions] as? Int == (isFolder ? 0o700 : 0o600), "\(path)")
    }
  }

  @Test func `what others changed as well is marked in the editor`() async throws {
    let (rig, id) = try await BrowserRig.withImage()
    await rig.perform(.edit)
    await rig.change(to: "virtio")
    await rig.perform(.back)
    await rig.sandbox.set("hw_disk_bus", to: "scsi", on: id.rawValue)
    await rig.perform(.edit)
    #expect(try rig.editor.conflicts == ["hw_disk_bus": ["scsi"]])
    // Nor is it forgotten when the review cannot be read.
    await rig.sandbox.inject(.drop, into: .path("/compute/v2.1/images/\(id)/metadata", .get), times: .max)
    await rig.perform(.review)
    #expect(rig.browser.notice?.text.hasPrefix("web could not be read") == true)
    #expect(try rig.editor.conflicts == ["hw_disk_bus": ["scsi"]])
    // Undone, there is nothing to disagree about.
    await rig.perform(.undo)
    #expect(try rig.editor.conflicts.isEmpty)
  }

  @Test func `a draft that is brought back and sent at once is what its editor shows`() async throws {
    let (rig, id) = try await BrowserRig.withImage()
    await rig.perform(.edit)
    await rig.change(to: "virtio")
    await rig.perform(.back)
    await rig.sandbox.set("note", to: "theirs", on: id.rawValue)
    let next = try rig.another()
    await next.start()
    await next.perform(.edit, .review)
    let merge = try #require(try next.review.items.first?.merge)
    #expect(merge.rows.filter { $0.outcome != .untouched }.map(\.key) == ["hw_disk_bus"])
    await next.perform(.accept)
    #expect(try await next.held(id) == ["hw_disk_bus": "virtio", "os_distro": "debian", "note": "theirs"])
    #expect(next.browser.drafts.isEmpty)
  }

  @Test func `a program that ends before the disk has the draft leaves the newest state`() async throws {
    let (rig, id) = try await BrowserRig.withImage()
    await rig.perform(.edit, .deleteKey, .back)
    let file = try #require(rig.draftFiles.first)
    // What a sudden end leaves: a newer state beside the file, and one that was not written whole.
    let text = try String(contentsOfFile: file, encoding: .utf8)
    try Data(text.replacing("hw_disk_bus", with: "os_distro").utf8).write(to: URL(filePath: file + ".98"))
    try Data(text.utf8.prefix(20)).write(to: URL(filePath: file + ".99"))
    let next = try rig.another()
    await next.start()
    #expect(next.browser.hasDraft(id))
    #expect(next.browser.draftList.first?.history.edits == [.delete(key: "os_distro")])
    #expect(next.browser.damagedDrafts.map { $0.hasSuffix(".99.damaged") } == [true])
    #expect(next.draftFiles.count == 1)
  }

  @Test func `drafts of two projects that share a name do not meet`() async throws {
    let (rig, _) = try await BrowserRig.withImage()
    await rig.perform(.edit, .deleteKey, .back)
    #expect(rig.browser.draftList.first?.project == rig.browser.place.projectID)
    let next = try rig.another()
    next.browser.start { Place(cloud: "sandbox", project: "demo", projectID: "another domain's") }
    await next.browser.settled()
    #expect(next.browser.drafts.isEmpty)
  }

  @Test func `drafts are found when the cloud comes back, and belong to its project`() async throws {
    let (rig, id) = try await BrowserRig.withImage()
    await rig.perform(.edit, .deleteKey, .back)
    let next = try rig.another()
    await next.sandbox.inject(.drop, into: .identity, times: 2)
    await next.start()
    #expect(next.browser.feed.connection != .live && !next.browser.hasDraft(id))
    await next.pass(2)
    await next.pass(5)
    #expect(next.browser.feed.connection == .live)
    #expect(next.browser.hasDraft(id))
    #expect(next.browser.notice?.text.contains("1 draft") == true)
    #expect(next.browser.draftList.allSatisfy { $0.project == next.browser.place.projectID })
  }

  @Test func `what is being typed is still compared with what the person has seen`() async throws {
    let (rig, id) = try await BrowserRig.withImage()
    await rig.perform(.edit, .editValue, .type(.killToStart), .type(.insert("virtio")))
    rig.time.advance(by: 0.5)
    await rig.browser.settled()
    let next = try rig.another()
    await rig.sandbox.set("hw_disk_bus", to: "scsi", on: id.rawValue)
    await next.start()
    await next.perform(.edit, .accept)
    #expect(try next.editor.conflicts == ["hw_disk_bus": ["scsi"]])
    await next.perform(.review)
    #expect(try next.review.openConflicts == 1)
  }

  @Test func `a read-only session looks at drafts and leaves them alone`() async throws {
    let (rig, id) = try await BrowserRig.withImage()
    await rig.perform(.edit, .editValue, .type(.killToStart), .type(.insert("virtio")))
    rig.time.advance(by: 0.5)
    await rig.browser.settled()
    let looker = try rig.another(readOnly: true)
    await looker.start()
    #expect(looker.browser.hasDraft(id))
    await looker.perform(.edit)
    #expect(try looker.editor.field == nil)
    await looker.perform(.back, .drafts, .deleteKey, .back)
    let next = try looker.another()
    await next.start()
    await next.perform(.edit)
    #expect(try next.editor.field?.text.text == "virtio")
  }

  @Test func `what was typed and left in a field outlives the saving of other edits`() async throws {
    let (rig, id) = try await BrowserRig.withImage()
    await rig.perform(.edit, .deleteKey, .move(.last), .editValue, .type(.insert("half")), .back)
    await rig.perform(.back)
    #expect(
      rig.browser.notice?.text == "1 unsaved change is kept; e goes on. Not taken over: \"debianhalf\".")
    await rig.perform(.edit, .review, .accept)
    #expect(
      rig.browser.notice?.text
        == "Saved 1 change to web; z takes it back. Not taken over: \"debianhalf\"; e has it.")
    #expect(!rig.browser.hasDraft(id))
    let next = try rig.another()
    await next.start()
    await next.perform(.edit, .undo)
    #expect(try next.editor.field?.text.text == "debianhalf" && next.editor.session.changeCount == 0)
  }

  @Test func `a draft that cannot be written is not said to be kept`() async throws {
    let (rig, _) = try await BrowserRig.withImage()
    try FileManager.default.createDirectory(atPath: rig.statePath, withIntermediateDirectories: true)
    try Data().write(to: URL(filePath: "\(rig.statePath)/drafts"))
    await rig.perform(.edit, .deleteKey, .back)
    #expect(rig.browser.notice?.text.hasPrefix("The unsaved changes are not on disk") == true)
    #expect(!rig.browser.draftFaults.isEmpty)
  }

  @Test func `an image of a draft of several is edited by itself, and both drafts stay`() async throws {
    let (rig, ids) = try await BrowserRig.withImages(3)
    await rig.change(to: "all")
    await rig.perform(.back, .back)
    #expect(rig.browser.marks.isEmpty && rig.browser.hasDraft(ids[0]))
    await rig.perform(.takeBack)
    #expect(rig.browser.notice?.text.contains("with other images") == true)
    await rig.perform(.edit)
    let image = try #require(try rig.editor.session.subjects.first)
    #expect(try rig.editor.session.subjects.count == 1 && rig.editor.session.changeCount == 0)
    #expect(
      rig.browser.notice?.text == "Unsaved edits of 3 images, it among them, are kept: Esc and u list them.")
    await rig.change(to: "one")
    await rig.perform(.back, .takeBack)
    #expect(rig.browser.notice?.text.contains("e goes on with them") == true)
    #expect(Set(rig.browser.draftList.map(\.subjects.count)) == [1, 3])
    await rig.perform(.edit)
    #expect(
      rig.browser.notice?.text
        == "Unsaved edits of \(image.name) brought back. Esc and u list those of 3 images, too.")
    // What the one sends is to the other what somebody else has done.
    await rig.perform(.review, .accept)
    #expect(try await rig.held(image.id) == ["note": "one"])
    await rig.perform(.drafts, .accept)
    #expect(try rig.editor.session.subjects.count == 3)
    #expect(try rig.editor.conflicts == ["note": ["one"]])
    await rig.perform(.review)
    #expect(try rig.review.openConflicts == 1)
    await rig.perform(.chooseTheirs, .accept)
    #expect(try await rig.held(image.id) == ["note": "one"])
    for id in ids where id != image.id { #expect(try await rig.held(id) == ["note": "all"]) }
  }

  @Test func `several images are edited together while one of them has a draft of its own`() async throws {
    let (rig, ids) = try await BrowserRig.withImages(3)
    await rig.perform(.back, .back, .edit)
    await rig.change(to: "one")
    let image = try #require(try rig.editor.session.subjects.first)
    await rig.perform(.back, .markAll, .edit)
    #expect(try rig.editor.session.subjects.count == 3)
    #expect(rig.browser.notice?.text == "Unsaved edits of \(image.name) alone are kept: Esc and u list them.")
    await rig.change(to: "all")
    await rig.perform(.back, .mark, .edit)
    #expect(try rig.editor.session.subjects.count == 2)
    #expect(
      rig.browser.notice?.text
        == "Unsaved edits of 3 images, some of these among them, are kept: Esc and u list them."
    )
    #expect(ids.allSatisfy(rig.browser.hasDraft))
  }

  @Test func `what somebody changes while it is being edited is marked at once`() async throws {
    let (rig, id) = try await BrowserRig.withImage()
    await rig.perform(.edit)
    await rig.change(to: "virtio")
    await rig.perform(.move(.last), .editValue, .type(.insert("half")))
    await rig.sandbox.set("hw_disk_bus", to: "scsi", on: id.rawValue)
    await rig.pass(5)
    #expect(try rig.editor.conflicts == ["hw_disk_bus": ["scsi"]])
    #expect(try rig.editor.field?.text.text == "debianhalf")
    // What we have not touched goes on showing what it was, and says what it is now.
    await rig.sandbox.set("note", to: "theirs", on: id.rawValue)
    await rig.sandbox.set("added", to: "theirs", on: id.rawValue)
    await rig.pass(5)
    #expect(try rig.editor.meanwhile == ["note": ["theirs"], "added": ["theirs"]])
    #expect(try rig.editor.cursor == "os_distro")
    #expect(try rig.editor.session.rows.first { $0.key == "note" }?.value == .same("a"))
  }
}
