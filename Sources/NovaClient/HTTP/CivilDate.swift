public import Foundation

/// A day of the Gregorian calendar, in UTC.
///
/// Foundation's calendars and formatters cost microseconds each and depend on a locale; a list of 100,000 images
/// needs neither.
public struct CivilDate: Hashable, Sendable {
  /// The year, for example 2026.
  public var year: Int
  /// 1 to 12.
  public var month: Int
  /// 1 to 31.
  public var day: Int

  /// A day by its numbers; they are not checked.
  public init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// The day that lies so many days after 1970-01-01 (algorithm: Howard Hinnant, "chrono-compatible low-level date
  /// algorithms").
  public init(daysSince1970 days: Int) {
    let z = days + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shifted + 2) / 5 + 1
    month = shifted < 10 ? shifted + 3 : shifted - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// Days from 1970-01-01 to this one.
  public var daysSince1970: Int {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}

/// A time of day on a day, in UTC, to the second.
public struct UTCTime: Hashable, Sendable {
  /// The day.
  public var day: CivilDate
  /// 0 to 23.
  public var hour: Int
  /// 0 to 59.
  public var minute: Int
  /// 0 to 59.
  public var second: Int

  /// The time that a `Date` names.
  public init(_ date: Date) {
    // Far beyond every calendar in use; keeps hostile dates from overflowing an integer.
    let seconds = Int(min(max(date.timeIntervalSince1970.rounded(.down), -1e13), 1e13))
    let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    day = CivilDate(daysSince1970: days)
    let rest = seconds - days * 86_400
    hour = rest / 3600
    minute = rest / 60 % 60
    second = rest % 60
  }
}
