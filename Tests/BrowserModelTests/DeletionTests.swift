import BrowserModel
import BrowserRig
import NovaClient
import SandboxCloud
import Testing

@MainActor struct DeletionTests {
  private func question(_ rig: BrowserRig) -> Deletion? {
    if case .deletion(let deletion) = rig.browser.overlay { deletion } else { nil }
  }

  @Test func `the question names the image, and only yes deletes it`() async throws {
    let rig = try BrowserRig()
    let id = await rig.make("old")
    await rig.start()
    await rig.perform(.delete)
    #expect(question(rig)?.targets.map(\.id) == [id])
    await rig.perform(.back)
    #expect(await rig.sandbox.image(id.rawValue) != nil)
    await rig.perform(.delete, .confirm)
    #expect(rig.browser.notice?.text == "Deleted old.")
    #expect(await rig.sandbox.image(id.rawValue) == nil)
    #expect(rig.names.isEmpty)
  }

  @Test func `the question is about the images that it was asked for, whatever moves meanwhile`() async throws
  {
    let rig = try BrowserRig()
    let b = await rig.make("b")
    await rig.start()
    await rig.perform(.delete)
    await rig.make("a")
    await rig.pass(5)
    #expect(rig.names == ["a", "b"])
    await rig.perform(.confirm)
    #expect(await rig.sandbox.image(b.rawValue) == nil)
    #expect(rig.names == ["a"])
  }

