import Foundation

/// An answer as it arrives, with limits on what is taken in.
struct CurlAnswer {
  let maximumBody: Int
  /// All header lines together; servers themselves send a few hundred bytes.
  static let maximumHeaders = 256 << 10

  /// Why the rest was not taken, if it was not.
  private(set) var refusal: NovaError?
  private var headers: HTTPHeaders = [:]
  private var headerBytes = 0
  private var isInHeaders = false
  private var body = Data()

  init(maximumBody: Int) { self.maximumBody = maximumBody }

  /// Takes one header line with its line break; false ends the transfer.
  mutating func takeHeader(_ line: UnsafeRawBufferPointer) -> Bool {
    headerBytes += line.count
    guard headerBytes <= Self.maximumHeaders else {
      refusal = NovaError(
        .answerTooLarge, "The answer's headers are longer than \(Self.maximumHeaders >> 10) KiB.")
      return false
    }
    if isInHeaders, let token = Self.token(in: line) {
      headers.add(Self.tokenName, token)
      return true
    }
    let text = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    if text.hasPrefix("HTTP/") {
      // The final answer after an interim one (100, 103) begins anew.
      headers = [:]
      isInHeaders = true
    } else if text.isEmpty {
      // What comes after the empty line is a trailer, which must not pass for a header.
      isInHeaders = false
    } else if isInHeaders, let colon = text.firstIndex(of: ":") {
      let value = text[text.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      headers.add(String(text[..<colon]), value)
    }
    return true
  }

  private static let tokenName = "X-Subject-Token"

  /// The token that a sign-in gives, without a copy of it that nobody clears.
  private static func token(in line: UnsafeRawBufferPointer) -> Secret? {
    let count = tokenName.utf8.count
    guard line.count > count, line[count] == UInt8(ascii: ":"),
      String(decoding: line[..<count], as: UTF8.self).lowercased() == tokenName.lowercased()
    else { return nil }
    let isBlank = { (byte: UInt8) in byte <= 0x20 }
    let rest = line[(count + 1)...].drop(while: isBlank)
    guard let last = rest.lastIndex(where: { !isBlank($0) }) else { return nil }
    return Secret(UnsafeRawBufferPointer(rebasing: rest[...last]))
  }

  /// Takes a piece of the body; false ends the transfer.
  mutating func takeBody(_ piece: UnsafeRawBufferPointer) -> Bool {
    guard body.count + piece.count <= maximumBody else {
      body = Data()
      let limit = maximumBody >= 1 << 20 ? "\(maximumBody >> 20) MiB" : "\(maximumBody) bytes"
      refusal = NovaError(.answerTooLarge, "The answer is longer than \(limit); the rest was not read.")
      return false
    }
    body.append(contentsOf: piece)
    return true
  }

  /// The whole answer, when the transfer has ended well.
  func response(status: Int) throws -> HTTPResponse {
    guard (200...599).contains(status) else {
      throw NovaError(.malformedAnswer, "The answer has the status \(status), which HTTP does not know.")
    }
    return HTTPResponse(status, headers: headers, body: body)
  }
}
