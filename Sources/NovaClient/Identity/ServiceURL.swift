/// Addresses below a service's endpoint. Scheme, host and port are always the endpoint's own.
struct ServiceURL: Hashable, Sendable {
  /// Without a slash at its end.
  let base: String

  /// - Throws: `NovaError` of kind `.misconfigured` where the text is not the address of an HTTP service.
  init(endpoint: String) throws {
    guard let origin = Origin(endpoint) else {
      throw NovaError(.misconfigured, "\"\(endpoint)\" is not the address of a service")
    }
    self.init(origin, path: Origin.path(of: endpoint))
  }

  private init(_ origin: Origin, path: some StringProtocol) {
    var path = String(path)
    while path.hasSuffix("/") { path.removeLast() }
    base = origin.url + path
  }

  /// The address of a call, with every part percent-encoded.
  func url(_ call: ServiceCall) -> String {
    let path = call.path.map { "/" + Self.encode(part: $0) }.joined()
    let query = call.query.map { "\(Self.encode($0.name))=\(Self.encode($0.value))" }.joined(separator: "&")
    return base + path + (query.isEmpty ? "" : "?" + query)
  }

  /// Whether the address names a version of the API, as `/v2.1` or `/v2.1/{project}` do.
  var hasVersion: Bool {
    Origin.path(of: base).split(separator: "/").contains { part in
      part.count > 1 && part.first == "v" && part.dropFirst().allSatisfy { $0 == "." || $0.isNumber }
    }
  }

  /// The same endpoint at a version that it names by a link. Behind a proxy a link may have another host, and a path
  /// without what the proxy takes away.
  func at(versionLink link: String) -> ServiceURL? {
    guard let origin = Origin(base), Origin(link) != nil else { return nil }
    let own = Origin.path(of: base)
    let linked = Origin.path(of: link)
    guard let version = linked.split(separator: "/").last else { return nil }
    return ServiceURL(origin, path: linked.hasPrefix(own + "/") ? String(linked) : "\(own)/\(version)")
  }

  /// `.` and `..` are legal metadata keys, but mean something else in a path.
  private static func encode(part: String) -> String {
    part == "." || part == ".." ? String(repeating: "%2E", count: part.count) : encode(part)
  }

  /// All but the characters that RFC 3986 (section 2.3) calls unreserved.
  private static func encode(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      let scalar = Unicode.Scalar(byte)
      if scalar.isASCII,
        scalar.properties.isAlphabetic || (0x30...0x39).contains(byte) || "-._~".utf8.contains(byte)
      {
        result.unicodeScalars.append(scalar)
      } else {
        result += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    return result
  }
}
