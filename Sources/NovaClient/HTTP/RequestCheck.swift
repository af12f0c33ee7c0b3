/// Refuses what must not go over the wire: a line break in a header or an address would begin a header of its own.
enum RequestCheck {
  /// - Throws: `NovaError` of kind `.misconfigured`; the values themselves are not repeated, as one may be a token.
  static func check(_ request: HTTPRequest) throws {
    guard isHTTP(request.url) else {
      throw NovaError(.misconfigured, "The address must begin with http:// or https://.")
    }
    guard request.url.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
      throw NovaError(.misconfigured, "The address holds a space or a control character.")
    }
    for field in request.headers.fields {
      guard !field.name.isEmpty, field.name.utf8.allSatisfy(isTokenByte) else {
        throw NovaError(.misconfigured, "A header's name is malformed.")
      }
      guard field.withBytes({ $0.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 } }) else {
        throw NovaError(.misconfigured, "The header \(field.name) holds a line break or a control character.")
      }
    }
  }

  private static func isHTTP(_ url: String) -> Bool {
    let start = url.prefix(8).lowercased()
    return start.hasPrefix("http://") || start == "https://"
  }

  /// RFC 9110, section 5.6.2.
  private static func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default:
      "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }
}
