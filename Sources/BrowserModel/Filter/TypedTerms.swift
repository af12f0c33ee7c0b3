package import Foundation
import NovaClient

extension NumberTerm {
  /// MiB in each unit that memory can be typed in.
  package static let memoryUnits = ["": 1, "m": 1, "mb": 1, "mib": 1, "g": 1024, "gb": 1024, "gib": 1024]

  /// GiB in each unit that a disk can be typed in.
  package static let diskUnits = ["": 1, "g": 1, "gb": 1, "gib": 1, "t": 1024, "tb": 1024, "tib": 1024]

  /// Reads `20`, `>=20`, `=20`, `<=20`, with a unit where there are units (`2 GiB`).
  package init?(typed: String, units: [String: Int]) {
    var rest = typed.trimmingCharacters(in: .whitespaces)[...]
    way = .atLeast
    for (sign, way) in [
      ("<=", Way.atMost), ("≤", .atMost), (">=", .atLeast), ("≥", .atLeast), ("=", .exactly),
    ]
    where rest.hasPrefix(sign) {
      self.way = way
      rest = rest.dropFirst(sign.count)
      break
    }
    let text = rest.trimmingCharacters(in: .whitespaces)
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let unit = text.dropFirst(digits.count).trimmingCharacters(in: .whitespaces).lowercased()
    guard let count = Int(digits), let factor = unit.isEmpty ? 1 : units[unit] else { return nil }
    let (product, isTooLarge) = count.multipliedReportingOverflow(by: factor)
    guard !isTooLarge else { return nil }
    number = product
  }

  /// The term as it is typed, without a unit.
  package func typed() -> String {
    switch way {
    case .atLeast: "\(number)"
    case .exactly: "=\(number)"
    case .atMost: "<=\(number)"
    }
  }
}

/// A time that one types as an age (`2h`, `3d`) or as a date (`2026-11-20`, `2026-11-20T14:00Z`; UTC).
package struct TimeTerm: Hashable, Sendable {
  package let typed: String
  package let date: Date

  package init?(typed: String, now: Date) {
    let text = typed.trimmingCharacters(in: .whitespaces)
    guard let date = Self.age(text).map({ now.addingTimeInterval(-$0) }) ?? Self.time(text) else {
      return nil
    }
    self.typed = text
    self.date = date
  }

  /// Seconds.
  private static func age(_ text: String) -> TimeInterval? {
    let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]
    guard let unit = text.last.flatMap({ units[$0] }), let count = Int(text.dropLast()), count >= 0,
      count < 1_000_000
    else { return nil }
    return Double(count) * unit
  }

  private static func time(_ text: String) -> Date? {
    let zone = text.hasSuffix("Z") ? "Z" : ""
    let bare = text.dropLast(zone.count)
    // A day; a day and minutes; everything.
    return Timestamp.parse(text) ?? Timestamp.parse("\(bare):00\(zone)")
      ?? Timestamp.parse("\(bare)T00:00:00Z")
  }
}
