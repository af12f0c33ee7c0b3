import Foundation

extension JSONReading {
  /// Whether an answer is large and consists of little but brackets and commas. Each part costs the decoder and what is
  /// made of it some hundred bytes, so that an answer within the limit for bodies could take all memory there is. What
  /// services really say has a name and a value to each part: 16 bytes on the average in a page of Nova's form, and more
  /// than six where each image has a hundred items of three letters.
  static func isTooDense(_ data: Data) -> Bool {
    guard data.count > 1 << 16 else { return false }
    var room = data.count / 6
    var isInText = false
    var isEscaped = false
    for byte in data {
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
      case UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "{"):
        room -= 1
        if room < 0 { return true }
      default: continue
      }
    }
    return false
  }
}
