package import Foundation

/// Reads JSON that a service sent, including what strict readers refuse.
package enum JSONReading {
  /// Decodes an answer's body.
  ///
  /// Half a surrogate pair (`"\ud800"`) or a stray byte in one image's name would make the whole page unreadable to
  /// a strict reader; both are replaced by U+FFFD when, and only when, the strict reading fails.
  /// - Throws: `NovaError` of kind `.malformedAnswer`.
  package static func decode<Value: Decodable>(_ type: Value.Type, from data: Data) throws -> Value {
    guard !JSONDensity.isTooHigh(data) else {
      throw NovaError(
        .malformedAnswer, "the answer has more parts than its \(data.count) bytes have room for")
    }
    do {
      return try JSONDecoder().decode(type, from: data)
    } catch {
      if let value = repaired(type, from: data) { return value }
      throw NovaError(.malformedAnswer, reason(error, size: data.count))
    }
  }

  /// Decodes a good answer's body; what is wrong with it is said with the answer's request id.
  /// - Throws: `NovaError` of kind `.malformedAnswer`.
  package static func decode<Value: Decodable>(
    _ type: Value.Type, from response: HTTPResponse
  ) throws -> Value {
    do {
      return try decode(type, from: response.body)
    } catch var error as NovaError {
      error.status = response.status
      error.requestID = response.requestID
      throw error
    }
  }

  /// Decodes a body after what strict readers refuse has been replaced in it; nil where nothing had to be, or where
  /// that does not help.
  package static func decodeRepaired<Value: Decodable>(
    _ type: Value.Type, from response: HTTPResponse
  ) -> Value? {
    repaired(type, from: response.body)
  }

  private static func repaired<Value: Decodable>(_ type: Value.Type, from data: Data) -> Value? {
    let repaired = repair(data)
    return repaired == data ? nil : try? JSONDecoder().decode(type, from: repaired)
  }

  /// The same text with valid UTF-8 and without unpaired surrogate escapes.
  static func repair(_ data: Data) -> Data {
    var text = String(decoding: data, as: UTF8.self)
    let repaired = text.withUTF8(repair)
    // Each of these is three times as long as the answer where no byte of it was good.
    text = ""
    return Data(repaired)
  }

  private static func repair(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count else {
        result.append(bytes[index])
        index += 1
        continue
      }
      guard let unit = escapedUnit(bytes, at: index) else {
        // Two at once, so that the `u` of `\\u` is not taken for an escape.
        result += bytes[index...index + 1]
        index += 2
        continue
      }
      let isHigh = (0xD800...0xDBFF).contains(unit)
      let next = isHigh ? escapedUnit(bytes, at: index + 6) : nil
      if isHigh, let next, (0xDC00...0xDFFF).contains(next) {
        result += bytes[index..<index + 12]
        index += 12
      } else {
        let isUnpaired = (0xD800...0xDFFF).contains(unit)
        result += isUnpaired ? Array(#"\ufffd"#.utf8) : Array(bytes[index..<index + 6])
        index += 6
      }
    }
    return result
  }

  /// The UTF-16 unit of a `\uXXXX` at an index, if one stands there.
  private static func escapedUnit(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt16? {
    guard index + 6 <= bytes.count, bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u")
    else { return nil }
    return UInt16(String(decoding: bytes[index + 2..<index + 6], as: UTF8.self), radix: 16)
  }

  /// What a decoding error says, in a few words.
  static func reason(_ error: any Error, size: Int = 1) -> String {
    switch error {
    case DecodingError.keyNotFound(let key, let context):
      "the answer lacks \"\(key.stringValue)\"\(place(context))"
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
      "the answer has an unexpected value\(place(context))"
    case let error as TextLimit.Exceeded:
      "\(error.what) is longer than \(TextLimit.bytes) bytes, which no image service stores"
    default:
      size == 0 ? "the answer is empty" : "the answer is not whole JSON (\(size) bytes)"
    }
  }

  private static func place(_ context: DecodingError.Context) -> String {
    let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }
    return path.isEmpty ? "" : " at " + path.joined(separator: ".")
  }
}
