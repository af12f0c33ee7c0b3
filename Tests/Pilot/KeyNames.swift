/// What the keyboard of an xterm in application mode sends for the names that tests write: `"/deb<Enter>"`.
enum KeyNames {
  private static let named: [String: String] = [
    "Enter": "\r", "Esc": "\u{1B}", "Tab": "\t", "S-Tab": "\u{1B}[Z", "BS": "\u{7F}", "Del": "\u{1B}[3~",
    "Up": "\u{1B}OA", "Down": "\u{1B}OB", "Right": "\u{1B}OC", "Left": "\u{1B}OD", "Home": "\u{1B}OH",
    "End": "\u{1B}OF", "PgUp": "\u{1B}[5~", "PgDn": "\u{1B}[6~", "F1": "\u{1B}OP", "F2": "\u{1B}OQ",
    "F3": "\u{1B}OR", "F4": "\u{1B}OS", "F5": "\u{1B}[15~", "Space": " ", "lt": "<",
  ]

  /// The bytes of a text in which `<…>` names a key: one of the names above, `<C-x>` for Ctrl, `<A-x>` for Alt.
  static func bytes(_ keys: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = keys[...]
    while let character = rest.popFirst() {
      guard character == "<" else {
        bytes += Array(String(character).utf8)
        continue
      }
      guard let end = rest.firstIndex(of: ">"), let sequence = sequence(String(rest[..<end])) else {
        preconditionFailure("No key has the name that begins at <\(rest)")
      }
      bytes += sequence
      rest = rest[rest.index(after: end)...]
    }
    return bytes
  }

  private static func sequence(_ name: String) -> [UInt8]? {
    if let text = named[name] { return Array(text.utf8) }
    guard name.count == 3, let letter = name.utf8.last else { return nil }
    if name.hasPrefix("C-") { return [letter & 0x1F] }
    return name.hasPrefix("A-") ? [0x1B, letter] : nil
  }
}
