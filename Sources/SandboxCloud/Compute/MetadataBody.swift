import Foundation
import NovaClient

/// Checks the body of a metadata write against the compute service's schema, with its messages, which repeat the
/// whole input (observed).
enum MetadataBody {
  /// The items of a merge or a replacement: `{"metadata": {…}}`.
  static func items(_ body: Data) throws(Answer) -> [String: String] {
    try texts(in: try member("metadata", of: body), named: "metadata", isSingle: false)
  }

  /// The one item of `{"meta": {…}}`.
  static func item(_ body: Data) throws(Answer) -> [String: String] {
    try texts(in: try member("meta", of: body), named: "meta", isSingle: true)
  }

  private static func member(_ name: String, of body: Data) throws(Answer) -> JSONValue {
    let json = try json(body)
    guard let members = json.object else {
      throw .badRequest("\(PythonText.repr(json)) is not of type 'object'")
    }
    guard let member = members[name] else { throw .badRequest("'\(name)' is a required property") }
    let extra = members.keys.filter { $0 != name }.sorted().map { PythonText.repr($0) }
    guard extra.isEmpty else {
      let names = extra.joined(separator: ", ") + (extra.count == 1 ? " was" : " were")
      throw .badRequest("Additional properties are not allowed (\(names) unexpected)")
    }
    return member
  }

  private static func json(_ body: Data) throws(Answer) -> JSONValue {
    if body.isEmpty { return .null }
    do {
      return try JSONDecoder().decode(JSONValue.self, from: body)
    } catch {
      // Half a surrogate pair is JSON to Python; the image service then fails on it (observed).
      guard (try? JSONReading.decode(JSONValue.self, from: body)) == nil else {
        throw .unexpected("glanceclient.exc.HTTPInternalServerError")
      }
      throw .badRequest("Malformed request body")
    }
  }

  private static func texts(
    in member: JSONValue, named name: String, isSingle: Bool
  ) throws(Answer) -> [String: String] {
    let shown = PythonText.repr(member)
    let start = "Invalid input for field/attribute \(name). Value: \(member.string ?? shown). "
    guard let members = member.object else { throw .badRequest(start + "\(shown) is not of type 'object'") }
    if isSingle, members.isEmpty { throw .badRequest(start + "\(shown) should be non-empty") }
    if isSingle, members.count > 1 { throw .badRequest(start + "\(shown) has too many properties") }
    for key in members.keys.sorted() where !isKey(key) {
      throw .badRequest(
        start + "\(PythonText.repr(key)) does not match any of the regexes: '^[a-zA-Z0-9-_:. ]{1,255}$'")
    }
    var texts: [String: String] = [:]
    for (key, value) in members.sorted(by: { $0.key < $1.key }) { texts[key] = try text(value, under: key) }
    return texts
  }

  private static func text(_ value: JSONValue, under key: String) throws(Answer) -> String {
    guard let text = value.string else {
      let shown = PythonText.repr(value)
      throw .badRequest(
        "Invalid input for field/attribute \(key). Value: \(shown). \(shown) is not of type 'string'")
    }
    guard text.unicodeScalars.count <= 255 else {
      throw .badRequest(
        "Invalid input for field/attribute \(key). Value: \(text). \(PythonText.repr(text)) is too long")
    }
    return text
  }

  private static func isKey(_ key: String) -> Bool {
    // Python's `$` also matches before a newline at the very end (observed: "k\n" is taken).
    let checked = key.unicodeScalars.last == "\n" ? key.unicodeScalars.dropLast() : key.unicodeScalars[...]
    return (1...255).contains(checked.count)
      && checked.allSatisfy { scalar in
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ":", ".", " ": true
        default: false
        }
      }
  }
}
