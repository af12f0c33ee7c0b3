package import Foundation
package import NovaClient

/// Which images have changed lately and are marked in the list: for ten seconds, which begin when the row is on the
/// screen.
package struct Highlights: Hashable, Sendable {
  /// The sign of a row.
  package enum Sign: Hashable, Sendable {
    case new
    case changed
    case gone
  }

  private struct Mark: Hashable, Sendable {
    var sign: Sign
    /// The image's place in the catalogue, by which its row is found.
    var slot: Int
    /// When the row was first on the screen with it.
    var seen: Date?
    /// Later marks have higher numbers.
    var number: Int
  }

  private var marks: [Image.ID: Mark] = [:]
  private var lastNumber = 0
  /// Whether some were taken away that nobody has seen.
  private var isIncomplete = false

  /// How long a sign stays.
  static let duration: TimeInterval = 10
  /// So many are kept, since each key goes through all of them; nobody looks for more one by one.
  package static let limit = 1000

  package init() {}

  package func sign(of id: Image.ID) -> Sign? { marks[id]?.sign }

  /// Marks an image. A new image that changes is still new to whoever has not seen it.
  package mutating func add(_ sign: Sign, _ id: Image.ID, slot: Int) {
    let old = marks[id]
    let stays = old?.sign == .new && old?.seen == nil && sign == .changed
    lastNumber += 1
    marks[id] = Mark(sign: stays ? .new : sign, slot: slot, seen: nil, number: lastNumber)
  }

  /// Takes the oldest away when there are too many.
  ///
  /// - Returns: the images that have gone and whose rows may close up now.
  package mutating func trim() -> Set<Image.ID> {
    guard marks.count > Self.limit else { return [] }
    let old = marks.sorted { $0.value.number < $1.value.number }.prefix(marks.count - Self.limit)
    isIncomplete = true
    remove(Set(old.map(\.key)))
    return Set(old.lazy.filter { $0.value.sign == .gone }.map(\.key))
  }

  mutating func remove(_ ids: Set<Image.ID>) {
    for id in ids { marks[id] = nil }
  }

  /// Notes which rows are on the screen, and takes the signs away whose time is over.
  ///
  /// - Returns: the images that have gone and whose rows may close up now.
  package mutating func update(onScreen ids: Set<Image.ID>, now: Date) -> Set<Image.ID> {
    var over: Set<Image.ID> = []
    for (id, mark) in marks {
      if let seen = mark.seen {
        if now.timeIntervalSince(seen) >= Self.duration { over.insert(id) }
      } else if ids.contains(id) {
        marks[id]?.seen = now
      }
    }
    let gone = over.filter { marks[$0]?.sign == .gone }
    remove(over)
    if marks.isEmpty { isIncomplete = false }
    return gone
  }

  /// All changes have been seen, as those have that stand in the log.
  mutating func seeAll(_ now: Date) {
    for (id, mark) in marks where mark.seen == nil { marks[id]?.seen = now }
    isIncomplete = false
  }

  /// Where the changes are that have not been on the screen yet.
  package func elsewhere(in listing: Listing, visible: Range<Int>) -> Elsewhere {
    var elsewhere = Elsewhere()
    for mark in marks.values where mark.seen == nil {
      switch listing.row(ofSlot: mark.slot) {
      case nil: elsewhere.filtered += 1
      case .some(let row) where row < visible.lowerBound: elsewhere.above += 1
      case .some(let row) where row >= visible.upperBound: elsewhere.below += 1
      case .some: elsewhere.behind += 1
      }
    }
    elsewhere.isMore = isIncomplete
    return elsewhere
  }

  /// How many changes nobody has seen, and which way they are.
  package struct Elsewhere: Hashable, Sendable {
    package var above = 0
    package var below = 0
    package var filtered = 0
    /// In rows that something else covers.
    package var behind = 0
    /// Whether there were more, which are not counted any more.
    package var isMore = false

    package init(above: Int = 0, below: Int = 0, filtered: Int = 0) {
      self.above = above
      self.below = below
      self.filtered = filtered
    }
  }
}
