import Foundation

extension KeystoneLogin {
  /// The body of the request (Keystone API v3, "Password authentication with scoped authorization" and its
  /// neighbours). Its bytes are overwritten when nobody needs them any more, and no other copy of the secret is made.
  /// - Throws: `NovaError` of kind `.misconfigured` while the password is missing.
  func body() throws -> Data {
    guard let secret = method.secret else { throw NovaError(.misconfigured, "There is no password.") }
    // Written by an encoder, the secret would be in texts that nobody clears. So a word stands in for it, which nobody's
    // name can hold by chance.
    let word = UUID().uuidString
    var auth: [String: JSONValue] = ["identity": method.identity(with: .string(word))]
    switch scope {
    case .unscoped: break
    case .projectID(let id): auth["scope"] = ["project": ["id": .string(id)]]
    case .project(let name, let domain):
      auth["scope"] = ["project": ["name": .string(name), "domain": domain.json]]
    case .domain(let domain): auth["scope"] = ["domain": domain.json]
    case .system: auth["scope"] = ["system": ["all": true]]
    }
    let text = JSONValue.object(["auth": .object(auth)]).text()
    guard let place = text.range(of: word) else { preconditionFailure("a text is written as it is") }
    let (start, end) = (text[..<place.lowerBound].utf8, text[place.upperBound...].utf8)
    return secret.withBytes { secret in
      // A byte takes six at most: `\u0001`.
      Data(clearing: start.count + 6 * secret.count + end.count) { append in
        start.forEach(append)
        for byte in secret { Self.escape(byte, append) }
        end.forEach(append)
      }
    }
  }

  /// Writes a byte of a text as it stands in JSON (RFC 8259, section 7).
  private static func escape(_ byte: UInt8, _ append: (UInt8) -> Void) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"):
      append(UInt8(ascii: "\\"))
      append(byte)
    case ..<0x20: "\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8.forEach(append)
    default: append(byte)
    }
  }
}

extension KeystoneLogin.Method {
  /// What proves who signs in; nil where it has yet to be asked for.
  fileprivate var secret: Secret? {
    switch self {
    case .password(_, let password): password
    case .applicationCredential(_, let secret), .namedApplicationCredential(_, _, let secret): secret
    case .token(let token): token
    }
  }

  fileprivate func identity(with secret: JSONValue) -> JSONValue {
    switch self {
    case .password(let user, _):
      var members = user.members
      members["password"] = secret
      return ["methods": ["password"], "password": ["user": .object(members)]]
    case .applicationCredential(let id, _):
      return Self.credential(["id": .string(id), "secret": secret])
    case .namedApplicationCredential(let name, let user, _):
      return Self.credential(["name": .string(name), "user": .object(user.members), "secret": secret])
    case .token:
      return ["methods": ["token"], "token": ["id": secret]]
    }
  }

  private static func credential(_ members: [String: JSONValue]) -> JSONValue {
    ["methods": ["application_credential"], "application_credential": .object(members)]
  }
}

extension KeystoneLogin.Domain {
  fileprivate var json: JSONValue {
    switch self {
    case .id(let id): ["id": .string(id)]
    case .name(let name): ["name": .string(name)]
    }
  }
}

extension KeystoneLogin.User {
  fileprivate var members: [String: JSONValue] {
    switch self {
    case .id(let id): ["id": .string(id)]
    case .name(let name, let domain): ["name": .string(name), "domain": domain.json]
    }
  }
}

extension Data {
  /// At most so many bytes, which are overwritten before they are freed; `fill` appends them one by one.
  fileprivate init(clearing most: Int, fill: ((UInt8) -> Void) -> Void) {
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: most, alignment: 1)
    var count = 0
    fill {
      bytes[count] = $0
      count += 1
    }
    guard let start = bytes.baseAddress else { preconditionFailure("a body is not empty") }
    self.init(
      bytesNoCopy: start, count: count,
      deallocator: .custom { start, count in
        explicit_bzero(start, count)
        start.deallocate()
      })
  }
}
