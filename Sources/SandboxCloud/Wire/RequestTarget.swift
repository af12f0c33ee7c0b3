/// A request's address taken apart, as the servers in front of OpenStack services do it.
struct RequestTarget {
  /// Scheme, host and port.
  var origin: String
  /// The path's parts. They are decoded before they are split, so `%2F` separates, and byte by byte, so a letter
  /// beyond ASCII is never found (both observed). Doubled slashes count as one.
  var parts: [String]
  /// Whether the path ends in a slash.
  var endsInSlash: Bool
  /// The parameters in order, decoded; `+` is a space.
  var parameters: [Parameter]

  /// One `name=value` of the query.
  struct Parameter: Hashable {
    var name: String
    var value: String
  }

  init(_ url: String) {
    let bytes = Array(url.utf8)
    var pathStart = 0
    if let colon = Self.find("://", in: bytes) {
      pathStart = bytes[(colon + 3)...].firstIndex(of: UInt8(ascii: "/")) ?? bytes.count
    }
    let queryStart = bytes[pathStart...].firstIndex(of: UInt8(ascii: "?"))
    origin = String(decoding: bytes[..<pathStart], as: UTF8.self)
    let path = Self.decode(bytes[pathStart..<(queryStart ?? bytes.count)], plusIsSpace: false)
    parts = path.split(separator: UInt8(ascii: "/")).map { part in
      String(String.UnicodeScalarView(part.map { Unicode.Scalar($0) }))
    }
    endsInSlash = path.last == UInt8(ascii: "/")
    parameters = queryStart.map { Self.parameters(bytes[($0 + 1)...]) } ?? []
  }

  private static func parameters(_ query: ArraySlice<UInt8>) -> [Parameter] {
    query.split(separator: UInt8(ascii: "&")).map { item in
      let equals = item.firstIndex(of: UInt8(ascii: "="))
      let value = equals.map { item[($0 + 1)...] } ?? []
      return Parameter(
        name: String(decoding: decode(item[..<(equals ?? item.endIndex)], plusIsSpace: true), as: UTF8.self),
        value: String(decoding: decode(value, plusIsSpace: true), as: UTF8.self))
    }
  }

  private static func decode(_ text: ArraySlice<UInt8>, plusIsSpace: Bool) -> [UInt8] {
    var result: [UInt8] = []
    var index = text.startIndex
    while index < text.endIndex {
      if text[index] == UInt8(ascii: "%"), index + 2 < text.endIndex,
        let byte = UInt8(String(decoding: text[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
      {
        result.append(byte)
        index += 3
      } else {
        result.append(plusIsSpace && text[index] == UInt8(ascii: "+") ? UInt8(ascii: " ") : text[index])
        index += 1
      }
    }
    return result
  }

  /// A text as a query holds it, in the spelling of Python's `urlencode`.
  static func encode(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
        UInt8(ascii: "~"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      case UInt8(ascii: " "): result += "+"
      default: result += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
      }
    }
    return result
  }

  private static func find(_ text: String, in bytes: [UInt8]) -> Int? {
    let wanted = Array(text.utf8)
    guard bytes.count >= wanted.count else { return nil }
    return (0...(bytes.count - wanted.count)).first { Array(bytes[$0..<($0 + wanted.count)]) == wanted }
  }
}
