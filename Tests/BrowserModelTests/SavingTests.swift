import BrowserModel
import BrowserRig
import Foundation
import NovaClient
import SandboxCloud
import Testing

/// What becomes of a save in which something else happens at the same time.
@MainActor struct SavingTests {
  private func writes(to id: Image.ID) -> RequestPattern {
    .path("/compute/v2.1/images/\(id)/metadata", .put)
  }

  /// A change that has arrived and whose answer is kept back.
  private func sending() async throws -> (BrowserRig, Image.ID, Gate) {
    let (rig, id) = try await BrowserRig.withImage()
    await rig.perform(.edit)
    await rig.change(to: "virtio")
    await rig.perform(.review)
    let gate = Gate()
    await rig.sandbox.inject(.holdAnswer(gate), into: writes(to: id))
    _ = rig.browser.perform(.accept)
    await gate.arrival()
    return (rig, id, gate)
  }

  /// Six images of which the first four are being written, as long as the gate holds them.
  private func sendingFourOfSix() async throws -> (BrowserRig, [Image.ID], Gate) {
    let (rig, ids) = try await BrowserRig.withImages(6)
    await rig.change(to: "y")
    await rig.perform(.review)
    let gate = Gate()
    for id in ids[0..<4] { await rig.sandbox.inject(.hold(gate), into: writes(to: id)) }
    _ = rig.browser.perform(.accept)
    await gate.arrival(4)
    return (rig, ids, gate)
  }

