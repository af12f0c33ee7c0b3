import BrowserModel
import Foundation
import NovaClient

/// `--event-log`: a line of JSON for each change in the cloud, for programs that go on from there.
final class EventLog: Sendable {
  private let file: AppendedFile

  /// Opens the file for appending.
  /// - Throws: `StartProblem`.
  init(_ path: String, problem: @escaping @Sendable (String) -> Void) throws {
    file = try AppendedFile(path, kind: "event log", problem: problem)
  }

  func append(_ change: Change) { file.append(Self.escaped(change.json.text())) }

  /// JSON leaves some characters as they are that a terminal obeys, or that turn a line round; behind a backslash they
  /// are the same to a program.
  static func escaped(_ json: String) -> String {
    guard json.unicodeScalars.contains(where: isCommand) else { return json }
    return json.unicodeScalars.reduce(into: "") { text, scalar in
      guard isCommand(scalar) else { return text.unicodeScalars.append(scalar) }
      let digits = String(scalar.value, radix: 16)
      text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
  }

  private static func isCommand(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isBidiControl
      || [.control, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
  }
}

extension Change {
  /// The change for programs: every value as it is, times in UTC.
  var json: JSONValue {
    var members: [String: JSONValue] = [
      "time": .string(Timestamp.format(time)), "image": .string(image.rawValue), "name": .string(name),
    ]
    switch kind {
    case .new(let status):
      members["event"] = "new"
      members["status"] = .string(status.rawValue)
    case .gone: members["event"] = "gone"
    case .changed(let differences):
      members["event"] = "changed"
      members["changes"] = .array(differences.map(\.json))
    }
    return .object(members)
  }
}

extension Difference {
  fileprivate var json: JSONValue {
    switch self {
    case .status(let from, let to, let after):
      var members = Self.pair("status", .string(from.rawValue), .string(to.rawValue))
      if let after { members["seconds"] = .integer(Int(after.components.seconds)) }
      return .object(members)
    case .progress(let from, let to): return .object(Self.pair("progress", .init(from), .init(to)))
    case .name(let from, let to): return .object(Self.pair("name", .init(from), .init(to)))
    case .minDisk(let from, let to): return .object(Self.pair("minDisk", .integer(from), .integer(to)))
    case .minRAM(let from, let to): return .object(Self.pair("minRam", .integer(from), .integer(to)))
    case .size(let from, let to): return .object(Self.pair("size", .init(from), .init(to)))
    case .metadata(let key, let from, let to):
      var members = Self.pair("metadata", .init(from), .init(to))
      members["key"] = .string(key)
      return .object(members)
    }
  }

  private static func pair(_ field: String, _ from: JSONValue, _ to: JSONValue) -> [String: JSONValue] {
    ["field": .string(field), "from": from, "to": to]
  }
}

extension JSONValue {
  fileprivate init(_ text: String?) { self = text.map(JSONValue.string) ?? .null }
  fileprivate init(_ number: Int?) { self = number.map(JSONValue.integer) ?? .null }
}
