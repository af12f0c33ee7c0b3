import BrowserModel
import BrowserRig
import BrowserUI
import Console
import Foundation
import NovaClient
import SandboxCloud
import Testing

/// Where a click leads, and what the wheel moves: what is drawn there.
@MainActor struct PointingTests {
  @Test(arguments: Size.usable) func `a click in the list is on the image that is drawn there`(
    _ size: Size
  ) async throws {
    let rig = try BrowserRig(images: 240)
    rig.browser.measure(size)
    await rig.start()
    await rig.press("<C-d>", in: size)
    let list = Layout(rig.browser, size).list
    try await rig.clickEverywhere(size, items: list.height - 1, column: 10)
  }

  @Test(arguments: Size.usable) func `a click in the editor is on the item that is drawn there`(
    _ size: Size
  ) async throws {
    let rig = try BrowserRig(keeping: true)
    var properties = (10..<50).map { ("key_\($0)", "value \($0)") }
    properties[20].1 = "value " + String(repeating: "щ", count: 60)
    _ = await rig.make("full", properties: Dictionary(uniqueKeysWithValues: properties))
    await rig.start()
    await rig.press("e<C-d>", in: size)
    try await rig.clickEverywhere(size)
  }

  @Test(arguments: Size.usable) func `a click on an unsaved edit is on the one that is drawn there`(
    _ size: Size
  ) async throws {
    let (rig, _) = try await BrowserRig.withFleet(Array(repeating: "ide", count: 14))
    for _ in 0..<14 { await rig.press("ed<Esc>j", in: size) }
    await rig.press("ujjjjjj", in: size)
    try await rig.clickEverywhere(size, items: rig.rows(size) { $0.contains("1 change") }, lines: 2)
  }

  @Test(arguments: Size.usable) func `a click in the filter form is on the field that is drawn there`(
    _ size: Size
  ) async throws {
    let rig = try BrowserRig(images: 20)
    await rig.start()
    await rig.press("f<Up>", in: size)
    let room = size.rows - 3 - 3
    try await rig.clickEverywhere(size, items: min(FilterForm.Field.allCases.count, room))
  }

  @Test(arguments: Size.usable) func `a click in the log of changes is on the one that is drawn there`(
    _ size: Size
  ) async throws {
    let rig = try BrowserRig()
    var ids: [Image.ID] = []
    for number in 10..<40 { ids.append(await rig.make("web-\(number)")) }
    await rig.start()
    for id in ids { await rig.sandbox.remove(id.rawValue) }
    while rig.changes.count < 30 {
      await rig.sandbox.advance(by: .seconds(10))
      await rig.pass(10)
    }
    await rig.press("L<C-d><C-d>", in: size)
    try await rig.clickEverywhere(size, items: rig.rows(size) { $0.contains("web-") })
  }

  @Test func `a click leaves no field, and nothing that has no cursor`() async throws {
    let (rig, _) = try await BrowserRig.withServer()
    for (keys, back) in [
      ("e<Enter>x", "<Esc><Esc>"), ("/x", "<Esc>"), ("?", "q"), ("eds", "<Esc><Esc>"), ("D", "n"),
    ] {
      await rig.press(keys, in: .desk)
      let before = rig.screen(.desk)
      for row in 0..<Size.desk.rows { await rig.point(.click, row, 60, .desk) }
      #expect(rig.screen(.desk) == before, "\(keys)")
      await rig.press(back, in: .desk)
    }
  }

  @Test func `the wheel moves the pane that it is over`() async throws {
    let rig = try BrowserRig(keeping: true)
    for number in 10..<60 {
      let properties = (10..<60).map { ("key_\($0)", "value \($0)") }
      _ = await rig.make("web-\(number)", properties: Dictionary(uniqueKeysWithValues: properties))
    }
    rig.browser.measure(.desk)
    await rig.start()
    let detail = try #require(Layout(rig.browser, .desk).detail)
    await rig.point(.wheelDown, 9, detail.column + 5, .desk)
    #expect(rig.browser.cursor.row == 0)
    #expect(rig.browser.detailScroll.top == 3)
    await rig.point(.wheelDown, 9, 5, .desk)
    #expect(rig.browser.cursor.row == 3)
    await rig.press("<Enter>", in: .desk)
    #expect(rig.browser.detailScroll.top == 0)
    await rig.point(.wheelDown, 9, detail.column + 5, .desk)
    #expect(rig.browser.detailScroll.top == 3)
    await rig.point(.wheelUp, 9, 5, .desk)
    #expect(rig.browser.cursor.row == 0)
    #expect(rig.browser.focus == .detail)
    #expect(rig.browser.detailed?.name == rig.browser.feed.listing.rows[0].image.name)
  }
}

extension BrowserRig {
  fileprivate func point(
    _ kind: MouseAction.Kind, _ row: Int, _ column: Int, _ size: Size, _ repertoire: Repertoire = .unicode
  ) async {
    browser.measure(size, repertoire)
    let action = MouseAction(kind, at: Position(row: row, column: column))
    for command in Pointing.commands(for: action, in: browser, size, repertoire) {
      _ = browser.perform(command)
    }
    await browser.settled()
  }

  fileprivate func text(_ row: Int, _ size: Size, _ repertoire: Repertoire = .unicode) -> String {
    screen(size, repertoire).row(row).map { ["▌", ">"].contains($0.text) ? " " : $0.text }.joined()
      .trimmingCharacters(in: [" "])
  }

  fileprivate func rows(_ size: Size, where isItem: (String) -> Bool) -> Int {
    // The last two say what was done, and which keys there are.
    (0..<size.rows - 2).count { isItem(text($0, size)) }
  }

  /// Clicks on each row of the window and expects the cursor to be on what stood there, and to stay on it when the same place
  /// is clicked again; on as many rows as there are items.
  fileprivate func clickEverywhere(
    _ size: Size, items: Int? = nil, lines: Int = 1, column: Int? = nil
  ) async throws {
    for repertoire in [Repertoire.unicode, .ascii] {
      var hits = 0
      for row in 0..<size.rows {
        let wanted = text(row, size, repertoire)
        let action = MouseAction(.click, at: Position(row: row, column: column ?? size.columns - 8))
        guard case .select = Pointing.commands(for: action, in: browser, size, repertoire).first else {
          continue
        }
        hits += 1
        for _ in 0..<2 {
          await point(.click, row, action.position.column, size, repertoire)
          let cursor = try #require(screen(size, repertoire).cursor)
          #expect(
            (0..<lines).contains { text(cursor.row + $0, size, repertoire) == wanted }, "\(row): \(wanted)")
        }
      }
      // What is said of an item covers as many rows as it needs.
      if let items { #expect(hits == items * lines) }
      #expect(hits >= 2)
    }
  }
}
