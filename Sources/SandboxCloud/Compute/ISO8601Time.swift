import Foundation
import NovaClient

/// Reads times as the service's Python library does: more forms than the API writes, fewer than people do.
enum ISO8601Time {
  /// The time of a text; without a zone it is UTC, and missing parts are zero. Nil for `bogus`, seconds since 1970,
  /// a day that is not in the calendar, a lower-case `t` or `z` and a space for the plus (all observed).
  static func parse(_ text: String) -> Date? {
    let pattern =
      /(\d{4})(?:-?(\d\d)(?:-?(\d\d)(?:[ T](\d\d)(?::?(\d\d)(?::?(\d\d)([.,]\d+)?)?)?(Z|[+-]\d\d(?::?\d\d)?)?)?)?)?/
    guard let match = text.wholeMatch(of: pattern)?.output,
      let year = Int(match.1), let month = number(match.2, else: 1), let day = number(match.3, else: 1),
      let hour = number(match.4, else: 0), hour < 24, let minute = number(match.5, else: 0), minute < 60,
      let second = number(match.6, else: 0), second < 60
    else { return nil }
    let date = CivilDate(year: year, month: month, day: day)
    guard (1...12).contains(month), CivilDate(daysSince1970: date.daysSince1970) == date else { return nil }
    let fraction = match.7.flatMap { Double("0." + $0.dropFirst()) } ?? 0
    let seconds = date.daysSince1970 * 86_400 + hour * 3600 + minute * 60 + second - offset(match.8)
    return Date(timeIntervalSince1970: Double(seconds) + fraction)
  }

  private static func number(_ digits: Substring?, else missing: Int) -> Int? {
    guard let digits else { return missing }
    return Int(digits)
  }

  /// Seconds east of UTC.
  private static func offset(_ zone: Substring?) -> Int {
    guard let zone, zone != "Z" else { return 0 }
    let digits = zone.dropFirst().filter(\.isNumber)
    let hours = Int(digits.prefix(2)) ?? 0
    let minutes = Int(digits.dropFirst(2)) ?? 0
    return (zone.first == "-" ? -1 : 1) * (hours * 3600 + minutes * 60)
  }
}
