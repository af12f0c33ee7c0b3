import BrowserModel
import Foundation
import NovaClient
import Testing

/// What two readings of an image tell, and what one tells that is the first.
struct ChangeTests {
  private static let start = Date(timeIntervalSince1970: 1_795_442_400)

  private static func image(
    _ id: Image.ID = "a", status: ImageStatus = .active, created: TimeInterval = -600,
    updated: TimeInterval? = nil, metadata: [String: JSONValue] = [:]
  ) -> Image {
    Image(
      id: id, name: "web", status: status, created: start + created, updated: start + (updated ?? created),
      metadata: metadata)
  }

  /// A catalogue whose whole list was read at the start.
  private static func catalogue(_ images: [Image] = [image()]) async -> Catalogue {
    let catalogue = Catalogue()
    await catalogue.merge(images)
    await catalogue.begin(at: start)
    await catalogue.complete()
    return catalogue
  }

  @Test func `what was there when the reading began has not changed`() async {
    let merged = await Catalogue().merge([Self.image()])
    #expect(merged.hasNews)
    #expect(merged.events.isEmpty)
  }

  @Test func `while the list is being read, an image that was made since is new, and an older one is not`()
    async
  {
    let catalogue = Catalogue()
    await catalogue.begin(at: Self.start)
    let merged = await catalogue.merge([
      Self.image("old"), Self.image("new", created: 3), Self.image("touched", updated: 5),
    ])
    #expect(merged.events.map(\.entry.image.id) == ["new", "touched"])
    #expect(merged.events.map(\.kind) == [.new(.active), .changed([])])
  }

  @Test func `a status that changes says how long the image was being saved, by the service's clock`() async {
    let catalogue = await Self.catalogue([Self.image(status: .saving, created: 10)])
    let merged = await catalogue.merge([Self.image(created: 10, updated: 202)])
    #expect(
      merged.events.map(\.kind) == [.changed([.status(from: .saving, to: .active, after: .seconds(192))])])
    let change = Change(time: Self.start, image: "a", name: "web", kind: merged.events[0].kind)
    #expect(change.lines == ["SAVING → ACTIVE after 3m12s"])
    #expect(change.outcome == .active)
  }

  @Test func `metadata is told with its old and its new value`() async {
    let catalogue = await Self.catalogue([Self.image(metadata: ["a": "1", "b": "2"])])
    let merged = await catalogue.merge([Self.image(updated: 4, metadata: ["b": "3", "c": ""])])
    #expect(
      merged.events.map(\.kind) == [
        .changed([
          .metadata(key: "a", from: "1", to: nil), .metadata(key: "b", from: "2", to: "3"),
          .metadata(key: "c", from: nil, to: ""),
        ])
      ])
    let change = Change(time: Self.start, image: "a", name: "web", kind: merged.events[0].kind)
    #expect(change.lines == ["a: 1 → –", "b: 2 → 3", "c: – → \"\""])
  }

  @Test func `the same reading again is nothing, and an older one neither`() async {
    let catalogue = await Self.catalogue()
    let newer = Self.image(updated: 9, metadata: ["a": "1"])
    #expect(await catalogue.merge([newer]).events.count == 1)
    #expect(await catalogue.merge([newer]).hasNews == false)
    #expect(await catalogue.merge([Self.image()]).hasNews == false)
  }

  @Test func `of two readings in one second the one that was asked for later counts`() async {
    let catalogue = await Self.catalogue()
    let first = Self.image(updated: 9, metadata: ["a": "1"])
    let second = Self.image(updated: 9, metadata: ["a": "2"])
    #expect(await catalogue.merge(Readings([second], ticket: 5)).events.count == 1)
    #expect(await catalogue.merge(Readings([first], ticket: 4)).hasNews == false)
    #expect(await catalogue.merge(Readings([second], ticket: 6)).hasNews == false)
  }

  @Test func `an image that has changed in nothing that can be seen has changed`() async {
    let catalogue = await Self.catalogue()
    #expect(await catalogue.merge([Self.image(updated: 9)]).events.map(\.kind) == [.changed([])])
  }

  @Test func `metadata that was read alone is told once`() async {
    let catalogue = await Self.catalogue()
    let ahead = Readings([Self.image(metadata: ["a": "1"])], ticket: 1, isMetadataOnly: true)
    #expect(await catalogue.merge(ahead).events.count == 1)
    let delta = Readings([Self.image(updated: 9, metadata: ["a": "1"])], ticket: 2)
    #expect(await catalogue.merge(delta).events.isEmpty)
  }

  @Test func `an image that a service lists as DELETED is gone`() async throws {
    let catalogue = await Self.catalogue()
    let deleted = [
      Self.image(status: .deleted, updated: 9), Self.image("other", status: .deleted, created: 8),
    ]
    #expect(await catalogue.merge(deleted).events.map(\.kind) == [.gone])
    let listing = try await catalogue.listing(ListQuery())
    #expect(listing.total == 0)
    #expect(listing.shown == 0)
    #expect(listing.rows.map(\.isGhost) == [true])
    await catalogue.bury(["a"])
    #expect(try await catalogue.listing(ListQuery()).rows.isEmpty)
  }

  @Test func `when the service's clock is set back, what it says from then on counts all the same`() async {
    let catalogue = Catalogue()
    await catalogue.merge(Readings([Self.image(updated: 3600)], ticket: 1, answered: 3))
    let change = Self.image(updated: 20, metadata: ["a": "1"])
    // Asked while the other question was under way, so that it may have been overtaken.
    #expect(await catalogue.merge(Readings([change], ticket: 3)).hasNews == false)
    #expect(await catalogue.merge(Readings([change], ticket: 4)).events.count == 1)
  }

  @Test func `an image that has only become visible is new when it is seen, and not when it was made`() async
  {
    let catalogue = await Self.catalogue()
    let old = await catalogue.merge([Self.image("old", created: -86_400)]).events
    #expect(old.map(\.kind) == [.new(.active)] && old.map(\.happened) == [nil])
    let new = await catalogue.merge([Self.image("new", created: 60)]).events
    #expect(new.map(\.happened) == [Self.start + 60])
    // Whatever was made by then has been told.
    await catalogue.know(until: Self.start + 600)
    #expect(await catalogue.merge([Self.image("shared", created: 500)]).events.map(\.happened) == [nil])
  }

  @Test func `the log keeps the last ten thousand lines, and their numbers`() {
    var log = ChangeLog()
    for number in 0..<12_500 {
      log.append(Change(time: Self.start, image: "a", name: "web-\(number)", kind: .gone))
    }
    #expect(log.lines.count == 10_000)
    #expect(log.lines.first?.name == "web-2500")
    #expect(log.line(12_499)?.name == "web-12499")
    #expect(log.line(12_500) == nil)
  }

  @Test func `a line keeps the name that the image had`() {
    var log = ChangeLog()
    for (image, name) in [("a", "web"), ("b", "web"), ("a", "web"), ("a", "new"), ("b", "web")] {
      log.append(Change(time: Self.start, image: Image.ID(rawValue: image), name: name, kind: .gone))
    }
    #expect(log.lines.map { "\($0.image) \($0.name)" } == ["a web", "b web", "a web", "a new", "b web"])
  }
}
