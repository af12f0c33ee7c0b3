import BrowserModel
import BrowserRig
import NovaClient
import Testing

extension ConformanceTests {
  /// Two who edit the same image at the same time.
  @Suite @MainActor struct EditingRaceTests {
    private static let image = SeededImage(number: 2)
    private static let keys = ["a", "b", "c", "d", "e"]
    private static let values = ["1", "2", "3"]

    /// What happened, so that a test in which nothing did is no test.
    private struct Tally {
      var saves = 0
      var conflicts = 0
      var secondLooks = 0
      var takenBack = 0
    }

    @Test func `nothing of theirs is lost unseen, and nothing of ours unsaid`() async throws {
      let rounds = CloudUnderTest.isReal ? 20 : 200
      var dice = Dice(seed: 3)
      var tally = Tally()
      try await CloudUnderTest.here().editing(Self.image.number, from: ["a": "1", "b": "1", "x": "1"]) {
        other, id in
        let desk = try await EditingDesk()
        for _ in 0..<rounds {
          try await round(desk, other, id, &dice, &tally)
        }
        try desk.leave()
      }
      #expect(tally.saves > rounds / 3 && tally.conflicts > rounds / 10)
      #expect(tally.secondLooks > rounds / 20 && tally.takenBack > rounds / 20, "\(tally)")
    }

    private func round(
      _ desk: EditingDesk, _ other: ImagesClient, _ id: Image.ID, _ dice: inout Dice, _ tally: inout Tally
    ) async throws {
      _ = try await meddle(other, id, &dice)
      try await desk.edit("=\(Self.image.name)")
      _ = try await meddle(other, id, &dice)
      for _ in 0...Int.random(in: 0...2, using: &dice) { try await edit(desk, &dice) }
      let ours = try Self.changes(in: desk.editor)
      guard !ours.isEmpty else { return await desk.press(.back) }
      if Int.random(in: 0..<4, using: &dice) == 0 {
        // The draft is left and gone on with, on what the service holds by then.
        await desk.press(.back)
        _ = try await meddle(other, id, &dice)
        await desk.press(.edit)
        #expect(try Self.changes(in: desk.editor, of: ours.keys) == ours)
      }
      _ = try await meddle(other, id, &dice)
      await desk.press(.review)
      try await finish(ours, desk, other, id, &dice, &tally)
      tally.saves += 1
      guard Int.random(in: 0..<3, using: &dice) == 0 else { return }
      _ = try await meddle(other, id, &dice)
      await desk.press(.takeBack)
      guard case .review(let review) = desk.browser.overlay else {
        #expect(desk.browser.notice?.text.contains("no save") == true)
        return
      }
      let merge = try #require(review.items.first?.merge)
      let back = merge.rows.filter { $0.base != $0.mine }.reduce(into: [:]) {
        $0[$1.key] = Change(from: $1.base, to: $1.mine)
      }
      try await finish(back, desk, other, id, &dice, &tally)
      tally.takenBack += 1
    }

    /// What is wanted of a key; nil where the item is not there.
    private struct Change: Equatable {
      var from: String?
      var to: String?
    }

    /// What the edits come to, key by key.
    private static func changes(in editor: MetadataEditor) throws -> [String: Change] {
      let subject = try #require(editor.session.subjects.first)
      let mine = editor.session.mine(subject)
      return Set(subject.base.keys).union(mine.keys).filter { subject.base[$0] != mine[$0] }
        .reduce(into: [:]) { $0[$1] = Change(from: subject.base[$1], to: mine[$1]) }
    }

    private static func changes(
      in editor: MetadataEditor, of keys: some Sequence<String>
    ) throws -> [String: Change] {
      let all = try changes(in: editor)
      return keys.reduce(into: [:]) { $0[$1] = all[$1] }
    }

    /// From the review to the end of the save, while the other goes on: sends again and again until it is through.
    private func finish(
      _ ours: [String: Change], _ desk: EditingDesk, _ other: ImagesClient, _ id: Image.ID,
      _ dice: inout Dice, _ tally: inout Tally
    ) async throws {
      for _ in 0..<20 {
        for _ in try desk.review.conflictKeys {
          await desk.press(Bool.random(using: &dice) ? .chooseMine : .chooseTheirs)
          tally.conflicts += 1
        }
        #expect(try desk.review.openConflicts == 0)
        let shown = try #require(try desk.review.items.first?.merge)
        // Who changes something while a person reads takes longer than half a second for it.
        if try await meddle(other, id, &dice) || Bool.random(using: &dice) { await desk.think(0.6) }
        let before = try await desk.held(id)
        await desk.press(.accept)
        let after = try await desk.held(id)
        if case .review(let review) = desk.browser.overlay {
          #expect(review.note != nil && review.phase == .ready)
          #expect(after == before)
          tally.secondLooks += 1
          continue
        }
        #expect(desk.browser.overlay == nil, "\(desk.browser.notice?.text ?? "")")
        #expect(desk.browser.drafts.isEmpty)
        #expect(before == shown.now && after == shown.result)
        for key in Set(before.keys).union(after.keys) where before[key] != after[key] {
          let change = try #require(ours[key], "\(key) was none of ours")
          // What they did to an item that we renamed is asked about at its new key.
          let isAskedThere = shown.rows.contains { $0.origin == key }
          #expect(before[key] == change.from || shown.choices[key] == .mine || isAskedThere)
        }
        for (key, change) in ours { #expect(after[key] == change.to || shown.choices[key] == .theirs) }
        return
      }
      Issue.record("the other one changed something twenty times")
    }

    /// Something of ours.
    private func edit(_ desk: EditingDesk, _ dice: inout Dice) async throws {
      let held = try desk.editor.session.rows.filter { $0.value != .absent }.map(\.key)
      let free = Self.keys.filter { !held.contains($0) }
      let value = Self.values.randomElement(using: &dice) ?? ""
      switch (Int.random(in: 0..<5, using: &dice), held.randomElement(using: &dice)) {
      case (0, let key?): try await desk.delete(key)
      case (1, let key?):
        if let new = free.randomElement(using: &dice) { try await desk.rename(key, to: new) }
      case (2, _): if let new = free.randomElement(using: &dice) { try await desk.set(new, to: value) }
      case (_, let key?): try await desk.set(key, to: value)
      case (_, nil): try await desk.set("a", to: value)
      }
    }

    /// Something of theirs, or nothing.
    private func meddle(_ other: ImagesClient, _ id: Image.ID, _ dice: inout Dice) async throws -> Bool {
      guard Int.random(in: 0..<3, using: &dice) == 0 else { return false }
      let key = Self.keys.randomElement(using: &dice) ?? "a"
      if Bool.random(using: &dice), try await other.metadata(of: id)[key] != nil {
        try await other.deleteMetadataItem(key, of: id)
      } else {
        let value = (Self.values + ["4"]).randomElement(using: &dice) ?? ""
        _ = try await other.setMetadataItem(key, to: value, of: id)
      }
      return true
    }
  }
}
