/// How long the texts of an image may be: as long as the image service can store one, which is 65,535 bytes for the
/// value of a property and less for all else (Glance's tables). What is longer does not come from one, and to lay it out
/// again for each picture would take seconds.
enum TextLimit {
  static let bytes = 65_535

  /// A text is longer.
  struct Exceeded: Error {
    /// What it is.
    let what: String
  }

  static func check(_ text: String?, _ what: String) throws {
    if let text, text.utf8.count > bytes { throw Exceeded(what: what) }
  }

  static func check(_ metadata: [String: JSONValue]) throws {
    for (key, value) in metadata {
      try check(key, "a key of its metadata")
      try check(value, "the value of a key of its metadata")
    }
  }

  private static func check(_ value: JSONValue, _ what: String) throws {
    switch value {
    case .string(let text): try check(text, what)
    case .array(let values): for value in values { try check(value, what) }
    case .object(let members):
      for (key, value) in members {
        try check(key, what)
        try check(value, what)
      }
    case .null, .bool, .integer, .number: break
    }
  }
}

extension String {
  /// At most so many characters, the last of which says that it was cut.
  func cut(to count: Int) -> String { self.count > count ? prefix(count - 1) + "…" : self }
}
