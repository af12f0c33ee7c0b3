import Foundation
package import NovaClient

/// Images as a service has given them, with what is needed to tell whether they are newer than what is known.
package struct Readings: Sendable {
  package var images: [Image]
  /// Which question brought them; later questions have higher numbers.
  package var ticket: Int
  /// The last question that had been asked when the answer came. What is asked after that sees the image later.
  package var answered: Int
  /// Whether only their metadata was read.
  package var isMetadataOnly: Bool

  package init(_ images: [Image], ticket: Int = 0, answered: Int? = nil, isMetadataOnly: Bool = false) {
    self.images = images
    self.ticket = ticket
    self.answered = max(answered ?? ticket, ticket)
    self.isMetadataOnly = isMetadataOnly
  }
}

/// An image as the catalogue holds it, with the question that showed it so.
struct Known: Sendable {
  let entry: CatalogueEntry
  /// The number of the question.
  private(set) var asked: Int
  /// The last question that had been asked when the answer came.
  private(set) var answered: Int

  init(_ entry: CatalogueEntry, _ readings: Readings) {
    self.entry = entry
    asked = readings.ticket
    answered = readings.answered
  }

  /// Another reading has shown the same.
  mutating func confirm(_ readings: Readings) {
    asked = max(asked, readings.ticket)
    answered = max(answered, readings.answered)
  }

  /// Whether a reading shows the image as it was before.
  func isNewer(than image: Image, in readings: Readings) -> Bool {
    // Asked when this was known already. The time in it may be an earlier one all the same: clocks are set back, and
    // images are replaced from a backup.
    if readings.ticket > answered { return false }
    // Of two questions that were under way together either may have seen the image first.
    if let updated = image.updated, let known = entry.image.updated, updated != known {
      return updated < known
    }
    // Times are to the second: of two readings in one second the one that was asked for later counts.
    return readings.ticket < asked
  }
}

/// What the catalogue knows about how it came to be, by the service's clock.
struct ReadingHistory: Hashable, Sendable {
  /// The service's time when the list was first read; nil before that.
  var began: Date?
  /// Until when all that was made has been told.
  var knownUntil: Date?
  /// Whether the whole list has been read once.
  var isComplete = false

  /// What it means that an image is read that was not known.
  func meaning(ofUnknown image: Image) -> Change.Kind? {
    if isComplete { return .new(image.status) }
    guard let began else { return nil }
    if let created = image.created, created >= began { return .new(image.status) }
    // It was there before, and the walk has not come to it yet.
    return image.updated.map { $0 > began } ?? false ? .changed([]) : nil
  }
}
