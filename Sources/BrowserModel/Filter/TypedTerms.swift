package import Foundation
import NovaClient

extension NumberTerm {
  /// MiB in each unit that memory can be typed in.
  package static let memoryUnits: [String: Double] = [
    "": 1, "m": 1, "mb": 1, "mib": 1, "g": 1024, "gb": 1024, "gib": 1024, "t": 1_048_576, "tb": 1_048_576,
    "tib": 1_048_576,
  ]

  /// GiB in each unit that a disk can be typed in.
  package static let diskUnits: [String: Double] = [
    "": 1, "m": 1 / 1024, "mb": 1 / 1024, "mib": 1 / 1024, "g": 1, "gb": 1, "gib": 1, "t": 1024, "tb": 1024,
    "tib": 1024,
  ]

  /// Reads `20`, `>=20`, `>20`, `=20`, `<=20`, `<20`, with a unit where there are units (`2 GiB`, `1.5 GiB`). What is
  /// asked for must be a whole number of the unit that the service counts in.
  package init?(typed: String, units: [String: Double]) {
    var rest = typed.trimmingCharacters(in: .whitespaces)[...]
    var isStrict = false
    way = .atLeast
    for (sign, way, strict) in [
      ("<=", Way.atMost, false), ("≤", .atMost, false), (">=", .atLeast, false), ("≥", .atLeast, false),
      ("=", .exactly, false), ("<", .atMost, true), (">", .atLeast, true),
    ]
    where rest.hasPrefix(sign) {
      self.way = way
      isStrict = strict
      rest = rest.dropFirst(sign.count)
      break
    }
    let text = rest.trimmingCharacters(in: .whitespaces)
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let unit = text.dropFirst(digits.count).trimmingCharacters(in: .whitespaces).lowercased()
    guard let count = Double(digits), let factor = unit.isEmpty ? 1 : units[unit],
      let whole = Int(exactly: count * factor), whole < 1_000_000_000
    else { return nil }
    number = isStrict ? (way == .atMost ? whole - 1 : whole + 1) : whole
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

/// A time that one types as an age (`2h`, `3d`, `5 min ago`) or as a date (`2026-11-20`, `2026-11-20T14:00Z`; UTC).
package struct TimeTerm: Hashable, Sendable {
  package let typed: String
  package let date: Date
  /// Whether an age was typed, which is told from the moment on at which it was.
  package let isAge: Bool

  package init?(typed: String, now: Date) {
    let text = typed.trimmingCharacters(in: .whitespaces)
    let age = Self.age(text)
    guard let date = age.map({ now.addingTimeInterval(-$0) }) ?? Self.time(text) else { return nil }
    isAge = age != nil
    self.typed = text
    self.date = date
  }

  private static let ageUnits: [String: Double] = [
    "s": 1, "m": 60, "min": 60, "h": 3600, "d": 86_400, "w": 604_800, "mo": 30.44 * 86_400,
    "y": 365.25 * 86_400,
  ]

  /// Seconds. What the list itself writes is understood too: `5 min ago`.
  private static func age(_ text: String) -> TimeInterval? {
    let bare = text.hasSuffix(" ago") ? text.dropLast(4) : text[...]
    let digits = bare.prefix { $0.isASCII && $0.isNumber }
    let unit = bare.dropFirst(digits.count).trimmingCharacters(in: .whitespaces)
    guard let count = Int(digits), count < 1_000_000, let seconds = ageUnits[unit] else { return nil }
    return Double(count) * seconds
  }

  private static func time(_ text: String) -> Date? {
    let zone = text.hasSuffix("Z") ? "Z" : ""
    let bare = text.dropLast(zone.count)
    // A day; a day and minutes; everything.
    return Timestamp.parse(text) ?? Timestamp.parse("\(bare):00\(zone)")
      ?? Timestamp.parse("\(bare)T00:00:00Z")
  }
}
