import BrowserModel
import BrowserRig
import Foundation
import NovaClient
import SandboxCloud
import Testing

/// Finding out what has gone, which no service tells.
@MainActor struct PresenceTests {
  /// A list of images, with the cursor on the first.
  private func rig(_ count: Int = 12, rows: Int = 12) async throws -> BrowserRig {
    let rig = try BrowserRig(rows: rows)
    for number in 10..<10 + count { await rig.make("web-\(number)") }
    await rig.start()
    return rig
  }

  /// In how many intervals a change is seen; at most 20.
  private func intervals(_ rig: BrowserRig, until isSeen: () -> Bool) async -> Int {
    for count in 1...20 {
      await rig.pass(5)
      if isSeen() { return count }
    }
    return 99
  }

  @Test func `the image under the cursor is found gone in the next interval`() async throws {
    let rig = try await rig()
    await rig.sandbox.remove(rig.ids[0])
    #expect(await intervals(rig) { rig.changes == ["web-10: gone"] } == 1)
    #expect(rig.browser.feed.listing.total == 11)
  }

  @Test func `any row on the screen is found gone within six intervals`() async throws {
    let rig = try await rig(40, rows: 18)
    for row in 0..<18 {
      let id = rig.ids[row]
      await rig.sandbox.remove(id)
      let count = await intervals(rig) {
        !rig.browser.feed.listing.rows.contains { $0.image.id.rawValue == id && !$0.isGhost }
      }
      #expect(count <= 6, "row \(row)")
      // The row closes up.
      for _ in 0..<11 { await rig.pass(1) }
    }
    #expect(rig.changes.count == 18)
  }

  @Test(arguments: [(1, 30), (49, 10)]) func `what has been saved for days is looked after in turn`(
    _ hours: Double, _ count: Int
  ) {
    let now = Date(timeIntervalSince1970: 1_800_000_000)
    let saving = (0..<30).map { number in
      var image = Image(id: Image.ID("\(number)"), name: "x-\(number)", status: .saving)
      image.created = now.addingTimeInterval(-hours * 3600)
      return image
    }
    var presence = Presence()
    var asked: Set<Image.ID> = []
    for _ in 0..<30 / count {
      let images = presence.plan(Watched(), saving: saving, now: now).names.flatMap { $0.images }
      #expect(images.count == count)
      asked.formUnion(images.map(\.id))
    }
    #expect(asked.count == 30)
  }

  @Test func `what is being saved is found gone, or failed, in the next interval, wherever it is`()
    async throws
  {
    let rig = try BrowserRig(rows: 3)
    for number in 10..<20 { await rig.make("web-\(number)") }
    let gone = await rig.make("x-1", status: .queued)
    let failed = await rig.make("x-2", status: .saving)
    await rig.start()
    await rig.sandbox.remove(gone.rawValue)
    await rig.sandbox.fail(failed.rawValue)
    await rig.pass(5)
    #expect(Set(rig.changes) == ["x-1: gone", "x-2: SAVING → ERROR after 0s"])
  }

  @Test func `an image that is not listed once is not taken to be gone`() async throws {
    let rig = try await rig(3)
    await rig.sandbox.inject(.emptyList, into: .path("/compute/v2.1/images?name=in"), times: 1)
    for _ in 0..<6 { await rig.pass(5) }
    #expect(rig.changes.isEmpty)
    #expect(rig.names.count == 3)
  }

  @Test func `a service that does not know lists of names is asked for each image, and deletions are found`()
    async throws
  {
    let rig = try await rig(12)
    await rig.sandbox.inject(.emptyList, into: .path("/compute/v2.1/images?name=in"), times: 1000)
    for _ in 0..<6 { await rig.pass(5) }
    await rig.sandbox.forgetRequests()
    await rig.sandbox.remove(rig.ids[7])
    #expect(await intervals(rig) { rig.changes == ["web-17: gone"] } <= 6)
    #expect(await !rig.sandbox.requests.contains { $0.contains("name=in") })
  }

