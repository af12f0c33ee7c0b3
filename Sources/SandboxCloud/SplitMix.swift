/// A small generator of random numbers, so that the same seed always makes the same cloud (Steele, Lea and Flood,
/// "Fast splittable pseudorandom number generators", 2014).
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number from 0 up to, but not with, a limit.
  mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }

  /// One of several; they must not be none.
  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

  /// A UUID's text, version 4.
  mutating func uuid() -> String {
    var digits = hex(32)
    digits[12] = UInt8(ascii: "4")
    digits[16] = UInt8(ascii: "a")
    for place in [20, 16, 12, 8] { digits.insert(UInt8(ascii: "-"), at: place) }
    return String(decoding: digits, as: UTF8.self)
  }

  /// Hexadecimal digits in ASCII, at most 32.
  mutating func hex(_ count: Int) -> [UInt8] {
    let alphabet = Array("0123456789abcdef".utf8)
    var digits: [UInt8] = []
    digits.reserveCapacity(36)
    while digits.count < count {
      var bits = next()
      for _ in 0..<min(16, count - digits.count) {
        digits.append(alphabet[Int(bits & 15)])
        bits >>= 4
      }
    }
    return digits
  }
}
