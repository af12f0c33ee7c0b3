/// A line of the table: what was measured, and what it may be at most.
struct Measurement {
  let what: String
  let value: Double
  var limit: Double?
  let unit: String
  /// Where the limit comes from, or what it was measured on.
  var note = ""

  var isTooMuch: Bool { limit.map { value > $0 } ?? false }

  var line: String {
    let limit = limit.map { "\(isTooMuch ? ">" : "≤") \(Self.number($0))" } ?? ""
    return what.padded(58) + Self.number(value).leftPadded(9) + " " + unit.padded(6) + limit.padded(10) + note
  }

  private static func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return value >= 100 || tenths % 10 == 0 ? "\(Int(value.rounded()))" : "\(tenths / 10).\(tenths % 10)"
  }
}

/// Several times of the same thing.
struct Times {
  private let sorted: [Double]

  init(_ times: [Duration]) {
    sorted = times.map(\.milliseconds).sorted()
  }

  var median: Double { sorted[sorted.count / 2] }
  var worst: Double { sorted[sorted.count - 1] }
  /// The median, to a tenth.
  var text: String { String(Double(Int((median * 10).rounded())) / 10) }
}

extension Duration {
  var milliseconds: Double {
    Double(components.seconds) * 1000 + Double(components.attoseconds) / 1e15
  }
}

extension String {
  func padded(_ width: Int) -> String { self + String(repeating: " ", count: max(width - count, 0)) }
  func leftPadded(_ width: Int) -> String { String(repeating: " ", count: max(width - count, 0)) + self }
}
