package import Foundation
import NovaClient

/// What a reading has told about an image, as the catalogue has found out by comparing it with the one before.
package struct CatalogueEvent: Sendable {
  /// The image as it is now, or as it was last.
  package let entry: CatalogueEntry
  package let kind: Change.Kind
  /// When it happened, by the service's clock; nil where nobody knows.
  package let happened: Date?
}

/// What came of putting readings into the catalogue.
package struct Merged: Sendable {
  /// Whether anything is different now.
  package var hasNews = false
  /// What that means for people; the first reading of an image that was there before means nothing.
  package var events: [CatalogueEvent] = []
  /// The place of these events among all, counted from 0; nil where there are none. Two answers can be handed on in
  /// another order than that in which they went into the catalogue.
  package var number: Int?
}
