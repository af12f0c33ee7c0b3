import BrowserModel
import Console
import Foundation
import NovaClient

/// Which columns the list has at a width, and how wide each is.
struct Columns: Hashable {
  struct Slot: Hashable {
    var column: Column
    var width: Int
  }

  let slots: [Slot]
  /// The cells at the left of each row: a blank, the sign, the mark.
  static let margin = 3
  private static let gap = 2

  /// - Parameter showsAll: whether the name gives way rather than other columns.
  init(width: Int, showsAll: Bool) {
    // In this order they give way where the name would have less than this; name and status stay.
    var shown: [Column] = Column.allCases
    let room = width - Self.margin
    let least = showsAll ? 12 : 24
    for column in [Column.ram, .disk, .type, .size, .updated] where Self.fixed(shown) + least > room {
      shown.removeAll { $0 == column }
    }
    let name = max(room - Self.fixed(shown), 0)
    slots = shown.map { Slot(column: $0, width: $0 == .name ? name : Self.width($0)) }
  }

  /// All but the name, with the gaps before them.
  private static func fixed(_ columns: [Column]) -> Int {
    columns.reduce(0) { $1 == .name ? $0 : $0 + gap + width($1) }
  }

  private static func width(_ column: Column) -> Int {
    switch column {
    case .name: 0
    case .status: 10
    case .type, .size, .disk, .ram: 8
    case .updated: 10
    }
  }

  static func isRight(_ column: Column) -> Bool {
    switch column {
    case .size, .disk, .ram, .updated: true
    case .name, .status, .type: false
    }
  }

  /// Calls for each column with where it begins.
  func forEach(from column: Int, _ body: (Slot, Int) -> Void) {
    var place = column + Self.margin
    for slot in slots {
      body(slot, place)
      place += slot.width + Self.gap
    }
  }

  /// What a column says of an image.
  static func text(_ column: Column, of entry: CatalogueEntry, now: Date, width: Int) -> String {
    let image = entry.image
    guard !entry.isGhost else { return column == .status ? "GONE" : text(column, of: image, now: now) }
    switch column {
    // Its size is not known before it has been saved, so there is room to show how far that is.
    case .size where image.status == .saving: return Words.bar(image.progress, width: width)
    case .updated where image.status == .saving: return Words.lasting(since: image.created, now: now)
    default: return text(column, of: image, now: now)
    }
  }

  /// What a column says of an image that is not being saved.
  static func text(_ column: Column, of image: Image, now: Date) -> String {
    switch column {
    case .name: image.displayName
    case .status:
      image.status == .saving ? "SAVING \(image.progress ?? 0)%" : image.status.rawValue
    case .type: image.type.rawValue
    case .size: Words.bytes(image.size)
    case .disk: Words.disk(image.minDisk)
    case .ram: Words.memory(image.minRAM)
    case .updated: Words.age(of: image.updated ?? image.created, now: now)
    }
  }

  static func style(_ column: Column, of image: Image) -> Style {
    switch column {
    case .status: style(image.status)
    case .size where image.status == .saving: .progress
    default: .plain
    }
  }

  static func style(_ status: ImageStatus) -> Style {
    switch status {
    case .active: .plain
    case .saving: .progress
    case .error: .danger
    case .deleted: .faint
    default: .warning
    }
  }
}
