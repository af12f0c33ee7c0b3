import Foundation
import NovaClient

/// The columns of the list, each of which it can be ordered by.
package enum Column: String, CaseIterable, Hashable, Sendable {
  case name = "NAME"
  case status = "STATUS"
  case type = "TYPE"
  case size = "SIZE"
  case disk = "DISK"
  case ram = "RAM"
  case updated = "UPDATED"

  /// Texts begin at A; numbers and times with the largest, which is what one looks for.
  var startsDescending: Bool {
    switch self {
    case .name, .status, .type: false
    case .size, .disk, .ram, .updated: true
    }
  }
}

/// What the list is ordered by. Equal images stand in the order of their names, and those of one name as the service
/// has them, the newest first, so that two listings of the same images are the same.
package struct ImageOrder: Hashable, Sendable {
  package private(set) var column: Column
  package private(set) var isDescending: Bool

  package init(_ column: Column = .name) {
    self.column = column
    isDescending = column.startsDescending
  }

  /// The same the other way round.
  package var reversed: ImageOrder {
    var copy = self
    copy.isDescending.toggle()
    return copy
  }

  /// By the column to the right of this one, or the first after the last.
  package var next: ImageOrder {
    let columns = Column.allCases
    let index = columns.firstIndex(of: column).map { ($0 + 1) % columns.count }
    return ImageOrder(columns[index ?? 0])
  }

  /// Whether a record stands before another.
  func isBefore(_ a: CatalogueEntry, _ b: CatalogueEntry) -> Bool {
    switch compare(a, b) {
    case let order where order != 0: isDescending ? order > 0 : order < 0
    default:
      switch Self.compare(a.foldedName, b.foldedName) {
      case let order where order != 0: order < 0
      default: a.image.isListed(before: b.image)
      }
    }
  }

  /// Below 0 when the first has less of what the column shows. What has no value has least of it.
  private func compare(_ a: CatalogueEntry, _ b: CatalogueEntry) -> Int {
    switch column {
    // Nameless images stand behind all others.
    case .name where a.foldedName.isEmpty || b.foldedName.isEmpty:
      (a.foldedName.isEmpty ? 1 : 0) - (b.foldedName.isEmpty ? 1 : 0)
    case .name: Self.compare(a.foldedName, b.foldedName)
    case .status: Self.compare(a.image.status.rawValue, b.image.status.rawValue)
    case .type: Self.compare(a.image.type.rawValue, b.image.type.rawValue)
    case .size: Self.compare(a.image.size ?? -1, b.image.size ?? -1)
    case .disk: Self.compare(a.image.minDisk, b.image.minDisk)
    case .ram: Self.compare(a.image.minRAM, b.image.minRAM)
    case .updated: Self.compare(Self.time(a.image), Self.time(b.image))
    }
  }

  private static func compare<Value: Comparable>(_ a: Value, _ b: Value) -> Int {
    a == b ? 0 : (a < b ? -1 : 1)
  }

  private static func time(_ image: Image) -> Double {
    (image.updated ?? image.created)?.timeIntervalSince1970 ?? -.infinity
  }
}

extension Image {
  /// Whether it stands before another in the service's own order: the newest first, then by id (observed).
  func isListed(before other: Image) -> Bool {
    switch (created, other.created) {
    case (let own?, let others?) where own != others: own > others
    case (.some, nil): true
    case (nil, .some): false
    default: id.rawValue > other.id.rawValue
    }
  }
}