  @Test func `names that a list of names cannot hold are read alone`() async throws {
    let rig = try BrowserRig(rows: 12)
    let odd = ["with, comma", "a \"quote\"", "in:foo", "😀", "back\\slash", "gt:x", " blanks "]
    for name in odd { await rig.make(name) }
    for number in 10..<13 { await rig.make("web-\(number)") }
    await rig.start()
    for _ in 0..<8 { await rig.pass(5) }
    #expect(rig.changes.isEmpty)
    for name in odd {
      let id = try #require(rig.browser.feed.listing.rows.first { $0.image.name == name }).image.id
      await rig.sandbox.remove(id.rawValue)
      #expect(await intervals(rig) { rig.changes.last == "\(name): gone" } <= 6, "\(name)")
    }
    #expect(rig.changes.count == odd.count)
  }

  /// Whatever they are ordered by, and also behind an image that has gone itself.
  @Test(arguments: [Column.name, .updated, .disk])
  func `images that are all called the same are told apart`(_ column: Column) async throws {
    let rig = try BrowserRig(rows: 55)
    for number in 0..<90 { await rig.make("nightly", disk: number * 37 % 90) }
    let younger = await rig.make("a")
    await rig.start()
    while rig.browser.order.column != column { await rig.perform(.orderByNext) }
    for _ in 0..<8 { await rig.pass(5) }
    for row in [6, 50, 30] {
      let id = rig.ids[row]
      await rig.sandbox.remove(id)
      if row == 50 { await rig.sandbox.remove(younger.rawValue) }
      #expect(
        await intervals(rig) { rig.browser.log.lines.contains { $0.image.rawValue == id } } <= 6,
        "row \(row)")
      await rig.sandbox.forgetRequests()
      await rig.pass(5)
      #expect(await rig.sandbox.requests.count <= 4)
    }
  }

  @Test func `with nothing changing, ten thousand images cost at most four requests in an interval`()
    async throws
  {
    let rig = try BrowserRig(images: 10_000)
    await rig.start()
    await rig.perform(.move(.halfPageDown))
    for _ in 0..<120 {
      await rig.sandbox.forgetRequests()
      let pace = rig.browser.feed.pace
      let isBusy = pace == .seconds(2)
      await rig.pass(isBusy ? 2 : 5)
      let asked = await rig.sandbox.requests.filter { !$0.contains("/images?limit=1000") }
      #expect(asked.count <= 4, "\(asked)")
    }
    #expect(rig.changes.isEmpty)
  }

  @Test func `the sweep finds what has gone where nobody looks, a page at a time`() async throws {
    let rig = try BrowserRig(images: 2500, rows: 5)
    await rig.start()
    let id = rig.ids[1700]
    await rig.sandbox.remove(id)
    await rig.sandbox.forgetRequests()
    for _ in 0..<190 { await rig.pass(1) }
    #expect(rig.browser.log.lines.map(\.image.rawValue) == [id])
    let pages = await rig.sandbox.requests.filter { $0.contains("/images?limit=1000") }
    #expect(pages.count == 3)
    for _ in 0..<150 { await rig.pass(1) }
    #expect(await rig.sandbox.requests.count { $0.contains("/images?limit=1000") } == 3)
  }

  @Test func `the sweep rests nine times as long as a page took, and not at all while it is paused`()
    async throws
  {
    let rig = try BrowserRig(images: 2500, rows: 5)
    await rig.start()
    await rig.perform(.pause)
    await rig.sandbox.forgetRequests()
    for _ in 0..<10 { await rig.pass(60) }
    #expect(await rig.sandbox.requests.isEmpty)
    await rig.perform(.pause)
    rig.slowness = 2
    let pages = await rig.sandbox.requests.count { $0.contains("/images?limit=1000") }
    #expect(pages <= 1)
    for _ in 0..<12 { await rig.pass(1) }
    #expect(await rig.sandbox.requests.count { $0.contains("/images?limit=1000") } <= 2)
  }

  @Test func `an image that makes its page unreadable does not end the sweep`() async throws {
    let rig = try BrowserRig(images: 30, rows: 5)
    let poisoned = await rig.make("poisoned")
    for number in 0..<5 { await rig.make("newer-\(number)") }
    await rig.start()
    await rig.sandbox.set("mappings", to: "no JSON", on: poisoned.rawValue)
    let id = rig.ids[20]
    await rig.sandbox.remove(id)
    for _ in 0..<200 { await rig.pass(1) }
    #expect(rig.browser.log.lines.map(\.image.rawValue).contains(id))
  }

  @Test func `the sweep leaves a list that goes round in circles`() async throws {
    let rig = try await rig(4)
    let ids = rig.ids
    func page(_ ids: ArraySlice<String>) -> Fault {
      let images = ids.map { #"{"id": "\#($0)", "name": "web", "links": []}"# }.joined(separator: ",")
      let next = #"[{"rel": "next", "href": "http://sandbox.invalid/images?marker=x"}]"#
      return .answer(
        HTTPResponse(200, body: Data(#"{"images": [\#(images)], "images_links": \#(next)}"#.utf8)))
    }
    func behind(_ id: String) -> RequestPattern {
      RequestPattern { $0.url.hasSuffix("/images?limit=1000&marker=\(id)") }
    }
    await rig.sandbox.inject(
      page(ids[0..<2]), into: RequestPattern { $0.url.hasSuffix("/images?limit=1000") })
    await rig.sandbox.inject(page(ids[2..<4]), into: behind(ids[1]), times: .max)
    await rig.sandbox.inject(page(ids[0..<2]), into: behind(ids[3]), times: .max)
    await rig.sandbox.forgetRequests()
    for _ in 0..<200 { await rig.pass(1) }
    #expect(await rig.sandbox.requests.count { $0.contains("/images?limit=1000") } == 3)
  }

  @Test func `a fault holds the sweep up and does not end its round`() async throws {
    let rig = try BrowserRig(images: 2500, rows: 5)
    await rig.start()
    // Off the screen, looked after by nothing else, and on the last page in the service's own order.
    let others = rig.browser.feed.listing.rows.dropFirst(50).filter { $0.image.status == .active }
    let oldest = try #require(others.min { $0.image.created ?? .now < $1.image.created ?? .now })
    await rig.sandbox.remove(oldest.image.id.rawValue)
    await rig.sandbox.forgetRequests()
    let pages = RequestPattern { $0.url.contains("/images?limit=1000&marker=") }
    await rig.sandbox.inject(.drop, into: pages, times: 3)
    for _ in 0..<230 { await rig.pass(1) }
    #expect(rig.browser.log.lines.map(\.image) == [oldest.image.id])
    // The first page has not been asked for again.
    let first = await rig.sandbox.requests.filter { $0.hasSuffix("/images?limit=1000") }
    #expect(first.count == 1)
  }

  @Test func `a proxy that does not know the way does not make images go`() async throws {
    let rig = try await rig(6)
    let html = HTTPResponse(
      404, headers: ["Content-Type": "text/html"], body: Data("<h1>Not Found</h1>".utf8))
    let json = HTTPResponse(404, body: Data(#"{"error": {"code": 404, "message": "no route"}}"#.utf8))
    for answer in [html, json] {
      let single = RequestPattern { !$0.url.contains("changes-since") && $0.url.contains("/images/") }
      await rig.sandbox.inject(.emptyList, into: .path("/compute/v2.1/images?name=in"), times: 100)
      await rig.sandbox.inject(.answer(answer), into: single, times: 100)
      for _ in 0..<6 { await rig.pass(5) }
      #expect(rig.changes.isEmpty)
      await rig.sandbox.removeFaults()
    }
    await rig.pass(5)
    #expect(rig.browser.feed.connection == .live && rig.names.count == 6)
  }

  @Test func `when many are gone at once they are read once more before they go`() async throws {
    let rig = try await rig(8)
    let lost = HTTPResponse(
      404, body: Data(#"{"itemNotFound": {"code": 404, "message": "Not found."}}"#.utf8))
    let single = RequestPattern { !$0.url.contains("changes-since") && $0.url.contains("/images/") }
    // Once it is known that the service knows lists of names, all that are missing are read.
    await rig.pass(5)
    await rig.sandbox.inject(.emptyList, into: .path("/compute/v2.1/images?name=in"), times: 1)
    await rig.sandbox.inject(.answer(lost), into: single, times: 8)
    await rig.perform(.refresh)
    #expect(rig.changes.isEmpty)
    for id in rig.ids { await rig.sandbox.remove(id) }
    await rig.perform(.refresh)
    #expect(rig.changes.count == 8)
  }

  @Test func `rows of the screen have their turn, however much is being saved`() async throws {
    let rig = try BrowserRig(rows: 18)
    for number in 10..<28 { await rig.make("a-\(number)") }
    for number in 100..<220 {
      await rig.make(
        "zz-being-saved-with-a-long-name-\(number)-" + String(repeating: "x", count: 60), status: .queued)
    }
    await rig.start()
    for row in [17, 9, 3] {
      let id = rig.ids[row]
      await rig.sandbox.remove(id)
      #expect(await intervals(rig) { rig.browser.log.lines.last?.image.rawValue == id } <= 6)
    }
    let saving = try #require(rig.browser.feed.listing.rows.last).image.id.rawValue
    await rig.sandbox.remove(saving)
    #expect(await intervals(rig) { rig.browser.log.lines.last?.image.rawValue == saving } <= 6)
  }

  @Test func `plain names take a byte each, so that many have room`() {
    var question = NamesQuestion()
    for number in 0..<100 {
      let name = "\(number)-ubuntu-24.04-server-cloudimg"
      _ = question.add(Image(id: Image.ID("\(number)"), name: name))
    }
    #expect(question.images.count == 60)
    var odd = NamesQuestion()
    for number in 0..<100 {
      _ = odd.add(Image(id: Image.ID("\(number)"), name: "\(number)" + String(repeating: "ü", count: 60)))
    }
    #expect(
      (odd.query.name ?? "").addingPercentEncoding(withAllowedCharacters: .alphanumerics)?.count ?? 9999
        < 3100)
    #expect(odd.images.count == 8)
  }

  @Test func `a service that seemed not to know lists of names is asked again later`() async throws {
    let rig = try await rig(6)
    await rig.sandbox.inject(.unexpected("Boom"), into: .path("/compute/v2.1/images?name=in"), times: 3)
    for _ in 0..<6 { await rig.pass(5) }
    await rig.sandbox.forgetRequests()
    await rig.pass(5)
    #expect(await !rig.sandbox.requests.contains { $0.contains("name=in") })
    for _ in 0..<100 { await rig.pass(5) }
    await rig.sandbox.forgetRequests()
    for _ in 0..<3 { await rig.pass(5) }
    #expect(await rig.sandbox.requests.contains { $0.contains("name=in") })
  }

  @Test func `an image that was hidden for a while is found again`() async throws {
    let rig = try BrowserRig(rows: 5)
    let id = await rig.make("shown")
    for number in 0..<3 { await rig.make("other-\(number)") }
    await rig.start()
    await rig.sandbox.modify(id.rawValue) { $0.owner = Accounts.altProject.id }
    #expect(await intervals(rig) { rig.changes == ["shown: gone"] } <= 6)
    await rig.sandbox.modify(id.rawValue) { $0.owner = Accounts.demoProject.id }
    for _ in 0..<120 { await rig.pass(5) }
    #expect(rig.names.contains("shown"))
    #expect(rig.changes.count == 2, "\(rig.changes)")
  }

  @Test func `what is gone takes no mark, no edit and no delete`() async throws {
    let rig = try BrowserRig(rows: 5)
    let id = await rig.make("a")
    await rig.make("b")
    await rig.start()
    await rig.sandbox.remove(id.rawValue)
    await rig.perform(.refresh, .move(.first))
    #expect(rig.browser.cursor.record?.isGhost == true)
    for command in [Command.mark, .edit, .delete, .takeBack] {
      await rig.perform(command)
      #expect(rig.browser.notice?.text == "a is gone." && rig.browser.overlay == nil)
    }
    await rig.perform(.markAll)
    #expect(rig.browser.marks.count == 1)
  }
}
