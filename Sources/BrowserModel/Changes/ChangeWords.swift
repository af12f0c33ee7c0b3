import Foundation
import NovaClient

// Changes in words; the sentences are made here, for the notice line, the log and its search.
extension Change {
  /// What happened to the image, a line for each thing: `SAVING → ACTIVE after 3m12s`.
  package var lines: [String] {
    switch kind {
    case .new(let status): ["new, \(status.rawValue)"]
    case .gone: [isOurs ? "deleted from here" : "gone"]
    case .changed(let differences) where differences.isEmpty:
      ["changed in something that this API does not show"]
    case .changed(let differences): differences.map(\.words)
    }
  }
}

extension Difference {
  package var words: String {
    switch self {
    case .status(let from, let to, let after):
      "\(from.rawValue) → \(to.rawValue)" + (after.map { " after \($0.words)" } ?? "")
    case .progress(let from, let to): "progress \(Self.number(from, "%")) → \(Self.number(to, "%"))"
    case .name(let from, let to): "name \(Self.text(from)) → \(Self.text(to))"
    case .minDisk(let from, let to): "min disk \(from) → \(to) GiB"
    case .minRAM(let from, let to): "min RAM \(from) → \(to) MiB"
    case .size(let from, let to): "size \(Self.number(from, " bytes")) → \(Self.number(to, " bytes"))"
    case .metadata(let key, let from, let to): "\(key): \(Self.text(from)) → \(Self.text(to))"
    }
  }

  private static func number(_ number: Int?, _ unit: String) -> String {
    number.map { "\($0)\(unit)" } ?? "–"
  }

  /// Quotes tell an empty text, or one with blanks at its ends, from none.
  private static func text(_ text: String?) -> String {
    guard let text else { return "–" }
    return text.isEmpty || text.first == " " || text.last == " " ? "\"\(text)\"" : text
  }
}

extension Duration {
  /// `8s`, `3m12s`, `2h05m`.
  package var words: String {
    let whole = Int(min(max(seconds, 0), 1e9).rounded())
    func pad(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return switch whole {
    case ..<60: "\(whole)s"
    case ..<3600: "\(whole / 60)m\(pad(whole % 60))s"
    default: "\(whole / 3600)h\(pad(whole / 60 % 60))m"
    }
  }
}
