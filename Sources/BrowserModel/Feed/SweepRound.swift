import Foundation
import NovaClient

/// One round of the sweep: who was known when it began and has not been listed yet, and where the list goes on.
struct SweepRound: Sendable {
  private(set) var unseen: Set<Image.ID>
  /// Listed, and not known when the round began.
  private(set) var strangers: Set<Image.ID> = []
  private(set) var marker: Image.ID?
  private(set) var limit = ImagePages.largestLimit
  private(set) var isAtEnd = false
  /// What each page began with: one that begins like another is it again.
  private var firsts: Set<Image.ID> = []
  /// How often the image that the next page begins behind has vanished.
  private(set) var restarts = 0

  private var known: Set<Image.ID>

  init(_ known: Set<Image.ID>) {
    self.known = known
    unseen = known
  }

  var query: ImageQuery { ImageQuery(limit: limit, marker: marker) }

  mutating func take(_ page: ImagePage<ImageName>) {
    let ids = page.images.map(\.id) + page.unreadable.compactMap(\.id)
    unseen.subtract(ids)
    strangers.formUnion(ids.filter { !known.contains($0) })
    // A service that ignores the marker would be listed for ever.
    let repeats = ids.first.map { !firsts.insert($0).inserted } ?? false
    isAtEnd = page.lastID == nil || repeats || (ids.count < limit && !page.hasNextLink)
    marker = page.lastID ?? marker
    limit = min(limit * 2, ImagePages.largestLimit)
  }

  /// The page cannot be read because of one image in it.
  ///
  /// - Returns: whether it is already known which: the next one, which must be stepped over.
  mutating func narrow() -> Bool {
    guard limit > 1 else { return true }
    limit = 1 + limit / 8
    return false
  }

  /// Begins again with those that are known now.
  mutating func restart(_ known: Set<Image.ID>) {
    let restarts = restarts + 1
    self = SweepRound(known)
    self.restarts = restarts
  }

  /// Goes on behind an image.
  mutating func step(over id: Image.ID?) {
    marker = id
    isAtEnd = id == nil
  }
}
