import Foundation
package import NovaClient

/// Which images are shown. Every part means what a person expects, whatever the service's own filters mean, and is
/// evaluated here, on the catalogue; all parts together must match.
package struct ImageFilter: Hashable, Sendable {
  package var name: NameTerm?
  package var status: ImageStatus?
  package var type: ImageType?
  /// GiB.
  package var minDisk: NumberTerm?
  /// MiB.
  package var minRAM: NumberTerm?
  /// A server's id, or a URL that ends in one.
  package var server: String?
  package var changedSince: TimeTerm?

  package init() {}

  /// Whether nothing is left out.
  package var isEmpty: Bool { self == ImageFilter() }

  func matches(_ record: CatalogueEntry) -> Bool {
    let image = record.image
    // Of what cannot be read no more is known than its name.
    if image.status == .unreadable, type != nil || minDisk != nil || minRAM != nil { return false }
    if let status, image.status != status { return false }
    if let type, image.type != type { return false }
    if let minDisk, !minDisk.matches(image.minDisk) { return false }
    if let minRAM, !minRAM.matches(image.minRAM) { return false }
    if let server, image.server?.id != Self.serverID(server) { return false }
    if let changedSince {
      guard let changed = image.updated ?? image.created, changed >= changedSince.date else { return false }
    }
    return name?.matches(record) ?? true
  }

  /// The last part of a URL, as the service takes it (observed); anything else as it is.
  private static func serverID(_ text: String) -> String {
    text.split(separator: "/").last.map(String.init) ?? text
  }
}

/// What is asked of a name: `ubuntu` anywhere in it whatever its case, `=ubuntu` exactly, `!ubuntu` nowhere in it,
/// `!=ubuntu` anything else.
package struct NameTerm: Hashable, Sendable {
  package enum Way: Hashable, Sendable, CaseIterable {
    case contains
    case equals
    case lacks
    case differs

    /// What stands before the text.
    fileprivate var sign: String {
      switch self {
      case .contains: ""
      case .equals: "="
      case .lacks: "!"
      case .differs: "!="
      }
    }
  }

  package let way: Way
  /// What is looked for, as it was typed.
  package let text: String
  private let needle: String

  /// Reads a term; nil where nothing is asked.
  package init?(_ typed: String) {
    let found = Way.allCases.last { typed.hasPrefix($0.sign) }
    way = found ?? .contains
    text = String(typed.dropFirst(way.sign.count))
    guard !text.isEmpty else { return nil }
    needle = text.folded
  }

  /// The term as it is typed.
  package var typed: String { way.sign + text }

  func matches(_ record: CatalogueEntry) -> Bool {
    switch way {
    case .contains: Self.contains(record.foldedName, needle)
    case .equals: record.image.name == text
    case .lacks: !Self.contains(record.foldedName, needle)
    case .differs: record.image.name != text
    }
  }

  /// Looks for bytes: `String.contains` walks over characters, which takes twenty times as long.
  private static func contains(_ text: String, _ needle: String) -> Bool {
    var text = text
    var needle = needle
    return text.withUTF8 { text in
      needle.withUTF8 { needle in
        guard let first = needle.first else { return true }
        var start = 0
        while start + needle.count <= text.count {
          if text[start] == first, text[start..<start + needle.count].elementsEqual(needle) { return true }
          start += 1
        }
        return false
      }
    }
  }
}

/// What is asked of a number: `20` at least, `=20` exactly, `<=20` at most.
package struct NumberTerm: Hashable, Sendable {
  package enum Way: Hashable, Sendable {
    case atLeast
    case exactly
    case atMost
  }

  package var way: Way
  package var number: Int

  package init(_ way: Way, _ number: Int) {
    self.way = way
    self.number = number
  }

  func matches(_ value: Int) -> Bool {
    switch way {
    case .atLeast: value >= number
    case .exactly: value == number
    case .atMost: value <= number
    }
  }
}
