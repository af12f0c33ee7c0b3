import BrowserModel
import BrowserRig
import Foundation
import NovaClient
import Testing

struct CatalogueTests {
  @Test(arguments: 0..<30)
  func `the listing is what sorting everything would give, whatever came in what order`(
    seed: Int
  ) async throws {
    var dice = Dice(seed: UInt64(seed))
    let catalogue = Catalogue()
    var all: [Image.ID: Image] = [:]
    var query = ListQuery()
    for step in 0..<25 {
      switch dice.below(6) {
      case 0:
        let gone = Set(all.keys.filter { _ in dice.below(8) == 0 })
        await catalogue.remove(gone, leavingGhosts: dice.below(2) == 0)
        await catalogue.bury(gone)
        for id in gone { all[id] = nil }
      case 1:
        query.order = dice.below(2) == 0 ? query.order.next : query.order.reversed
      case 2:
        query.filter.minDisk = dice.below(2) == 0 ? nil : NumberTerm(.atLeast, dice.below(4))
      default:
        let count = dice.below(2) == 0 ? 3 : 60
        var batch: [Image.ID: Image] = [:]
        for _ in 0..<count {
          // Ids of a step of their own: one that is gone is never given out again.
          let id = Image.ID(
            dice.below(3) == 0
              ? all.keys.map(\.rawValue).min() ?? "\(step)-first" : "\(step)-\(dice.below(40))")
          batch[id] = Image(
            id: id, name: "name-\(dice.below(9))", status: dice.below(3) == 0 ? .saving : .active,
            minDisk: dice.below(5), updated: Date(timeIntervalSince1970: Double(step)))
        }
        await catalogue.merge(Array(batch.values))
        all.merge(batch) { _, new in new }
      }
      let listing = try await catalogue.listing(query)
      let fresh = Catalogue()
      await fresh.merge(Array(all.values))
      let expected = try await fresh.listing(query)
      #expect(listing.rows.map(\.image) == expected.rows.map(\.image))
      #expect(listing.total == all.count)
      #expect(listing.saving == all.values.count { $0.status == .saving })
      for (row, entry) in listing.rows.enumerated() { #expect(listing.row(of: entry) == row) }
    }
  }

  @Test func `what is known to be gone does not come back with a page that was on its way`() async throws {
    let catalogue = Catalogue()
    await catalogue.merge([Image(id: "a"), Image(id: "b")])
    await catalogue.remove(["a"], leavingGhosts: false)
    await catalogue.merge([Image(id: "a"), Image(id: "b")])
    #expect(try await catalogue.listing(ListQuery()).rows.map(\.image.id) == ["b"])
  }

  @Test func `what cannot be read matches by its name only, and to be read again is no change`() async throws
  {
    let catalogue = Catalogue()
    await catalogue.merge(Readings([Image(id: "a", name: "odd", status: .unreadable)], ticket: 1))
    await catalogue.complete()
    var filter = ImageFilter()
    filter.name = NameTerm("odd")
    #expect(try await catalogue.count(filter) == 1)
    filter.minDisk = NumberTerm(typed: "<=5", units: NumberTerm.diskUnits)
    #expect(try await catalogue.count(filter) == 0)
    let read = await catalogue.merge(Readings([Image(id: "a", name: "odd", status: .active)], ticket: 2))
    #expect(read.hasNews && read.events.isEmpty)
    #expect(try await catalogue.count(filter) == 1)
  }

  @Test func `what was hidden for a while is there again with the first later question`() async throws {
    let catalogue = Catalogue()
    await catalogue.merge(Readings([Image(id: "a"), Image(id: "b")], ticket: 1))
    await catalogue.complete()
    await catalogue.remove(["a"], ticket: 3)
    #expect(await !catalogue.merge(Readings([Image(id: "a")], ticket: 2)).hasNews)
    #expect(
      await catalogue.merge(Readings([Image(id: "a")], ticket: 4)).events.map(\.kind) == [.new(.active)])
    // The row of the one that was gone has made room, and it is one image again.
    let listing = try await catalogue.listing(ListQuery())
    #expect(listing.rows.map(\.image.id) == ["b", "a"] && listing.rows.allSatisfy { !$0.isGhost })
    // Who was told earlier that it is gone knows less than who has read it later.
    #expect(await catalogue.remove(["a"], ticket: 3).events.isEmpty)
  }
}

extension Dice {
  fileprivate mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &self) }
}
