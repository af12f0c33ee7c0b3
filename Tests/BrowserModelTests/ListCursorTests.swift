import BrowserModel
import BrowserRig
import NovaClient
import SandboxCloud
import Testing

@MainActor struct ListCursorTests {
  @Test func `at the edge of the window it goes on by half a page`() async throws {
    let rig = try BrowserRig(rows: 10)
    for number in 10..<50 { await rig.make("image-\(number)") }
    await rig.start()
    for _ in 0..<9 { await rig.perform(.move(.down)) }
    #expect(rig.browser.cursor.row == 9 && rig.browser.cursor.top == 0)
    await rig.perform(.move(.down))
    #expect(rig.browser.cursor.row == 10 && rig.browser.cursor.top == 5)
    for _ in 0..<6 { await rig.perform(.move(.up)) }
    #expect(rig.browser.cursor.row == 4 && rig.browser.cursor.top == 0)
  }

  @Test func `who looks at an image while the list is being read stays with it`() async throws {
    let rig = try BrowserRig(rows: 10)
    for number in 10..<60 { await rig.make("image-\(number)") }
    let gate = Gate()
    // The first page is there, and the rest has yet to come.
    await rig.sandbox.inject(.delay(.zero), into: .path("/compute/v2.1/images/detail"))
    await rig.sandbox.inject(.hold(gate), into: .path("/compute/v2.1/images/detail"))
    rig.browser.start { Place(cloud: "sandbox") }
    await gate.arrival()
    while rig.browser.current == nil { await Task.yield() }
    let first = try #require(rig.browser.current)
    _ = rig.browser.perform(.open)
    await gate.open()
    await rig.browser.settled()
    #expect(rig.names.first != first.name)
    #expect(rig.browser.current == first && rig.browser.detailed == first)
  }

  @Test func `the cursor rests at the top until it is moved, however the list grows`() async throws {
    let rig = try BrowserRig(images: 60, rows: 10)
    await rig.start()
    #expect(rig.browser.cursor.row == 0)
    #expect(rig.browser.current?.displayName == rig.names[0])
  }

  @Test func `the cursor stays on its image and at its height when others come and go`() async throws {
    let rig = try BrowserRig(rows: 3)
    for name in ["b", "d", "f", "h", "j"] { await rig.make(name) }
    await rig.start()
    await rig.perform(.move(.down), .move(.down), .move(.down))
    #expect(rig.browser.current?.name == "h")
    let height = rig.browser.cursor.row - rig.browser.cursor.top
    for name in ["a", "c", "e", "g", "i"] { await rig.make(name) }
    await rig.pass(5)
    #expect(rig.names == ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"])
    #expect(rig.browser.current?.name == "h")
    #expect(rig.browser.cursor.row - rig.browser.cursor.top == height)
  }

  @Test func `the cursor stays within the list and in view, wherever it is sent`() async throws {
    let rig = try BrowserRig(images: 60, rows: 10)
    await rig.start()
    for motion in Motion.allCases + Motion.allCases.reversed() + [
      .last, .pageDown, .down, .first, .pageUp, .up,
    ] {
      for _ in 0..<7 {
        await rig.perform(.move(motion))
        let cursor = rig.browser.cursor
        let shown = cursor.top..<min(cursor.top + 10, rig.names.count)
        #expect(shown.contains(cursor.row))
        #expect(cursor.record === rig.browser.feed.listing.rows[cursor.row])
      }
    }
  }

  @Test func `when the image under the cursor goes, the cursor is on the next one`() async throws {
    let rig = try BrowserRig()
    for name in ["a", "b", "c"] { await rig.make(name) }
    await rig.start()
    await rig.perform(.move(.down))
    await rig.sandbox.remove(try #require(rig.browser.current).id.rawValue)
    await rig.perform(.refresh)
    #expect(rig.browser.current?.name == "b")
    for _ in 0..<12 { await rig.pass(1) }
    #expect(rig.names == ["a", "c"])
    #expect(rig.browser.current?.name == "c")
  }

  @Test func `an image that a filter leaves out is gone back to when it is shown again`() async throws {
    let rig = try BrowserRig()
    for name in ["a", "b", "c"] { await rig.make(name) }
    await rig.make("d", status: .queued)
    await rig.make("e", status: .queued)
    await rig.start()
    await rig.perform(.move(.down), .move(.down), .quickFilter(.error))
    #expect(rig.browser.current == nil)
    await rig.perform(.quickFilter(.error))
    #expect(rig.browser.current?.name == "c")
    await rig.perform(.quickFilter(.saving), .quickFilter(.saving))
    #expect(rig.browser.current?.name == "c")
    // Who moves meanwhile is elsewhere.
    await rig.perform(.quickFilter(.saving), .move(.last), .quickFilter(.saving))
    #expect(rig.browser.current?.name == "e")
  }

  @Test func `in the detail a mark leaves in view what one reads`() async throws {
    let rig = try BrowserRig(images: 20)
    await rig.start()
    await rig.perform(.open)
    let read = rig.browser.detailed?.id
    await rig.perform(.mark)
    #expect(rig.browser.marks == [try #require(read)])
    #expect(rig.browser.detailed?.id == read && rig.browser.cursor.record?.image.id == read)
    await rig.perform(.mark)
    #expect(rig.browser.marks.isEmpty)
  }

  @Test func `marks are images, not rows`() async throws {
    let rig = try BrowserRig()
    let b = await rig.make("b")
    let d = await rig.make("d")
    await rig.start()
    await rig.perform(.mark, .mark)
    #expect(rig.browser.marks == [b, d])
    await rig.make("a")
    await rig.pass(5)
    #expect(rig.names == ["a", "b", "d"])
    #expect(rig.browser.marks == [b, d])
  }

  @Test func `a range marks the rows from where it began to the cursor`() async throws {
    let rig = try BrowserRig()
    for name in ["a", "b", "c", "d"] { await rig.make(name) }
    await rig.start()
    await rig.perform(.move(.down), .markRange, .move(.down), .move(.down))
    #expect(rig.browser.rangeRows == 1..<4)
    await rig.perform(.markRange)
    #expect(rig.browser.marks.count == 3)
    await rig.perform(.markAll)
    #expect(rig.browser.marks.count == 4)
    await rig.perform(.markAll)
    #expect(rig.browser.marks.isEmpty)
  }
}