  @Test func `several are deleted, those that fail stay marked and can be tried again`() async throws {
    let rig = try BrowserRig()
    for number in 0..<9 { await rig.make("image-\(number)") }
    let protected = await rig.make("protected")
    await rig.sandbox.modify(protected.rawValue) { $0.isProtected = true }
    await rig.start()
    await rig.perform(.markAll, .delete)
    #expect(question(rig)?.targets.count == 10)
    await rig.perform(.confirm)
    #expect(question(rig)?.phase == .finished)
    #expect(question(rig)?.deleted.count == 9)
    #expect(
      question(rig)?.failures.map(\.notice.text) == [
        "protected was not deleted: it is protected, not yours, or your role may not delete"
      ])
    #expect(rig.browser.marks == [protected])
    await rig.sandbox.modify(protected.rawValue) { $0.isProtected = false }
    await rig.perform(.retry)
    #expect(rig.browser.overlay == nil)
    #expect(rig.browser.notice?.text == "Deleted protected.")
    #expect(rig.names.isEmpty)
  }

  @Test func `Esc stops after those under way`() async throws {
    let rig = try BrowserRig()
    for number in 0..<12 { await rig.make("image-\(number)") }
    await rig.start()
    let gate = Gate()
    await rig.sandbox.inject(.hold(gate), into: .path("/compute/v2.1/images", .delete), times: 4)
    await rig.perform(.markAll, .delete)
    _ = rig.browser.perform(.confirm)
    await gate.arrival(4)
    _ = rig.browser.perform(.back)
    await gate.open()
    await rig.browser.settled()
    #expect(question(rig)?.phase == .finished)
    #expect(question(rig)?.deleted.count == 4 && question(rig)?.kept.count == 8)
    await rig.perform(.accept)
    #expect(rig.browser.overlay == nil)
    #expect(rig.names.count == 8)
  }

  @Test func `marks that the filter hides are said to be among those to be deleted`() async throws {
    let rig = try BrowserRig()
    for name in ["a", "b", "c"] { await rig.make(name) }
    await rig.start()
    await rig.perform(.markAll, .filterName)
    await rig.type("b")
    await rig.perform(.accept, .delete)
    #expect(question(rig)?.targets.count == 3)
    #expect(question(rig)?.hidden == 2)
  }

  @Test func `somebody who was faster is no failure`() async throws {
    let rig = try BrowserRig()
    let id = await rig.make("old")
    await rig.start()
    await rig.perform(.delete)
    await rig.sandbox.remove(id.rawValue)
    await rig.perform(.confirm)
    #expect(rig.browser.notice?.text == "old was gone already.")
    #expect(rig.names.isEmpty)
  }

  @Test func `an answer that did not come leaves open whether it was deleted, so the image is looked for`()
    async throws
  {
    let rig = try BrowserRig()
    let done = await rig.make("a-done")
    let kept = await rig.make("b-kept")
    let unknown = await rig.make("c-unknown")
    await rig.start()
    func delete(_ id: Image.ID, _ fault: Fault) async {
      await rig.sandbox.inject(fault, into: .path("/compute/v2.1/images/\(id)", .delete))
      await rig.perform(.delete, .confirm)
    }
    // It was done, and the connection ended before the answer.
    await delete(done, .dropAnswer)
    #expect(rig.browser.notice?.text == "Deleted a-done.")
    #expect(rig.changes == ["a-done: deleted from here"])
    await delete(kept, .drop)
    #expect(rig.browser.notice?.text.hasPrefix("b-kept was not deleted: ") == true)
    // Nor could it be looked for.
    await rig.perform(.move(.down))
    await rig.sandbox.inject(.drop, into: .path("/compute/v2.1/images/\(unknown)", .get))
    await delete(unknown, .drop)
    #expect(rig.browser.notice?.text.hasPrefix("c-unknown may be deleted or not: ") == true)
  }

  @Test func `while it is deleted there is help, and one can leave`() async throws {
    let rig = try BrowserRig()
    await rig.make("old")
    await rig.start()
    let gate = Gate()
    await rig.sandbox.inject(.hold(gate), into: .path("/compute/v2.1/images", .delete))
    await rig.perform(.delete)
    _ = rig.browser.perform(.confirm)
    await gate.arrival()
    _ = rig.browser.perform(.help)
    #expect(rig.browser.context == .page)
    _ = rig.browser.perform(.back)
    #expect(rig.browser.perform(.quit) == nil && rig.browser.isAskingToQuit)
    _ = rig.browser.perform(.back)
    #expect(rig.browser.context == .deleteProgress && rig.browser.isOfUse(.back))
    _ = rig.browser.perform(.back)
    #expect(!rig.browser.isOfUse(.back))
    #expect(rig.browser.perform(.quit) == nil && rig.browser.question == .quit(isWriting: true))
    await gate.open()
    await rig.browser.settled()
    #expect(rig.browser.notice?.text == "Deleted old.")
    // The question has ended with its reason, and does not come again with another one.
    #expect(rig.browser.question == nil && rig.browser.context == .list)
  }

  @Test func `a service that hangs keeps nobody who does not want to wait`() async throws {
    let rig = try BrowserRig()
    for number in 1...6 { await rig.make("image-\(number)") }
    await rig.start()
    let gate = Gate()
    await rig.sandbox.inject(.hold(gate), into: .path("/compute/v2.1/images", .delete), times: 4)
    await rig.perform(.markAll, .delete)
    _ = rig.browser.perform(.confirm)
    await gate.arrival(4)
    _ = rig.browser.perform(.back)
    #expect(question(rig)?.phase == .stopping)
    _ = rig.browser.perform(.back)
    #expect(question(rig)?.phase == .finished && question(rig)?.kept.count == 2)
    #expect(question(rig)?.failures.count == 4)
    #expect(
      question(rig)?.failures.first?.notice.text
        == "image-1 may be deleted or not: its answer was not waited for.")
    await gate.open()
    await rig.browser.settled()
  }

  @Test func `that it is about a mark and not about the cursor is said`() async throws {
    let rig = try BrowserRig()
    let marked = await rig.make("marked")
    await rig.make("other")
    await rig.start()
    await rig.perform(.mark, .open, .delete)
    #expect(question(rig)?.targets.map(\.id) == [marked] && question(rig)?.isAboutMarks == true)
    await rig.perform(.back, .back, .filterName)
    for letter in "other" { await rig.perform(.type(.insert(String(letter)))) }
    await rig.perform(.accept, .delete)
    #expect(question(rig)?.hidden == 1)
  }

  @Test func `a read-only session asks nothing and sends nothing`() async throws {
    let rig = try BrowserRig(readOnly: true)
    await rig.make("kept")
    await rig.start()
    await rig.perform(.delete)
    #expect(rig.browser.notice?.text == "Nothing is deleted: this session is read-only (--read-only).")
    await rig.perform(.confirm)
    #expect(rig.browser.overlay == nil)
    #expect(rig.names == ["kept"])
    let received = await rig.sandbox.received
    #expect(received.allSatisfy { $0.method == .get || $0.url.hasSuffix("/auth/tokens") })
  }
}
