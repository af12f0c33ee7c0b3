import Foundation
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
  }

  private var marks: [Image.ID: Mark] = [:]

  /// How long a sign stays.
  static let duration: TimeInterval = 10

  package init() {}

  package func sign(of id: Image.ID) -> Sign? { marks[id]?.sign }

  /// Marks an image. A new image that changes is still new to whoever has not seen it.
  mutating func add(_ sign: Sign, _ id: Image.ID, slot: Int) {
    let old = marks[id]
    let stays = old?.sign == .new && sign == .changed
    marks[id] = Mark(sign: stays ? .new : sign, slot: slot, seen: nil)
  }

  mutating func remove(_ ids: Set<Image.ID>) {
    for id in ids { marks[id] = nil }
  }

  /// Notes which rows are on the screen, and takes the signs away whose time is over.
  ///
  /// - Returns: the images that have gone and whose rows may close up now.
  mutating func update(onScreen ids: Set<Image.ID>, now: Date) -> Set<Image.ID> {
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
    return gone
  }

  /// All changes have been seen, as those have that stand in the log.
  mutating func seeAll(_ now: Date) {
    for (id, mark) in marks where mark.seen == nil { marks[id]?.seen = now }
  }

  /// Where the changes are that have not been on the screen yet.
  func elsewhere(in listing: Listing, visible: Range<Int>) -> Elsewhere {
    var elsewhere = Elsewhere()
    for mark in marks.values where mark.seen == nil {
      switch listing.row(ofSlot: mark.slot) {
      case nil: elsewhere.filtered += 1
      case .some(let row) where row < visible.lowerBound: elsewhere.above += 1
      case .some(let row) where row >= visible.upperBound: elsewhere.below += 1
      case .some: elsewhere.behind += 1
      }
    }
    return elsewhere
  }

  /// How many changes nobody has seen, and which way they are.
  package struct Elsewhere: Hashable, Sendable {
    package var above = 0
    package var below = 0
    package var filtered = 0
    /// In rows that something else covers.
    package var behind = 0

    package init(above: Int = 0, below: Int = 0, filtered: Int = 0) {
      self.above = above
      self.below = below
      self.filtered = filtered
    }
  }
}
