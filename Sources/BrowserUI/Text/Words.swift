import BrowserModel
import Foundation
import NovaClient

/// How sizes, numbers and times are written for people. No locale: the same on every machine.
enum Words {
  /// What stands for no value.
  static let none = "–"

  /// In quotes where it would not be seen: nothing, and blanks at its ends.
  static func visible(_ text: String) -> String {
    text.isEmpty || text.first == " " || text.last == " " ? "\"\(text)\"" : text
  }

  /// `1,284`.
  static func count(_ number: Int) -> String {
    var digits = Array(String(number.magnitude))
    var index = digits.count - 3
    while index > 0 {
      digits.insert(",", at: index)
      index -= 3
    }
    return (number < 0 ? "-" : "") + String(digits)
  }

  /// `1 image`, `3 images`.
  static func count(_ number: Int, _ noun: String) -> String {
    "\(count(number)) \(noun)\(number == 1 ? "" : "s")"
  }

  /// `2.3 GiB`; nothing for 0, which is what a queued image has.
  static func bytes(_ bytes: Int?) -> String {
    guard let bytes, bytes > 0 else { return none }
    var value = Double(bytes)
    var unit = "B"
    for next in ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"] where value >= 1023.5 {
      value /= 1024
      unit = next
    }
    return unit == "B" ? "\(bytes) B" : "\(rounded(value)) \(unit)"
  }

  /// One decimal below 10, none above.
  private static func rounded(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    guard tenths < 100, tenths % 10 != 0 else { return String(Int(value.rounded())) }
    return "\(tenths / 10).\(tenths % 10)"
  }

  /// A minimum disk, from GiB.
  static func disk(_ gibibytes: Int) -> String {
    gibibytes == 0 ? none : "\(gibibytes) GiB"
  }

  /// Memory, from MiB, exactly.
  static func memory(_ mebibytes: Int) -> String {
    if mebibytes == 0 { return none }
    return mebibytes % 1024 == 0 ? "\(mebibytes / 1024) GiB" : "\(mebibytes) MiB"
  }

  /// `2 h ago`, in at most 10 columns.
  static func age(of date: Date?, now: Date) -> String {
    guard let date else { return none }
    let seconds = now.timeIntervalSince(date)
    switch seconds {
    case ..<(-90): return Timestamp.day(UTCTime(date).day)
    case ..<60: return "just now"
    case ..<3600: return "\(Int(seconds / 60)) min ago"
    case ..<(48 * 3600): return "\(Int(seconds / 3600)) h ago"
    case ..<(60 * 86_400): return "\(Int(seconds / 86_400)) d ago"
    case ..<(730 * 86_400): return "\(Int(seconds / (30.44 * 86_400))) mo ago"
    default: return "\(Int(min(seconds / (365.25 * 86_400), 9999))) y ago"
    }
  }

  /// `2026-11-20 09:12:44 UTC (3 d ago)`.
  static func exact(_ date: Date?, now: Date) -> String {
    guard let date else { return none }
    let time = UTCTime(date)
    return "\(Timestamp.day(time.day)) \(clock(time)) UTC (\(age(of: date, now: now)))"
  }

  /// `14:02:31`, so many seconds east of UTC.
  static func clock(_ date: Date, utcOffset: Int) -> String {
    date.clock(utcOffset: utcOffset)
  }

  private static func clock(_ time: UTCTime) -> String {
    "\(pad(time.hour)):\(pad(time.minute)):\(pad(time.second))"
  }

  private static func pad(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// `8s`, `3m12s`, `2h05m`.
  static func duration(_ seconds: TimeInterval) -> String {
    Duration.seconds(min(max(seconds, 0), 1e9)).words
  }

  /// `for 45 s`, in at most 10 columns: how long something has been going on. From a minute on it is told in minutes,
  /// so that many rows do not change every second.
  static func lasting(since start: Date?, now: Date) -> String {
    guard let start else { return none }
    let seconds = max(now.timeIntervalSince(start), 0)
    switch seconds {
    case ..<60: return "for \(Int(seconds)) s"
    case ..<3600: return "for \(Int(seconds / 60)) min"
    case ..<(48 * 3600): return "for \(Int(seconds / 3600)) h"
    default: return "for \(Int(min(seconds / 86_400, 9999))) d"
    }
  }

  /// `████░░░░`: per cent as a bar of so many columns.
  static func bar(_ percent: Int?, width: Int) -> String {
    bar(percent ?? 0, of: 100, width: width)
  }

  /// The same for so much of a whole.
  static func bar(_ part: Int, of whole: Int, width: Int) -> String {
    let full = min(max(part * width / max(whole, 1), 0), width)
    return String(repeating: "█", count: full) + String(repeating: "░", count: width - full)
  }

  /// `2026-11-20`, so many seconds east of UTC.
  static func day(_ date: Date, utcOffset: Int) -> String {
    date.day(utcOffset: utcOffset)
  }

  static func moment(_ date: Date, now: Date, utcOffset: Int) -> String {
    date.moment(now: now, utcOffset: utcOffset)
  }

  /// Milliseconds with as many digits as matter.
  static func milliseconds(_ duration: Duration) -> String {
    let components = duration.components
    let milliseconds = Double(components.seconds) * 1000 + Double(components.attoseconds) / 1e15
    return milliseconds < 10 ? String(Int(milliseconds * 10) / 10) : String(Int(milliseconds.rounded()))
  }

  /// `600,000,000 bytes`.
  static func exactBytes(_ bytes: Int) -> String { "\(count(bytes)) bytes" }
}