  @Test func `after a stop the draft keeps the images that were not begun, also when some failed`()
    async throws
  {
    let (rig, ids) = try await BrowserRig.withImages(8)
    await rig.change(to: "y")
    await rig.perform(.review)
    let gate = Gate()
    for id in ids[1..<4] { await rig.sandbox.inject(.hold(gate), into: writes(to: id)) }
    await rig.sandbox.inject(.badGateway, into: writes(to: ids[0]))
    // The first fails, and one more begins in its place.
    await rig.sandbox.inject(.hold(gate), into: writes(to: ids[4]))
    _ = rig.browser.perform(.accept)
    await gate.arrival(4)
    _ = rig.browser.perform(.back)
    await gate.open()
    await rig.browser.settled()
    #expect(try rig.review.failed.map(\.id) == [ids[0]])
    #expect(
      rig.browser.drafts.values.first.map { Set($0.subjects.map(\.id)) } == [ids[0], ids[5], ids[6], ids[7]])
    await rig.perform(.retry, .accept)
    #expect(rig.browser.overlay == nil)
    #expect(rig.browser.drafts.values.first.map { Set($0.subjects.map(\.id)) } == Set(ids[5...]))
    #expect(try await rig.held(ids[0]) == ["note": "y"])
    // They were not begun, so there is nothing of them to be taken back.
    await rig.perform(.drafts, .deleteKey, .confirm, .back, .move(.last), .takeBack)
    #expect(rig.browser.notice?.text == "There is no save of image-7 to take back.")
  }

  @Test func `a save that was stopped and is gone on with later is taken back as one`() async throws {
    let (rig, ids, gate) = try await sendingFourOfSix()
    _ = rig.browser.perform(.back)
    await gate.open()
    await rig.browser.settled()
    #expect(try await rig.held(ids[5]) == ["note": "x"])
    await rig.perform(.accept, .drafts, .accept, .review, .accept, .accept)
    for id in ids { #expect(try await rig.held(id) == ["note": "y"]) }
    await rig.perform(.takeBack)
    #expect(try rig.review.items.count == 6)
    await rig.perform(.accept)
    for id in ids { #expect(try await rig.held(id) == ["note": "x"]) }
  }

  @Test func `of many images nothing is sent while one of them is not as it was shown`() async throws {
    let (rig, ids) = try await BrowserRig.withImages(6)
    await rig.change(to: "y")
    await rig.perform(.review)
    rig.time.advance(by: 3)
    await rig.sandbox.set("note", to: "theirs", on: ids[5].rawValue)
    _ = await rig.metadataRequests()
    await rig.perform(.accept)
    #expect(await rig.metadataRequests() == Array(repeating: "GET metadata", count: 6))
    #expect(try rig.review.phase == .ready && rig.review.openConflicts == 1)
    #expect(
      try rig.review.note
        == "Somebody changed the metadata of 1 image while you were looking. Look again, then Enter.")
    await rig.perform(.chooseTheirs, .accept)
    #expect(try rig.review.phase == .finished && rig.review.failed.isEmpty)
    for id in ids { #expect(try await rig.held(id) == ["note": id == ids[5] ? "theirs" : "y"]) }
  }

  @Test func `leaving while images are looked at again sends nothing`() async throws {
    let (rig, ids) = try await BrowserRig.withImages(3)
    await rig.change(to: "y")
    await rig.perform(.review)
    rig.time.advance(by: 3)
    let gate = Gate()
    await rig.sandbox.inject(.hold(gate), into: .path("/compute/v2.1/images/\(ids[0])/metadata", .get))
    _ = rig.browser.perform(.accept)
    await gate.arrival()
    await rig.perform(.back)
    await gate.open()
    await rig.browser.settled()
    #expect(try rig.editor.session.changeCount == 1)
    for id in ids { #expect(try await rig.held(id) == ["note": "x"]) }
  }

  @Test func `once one of many is found changed no more are begun`() async throws {
    let (rig, ids) = try await BrowserRig.withImages(9)
    await rig.change(to: "y")
    await rig.perform(.review)
    let gates = [Gate(), Gate()]
    for (index, id) in ids[0..<4].enumerated() {
      await rig.sandbox.inject(.hold(gates[index == 0 ? 0 : 1]), into: writes(to: id))
    }
    _ = rig.browser.perform(.accept)
    await gates[0].arrival()
    await gates[1].arrival(3)
    rig.time.advance(by: 3)
    await rig.sandbox.set("note", to: "theirs", on: ids[4].rawValue)
    await gates[0].open()
    while try rig.review.phase == .sending { await Task.yield() }
    await gates[1].open()
    await rig.browser.settled()
    #expect(
      try rig.review.note
        == "Somebody changed the metadata of 1 image while you were looking. 4 others are saved, 4 wait. "
        + "Look again, then Enter.")
    for id in ids[5...] { #expect(try await rig.held(id) == ["note": "x"]) }
    await rig.perform(.chooseMine, .accept)
    for id in ids { #expect(try await rig.held(id) == ["note": "y"]) }
  }

  @Test func `each image of many is looked at again before it is written`() async throws {
    let (rig, ids, gate) = try await sendingFourOfSix()
    // While the first four are slow, somebody changes the last.
    rig.time.advance(by: 3)
    await rig.sandbox.set("note", to: "theirs", on: ids[5].rawValue)
    await gate.open()
    await rig.browser.settled()
    #expect(try await rig.held(ids[5]) == ["note": "theirs"])
    let review = try rig.review
    #expect(review.phase == .ready && review.openConflicts == 1)
    #expect(
      review.note
        == "Somebody changed the metadata of 1 image while you were looking. 5 others are saved. "
        + "Look again, then Enter.")
    await rig.perform(.chooseMine, .accept)
    #expect(try rig.review.phase == .finished && rig.review.failed.isEmpty)
    for id in ids { #expect(try await rig.held(id) == ["note": "y"]) }
  }

  @Test func `what somebody else changes while it is sent is said, and is not ours to take back`()
    async throws
  {
    let (rig, id, gate) = try await sending()
    await rig.sandbox.set("note", to: "theirs", on: id.rawValue)
    await gate.open()
    await rig.browser.settled()
    #expect(
      rig.browser.notice?.text
        == "Saved 1 change to web; z takes it back. Meanwhile somebody else changed note.")
    await rig.perform(.takeBack, .accept)
    #expect(try await rig.held(id) == ["hw_disk_bus": "ide", "os_distro": "debian", "note": "theirs"])
  }

  @Test func `the question about leaving does not disturb what is being sent`() async throws {
    let (rig, id, gate) = try await sending()
    #expect(rig.browser.perform(.quitNow) == nil)
    #expect(rig.browser.context == .quitQuestion && rig.browser.isWriting)
    await gate.open()
    await rig.browser.settled()
    #expect(rig.browser.drafts.isEmpty)
    #expect(rig.browser.notice?.text == "Saved 1 change to web; z takes it back.")
    #expect(try await rig.held(id)["hw_disk_bus"] == "virtio")
    await rig.perform(.back)
    #expect(rig.browser.context == .list)
  }

  @Test func `closing what lies over a save does not take away what it came to`() async throws {
    let (rig, id, gate) = try await sending()
    #expect(rig.browser.perform(.requests) == nil)
    #expect(rig.browser.context == .page)
    await gate.open()
    await rig.browser.settled()
    await rig.perform(.back)
    #expect(rig.browser.context == .list)
    #expect(rig.browser.notice?.text == "Saved 1 change to web; z takes it back.")
    #expect(try await rig.held(id)["hw_disk_bus"] == "virtio")
  }

  @Test func `a key that failed and that somebody changed again is asked about`() async throws {
    let (rig, id) = try await BrowserRig.withImage()
    await rig.perform(.edit)
    await rig.change(to: "virtio")
    await rig.perform(.review)
    let gate = Gate()
    await rig.sandbox.inject(.loseWrite, into: writes(to: id))
    await rig.sandbox.inject(.hold(gate), into: .path("/compute/v2.1/images/\(id)/metadata", .get))
    _ = rig.browser.perform(.accept)
    await gate.arrival()
    await rig.sandbox.set("hw_disk_bus", to: "scsi", on: id.rawValue)
    await gate.open()
    await rig.browser.settled()
    #expect(try rig.editor.conflicts == ["hw_disk_bus": ["scsi"]])
    await rig.perform(.review)
    #expect(try rig.review.openConflicts == 1)
  }

  @Test func `a journal that cannot be written is asked about before anything is sent`() async throws {
    let (rig, id) = try await BrowserRig.withImage()
    try FileManager.default.createDirectory(atPath: rig.statePath, withIntermediateDirectories: true)
    try Data().write(to: URL(filePath: "\(rig.statePath)/journal"))
    await rig.perform(.edit)
    await rig.change(to: "virtio")
    await rig.perform(.review, .accept)
    #expect(try rig.review.note?.hasPrefix("The journal cannot be written") == true)
    #expect(try await rig.held(id)["hw_disk_bus"] == "ide")
    await rig.perform(.accept)
    #expect(try await rig.held(id)["hw_disk_bus"] == "virtio")
    #expect(
      rig.browser.notice?.text.hasPrefix("Saved 1 change to web. The journal could not be written") == true)
    #expect(rig.browser.drafts.isEmpty)
  }

  @Test func `what could not be taken back becomes an edit`() async throws {
    let (rig, id) = try await BrowserRig.withImage()
    await rig.perform(.edit)
    await rig.change(to: "virtio")
    await rig.perform(.review, .accept, .takeBack)
    await rig.sandbox.inject(.badGateway, into: writes(to: id))
    await rig.perform(.accept)
    #expect(rig.browser.notice?.text.hasPrefix("Not everything was taken back. hw_disk_bus: ") == true)
    #expect(try rig.editor.session.rows.first { $0.key == "hw_disk_bus" }?.value == .same("ide"))
    await rig.perform(.review, .accept)
    #expect(try await rig.held(id)["hw_disk_bus"] == "ide")
  }

  @Test func `a save that cannot look again says so`() async throws {
    let (rig, id) = try await BrowserRig.withImage()
    await rig.perform(.edit)
    await rig.change(to: "virtio")
    await rig.sandbox.set("hw_disk_bus", to: "virtio", on: id.rawValue)
    await rig.perform(.review)
    await rig.pass(3)
    await rig.sandbox.inject(.badGateway, into: .path("/compute/v2.1/images/\(id)/metadata", .get))
    await rig.perform(.accept)
    #expect(rig.browser.notice?.text.hasPrefix("Not everything was saved. ") == true)
    #expect(rig.browser.drafts.count == 1)
  }

  @Test func `a review of many keys is gone through key by key`() async throws {
    let (rig, id) = try await BrowserRig.withImage()
    await rig.perform(.edit)
    for number in 0..<30 {
      await rig.perform(.addKey, .type(.insert("key-\(number)")), .accept, .type(.insert("1")), .accept)
    }
    await rig.perform(.move(.first))
    while try rig.editor.cursor != "note" { await rig.perform(.move(.down)) }
    await rig.change(to: "b")
    await rig.sandbox.set("note", to: "theirs", on: id.rawValue)
    await rig.perform(.review)
    // What has to be decided first is where the cursor is.
    #expect(try rig.review.cursorKey == "note")
    await rig.perform(.move(.first), .chooseMine)
    #expect(try rig.review.openConflicts == 1)
    await rig.perform(.move(.last), .chooseMine)
    #expect(try rig.review.openConflicts == 0)
  }

  @Test func `a save in two tries is taken back as one`() async throws {
    let (rig, ids) = try await BrowserRig.withImages(3)
    await rig.change(to: "y")
    await rig.perform(
      .addKey, .type(.insert("more")), .accept, .type(.insert("1")), .accept, .deleteKey, .undo)
    await rig.perform(.review)
    rig.time.advance(by: 3)
    await rig.sandbox.set("else", to: "theirs", on: ids[1].rawValue)
    await rig.perform(.accept)
    #expect(try rig.review.overtaken == [ids[1]])
    await rig.perform(.accept)
    #expect(rig.browser.notice?.text == "Saved 6 changes to 3 images; z on one of them takes them back.")
    await rig.perform(.back, .takeBack)
    #expect(try rig.review.items.count == 3)
    await rig.perform(.accept)
    #expect(try await rig.held(ids[0]) == ["note": "x"])
    #expect(try await rig.held(ids[1]) == ["note": "x", "else": "theirs"])
  }

  @Test func `a key that was saved at the first try is taken back with the one of the second`() async throws {
    let (rig, ids) = try await BrowserRig.withImages(2)
    await rig.change(to: "y")
    await rig.perform(
      .addKey, .type(.insert("gone")), .accept, .type(.insert("1")), .accept, .review, .accept, .accept)
    await rig.perform(.markAll, .markAll, .edit)
    // Of one image an addition arrives, and a deletion at the second try.
    while try rig.editor.cursor != "gone" { await rig.perform(.move(.up)) }
    await rig.perform(.deleteKey, .move(.last))
    await rig.change(to: "z")
    await rig.perform(.review)
    await rig.sandbox.inject(
      .badGateway, into: .path("/compute/v2.1/images/\(ids[0])/metadata/gone", .delete))
    await rig.perform(.accept)
    #expect(try rig.review.failed.map(\.id) == [ids[0]])
    await rig.perform(.retry, .accept, .back, .back, .move(.first), .takeBack, .accept)
    for id in ids { #expect(try await rig.held(id) == ["note": "y", "gone": "1"]) }
  }

  @Test func `what failed first is what is said first`() async throws {
    let (rig, id) = try await BrowserRig.withImage()
    await rig.perform(.edit, .deleteKey, .move(.down))
    await rig.change(to: "b")
    await rig.perform(.review)
    await rig.sandbox.inject(.badGateway, into: writes(to: id))
    await rig.perform(.accept)
    #expect(try rig.editor.cursor == "note")
    #expect(rig.browser.notice?.text.contains("note: the service is not available") == true)
  }

  @Test func `a line of the journal that was cut off does not take the next one with it`() async throws {
    let (rig, id) = try await BrowserRig.withImage()
    let folder = "\(rig.statePath)/journal"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data("{\"save\":".utf8).write(to: URL(filePath: "\(folder)/saves.jsonl"))
    await rig.perform(.edit, .deleteKey, .review, .accept, .takeBack, .accept)
    #expect(try await rig.held(id)["hw_disk_bus"] == "ide")
  }
}
