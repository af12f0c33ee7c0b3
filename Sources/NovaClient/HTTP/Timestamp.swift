public import Foundation

/// Reads and writes the API's times: `2026-11-23T09:42:22Z` (interface document; observed: seconds, always `Z`).
public enum Timestamp {
  /// The time that a text names, or nil. Fractions of a second and the offsets `Z`, `+hh:mm`, `+hhmm` and none
  /// (UTC) are understood, since other services of the same API send them.
  public static func parse(_ text: String) -> Date? {
    var scanner = Digits(text.utf8)
    guard let year = scanner.number(4), scanner.skip("-"),
      let month = scanner.number(2), (1...12).contains(month), scanner.skip("-"),
      let day = scanner.number(2), (1...31).contains(day)
    else { return nil }
    let days = CivilDate(year: year, month: month, day: day)
    // 2026-02-30 would otherwise become a day of March.
    guard CivilDate(daysSince1970: days.daysSince1970) == days else { return nil }
    guard scanner.skip("T") || scanner.skip(" "),
      let hour = scanner.number(2), (0...23).contains(hour), scanner.skip(":"),
      let minute = scanner.number(2), (0...59).contains(minute), scanner.skip(":"),
      let second = scanner.number(2), (0...60).contains(second)
    else { return nil }
    let fraction = scanner.skip(".") ? scanner.fraction() : 0
    guard let fraction, let offset = scanner.offset(), scanner.isAtEnd else { return nil }
    let whole = days.daysSince1970 * 86_400 + hour * 3600 + minute * 60 + second - offset
    return Date(timeIntervalSince1970: Double(whole) + fraction)
  }

  /// The text for a time, to the second and with `Z`.
  public static func format(_ date: Date) -> String {
    let time = UTCTime(date)
    return "\(day(time.day))T\(pad(time.hour)):\(pad(time.minute)):\(pad(time.second))Z"
  }

  /// `2026-11-23`.
  public static func day(_ day: CivilDate) -> String {
    let year = String(day.year)
    return String(repeating: "0", count: max(0, 4 - year.count)) + "\(year)-\(pad(day.month))-\(pad(day.day))"
  }

  private static func pad(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

/// Walks over ASCII digits and signs.
private struct Digits {
  private var rest: Substring.UTF8View

  init(_ text: String.UTF8View) { rest = text[...] }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func skip(_ sign: Unicode.Scalar) -> Bool {
    guard let first = rest.first, first == UInt8(ascii: sign) else { return false }
    rest.removeFirst()
    return true
  }

  mutating func number(_ count: Int) -> Int? {
    guard rest.count >= count else { return nil }
    var value = 0
    for _ in 0..<count {
      let byte = rest.removeFirst()
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return value
  }

  mutating func fraction() -> Double? {
    var value = 0.0
    var scale = 0.1
    var count = 0
    while let byte = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
      value += Double(byte - UInt8(ascii: "0")) * scale
      scale /= 10
      count += 1
      rest.removeFirst()
    }
    return count > 0 ? value : nil
  }

  /// Seconds east of UTC.
  mutating func offset() -> Int? {
    if isAtEnd || skip("Z") { return 0 }
    let sign: Int
    if skip("+") { sign = 1 } else if skip("-") { sign = -1 } else { return nil }
    guard let hours = number(2) else { return nil }
    _ = skip(":")
    guard let minutes = number(2) else { return nil }
    return sign * (hours * 3600 + minutes * 60)
  }
}
