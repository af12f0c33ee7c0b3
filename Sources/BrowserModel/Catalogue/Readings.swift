import Foundation
package import NovaClient

/// Images as a service has given them, with what is needed to tell whether they are newer than what is known.
package struct Readings: Sendable {
  package var images: [Image]
  /// Which question brought them; later questions have higher numbers.
  package var ticket: Int
  /// Whether only their metadata was read.
  package var isMetadataOnly: Bool

  package init(_ images: [Image], ticket: Int = 0, isMetadataOnly: Bool = false) {
    self.images = images
    self.ticket = ticket
    self.isMetadataOnly = isMetadataOnly
  }
}

/// What the catalogue knows about how it came to be, by the service's clock and the order of questions.
struct ReadingHistory: Hashable, Sendable {
  /// The service's time when the list was first read; nil before that.
  var began: Date?
  /// Whether the whole list has been read once.
  var isComplete = false
  /// From this question on the service's clock is another one, and its times mean nothing beside earlier ones.
  var clockChanged = 0

  /// What it means that an image is read that was not known.
  func meaning(ofUnknown image: Image) -> Change.Kind? {
    if isComplete { return .new(image.status) }
    guard let began else { return nil }
    if let created = image.created, created >= began { return .new(image.status) }
    // It was there before, and the walk has not come to it yet.
    return image.updated.map { $0 > began } ?? false ? .changed([]) : nil
  }

  /// Whether a reading shows an image as it was before another reading.
  func isOlder(_ image: Image, _ ticket: Int, than known: CatalogueEntry) -> Bool {
    if known.ticket < clockChanged, ticket >= clockChanged { return false }
    if let updated = image.updated, let knownUpdated = known.image.updated, updated != knownUpdated {
      return updated < knownUpdated
    }
    // Times are to the second: of two readings in one second the one that was asked for later counts.
    return ticket < known.ticket
  }
}
