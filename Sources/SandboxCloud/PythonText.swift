import Foundation
import NovaClient

/// Writes values as Python does, because every OpenStack service is written in it and its answers show it.
enum PythonText {
  /// A value as `json.dumps` writes it: only ASCII, `", "` and `": "` between the parts. Keys are in order, since a
  /// `JSONValue` does not know the order they came in.
  static func json(_ value: JSONValue) -> String {
    switch value {
    case .null: "null"
    case .bool(let flag): flag ? "true" : "false"
    case .integer(let number): String(number)
    case .number(let number): "\(number)"
    case .string(let text): quoted(text)
    case .array(let elements): "[" + elements.map(json).joined(separator: ", ") + "]"
    case .object(let members):
      "{"
        + members.sorted { $0.key < $1.key }.map { "\(quoted($0.key)): \(json($0.value))" }
        .joined(separator: ", ") + "}"
    }
  }

  /// A value as `repr` writes it, which is how the services quote a request's body in their messages.
  static func repr(_ value: JSONValue) -> String {
    switch value {
    case .null: "None"
    case .bool(let flag): flag ? "True" : "False"
    case .integer(let number): String(number)
    case .number(let number): "\(number)"
    case .string(let text): repr(text)
    case .array(let elements): "[" + elements.map(repr).joined(separator: ", ") + "]"
    case .object(let members):
      "{"
        + members.sorted { $0.key < $1.key }.map { "\(repr($0.key)): \(repr($0.value))" }
        .joined(separator: ", ") + "}"
    }
  }

  /// A text between single quotes, or double ones where it holds a single one only.
  static func repr(_ text: String) -> String {
    let quote: Unicode.Scalar = text.contains("'") && !text.contains("\"") ? "\"" : "'"
    var result = String(Character(quote))
    for scalar in text.unicodeScalars {
      switch scalar {
      case quote, "\\": result += "\\\(scalar)"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F: result += "\\x" + hex(scalar.value, 2)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + String(Character(quote))
  }

  /// A text as JSON between double quotes, in ASCII.
  static func quoted(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }
    if isPlain { return "\"\(text)\"" }
    var result = "\""
    for unit in text.utf16 {
      switch unit {
      case 0x22: result += "\\\""
      case 0x5C: result += "\\\\"
      case 0x0A: result += "\\n"
      case 0x0D: result += "\\r"
      case 0x09: result += "\\t"
      case 0x08: result += "\\b"
      case 0x0C: result += "\\f"
      case 0x20...0x7E: result.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
      default: result += "\\u" + hex(UInt32(unit), 4)
      }
    }
    return result + "\""
  }

  private static func hex(_ number: UInt32, _ digits: Int) -> String {
    let text = String(number, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
