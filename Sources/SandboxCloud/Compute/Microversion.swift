import NovaClient

/// Which version of the compute API a request asks for.
struct Microversion: Comparable {
  var major: Int
  var minor: Int

  /// What a request without a header gets.
  static let lowest = Microversion(major: 2, minor: 1)
  /// What `latest` means.
  static let highest = Microversion(major: 2, minor: 104)
  /// From the next one on, the four images calls are gone.
  static let lastWithImages = Microversion(major: 2, minor: 35)
  /// From the next one on, the metadata calls are gone too.
  static let lastWithMetadata = Microversion(major: 2, minor: 38)

  var text: String { "\(major).\(minor)" }

  static func < (a: Microversion, b: Microversion) -> Bool { (a.major, a.minor) < (b.major, b.minor) }

  /// The version that the headers ask for; a header meant for another service is passed over.
  /// - Throws: 400 for a text that is no version. One that is not offered is no error here.
  static func asked(in headers: HTTPHeaders) throws(Answer) -> Microversion {
    guard let text = asked(headers) else { return lowest }
    if text == "latest" { return highest }
    let numbers = text.split(separator: ".", omittingEmptySubsequences: false).map { part in
      // Neither signs nor leading zeros.
      Int(part).flatMap { String($0) == part ? $0 : nil }
    }
    guard numbers.count == 2, let major = numbers[0], let minor = numbers[1], major > 0, minor >= 0 else {
      throw .badRequest(
        "API Version String \(text) is of invalid format. Must be of format MajorNum.MinorNum.")
    }
    return Microversion(major: major, minor: minor)
  }

  private static func asked(_ headers: HTTPHeaders) -> String? {
    for item in headers["OpenStack-API-Version"]?.split(separator: ",") ?? [] {
      let words = item.split(separator: " ")
      if words.count == 2, words[0].lowercased() == "compute" { return String(words[1]) }
    }
    return headers["X-OpenStack-Nova-API-Version"]
  }

  /// - Throws: 406 for a version that is not offered.
  func check() throws(Answer) {
    guard (Self.lowest...Self.highest).contains(self) else {
      throw .fault(
        406, "computeFault",
        "Version \(text) is not supported by the API. Minimum is \(Self.lowest.text) and maximum is "
          + "\(Self.highest.text).")
    }
  }
}
