import Foundation
package import NovaClient

/// An image in the catalogue. It never changes: a newer reading of the image is a new record in the same slot, so
/// that what is on the screen stays what it was until the next listing.
package final class CatalogueEntry: Sendable {
  /// The image as it was read last.
  package let image: Image
  /// Whether the image is gone, and only its row is still there for a moment.
  package let isGhost: Bool
  /// The image's place in the catalogue, which it keeps; counted from 0 in the order of arrival.
  let slot: Int
  /// The name as it is looked for and ordered by.
  let foldedName: String
  /// Whether its metadata is newer than its time of change, as when the metadata was read alone.
  let isAhead: Bool

  init(_ image: Image, slot: Int, isGhost: Bool = false, isAhead: Bool = false) {
    self.image = image
    self.slot = slot
    self.isGhost = isGhost
    self.isAhead = isAhead
    foldedName = image.name?.folded ?? ""
  }
}

extension String {
  /// In lower case, and with each letter and its marks as one, so that equal looks have equal bytes.
  var folded: String {
    let lower = lowercased()
    return lower.utf8.allSatisfy { $0 < 0x80 } ? lower : lower.precomposedStringWithCanonicalMapping
  }
}
