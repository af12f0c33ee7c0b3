import Foundation

/// Whether an answer is large and has more parts than its length lets expect. Each part costs the decoder and what is
/// made of it some hundred bytes, so that an answer within the limit for bodies could take all memory there is.
struct JSONDensity {
  /// Below this an answer may be as it likes.
  private static let small = 1 << 12
  /// In bytes. What services really say has a name and a value to each part: 16 bytes on the average in a page of
  /// Nova's form, and more than this where each image has a hundred items of three letters.
  private static let leastPerPart = 7.5
  /// An object with more members is no image's metadata (128, by Nova's quota), and costs the most: its table is made
  /// anew, twice as large, again and again.
  private static let manyMembers = 1000
  /// In bytes, where they are many.
  private static let leastPerMember = 40

  private var room: Int
  /// Of each object and list that is open: where it begins, and how many members it has.
  private var open: [(start: Int, members: Int)] = []

  static func isTooHigh(_ data: Data) -> Bool {
    guard data.count > small else { return false }
    var density = JSONDensity(length: data.count)
    return data.withUnsafeBytes { density.isTooHigh($0) }
  }

  private init(length: Int) { room = Int(Double(length) / Self.leastPerPart) }

  private mutating func isTooHigh(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var isInText = false
    var isEscaped = false
    for (index, byte) in bytes.enumerated() {
      if isInText {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isInText = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isInText = true
      case UInt8(ascii: ","): room -= 1
      case UInt8(ascii: ":"):
        room -= 1
        if !open.isEmpty { open[open.count - 1].members += 1 }
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        room -= 1
        open.append((index, 0))
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        guard let closed = open.popLast() else { continue }
        if closed.members > Self.manyMembers,
          (index - closed.start) / closed.members < Self.leastPerMember
        {
          return true
        }
      default: continue
      }
      if room < 0 { return true }
    }
    return false
  }
}
