/// The same random numbers in each run.
struct Dice: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  // Knuth's linear congruential generator (MMIX); its high bits are the good ones.
  mutating func next() -> UInt64 {
    func step() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 32
    }
    return step() << 32 | step()
  }

  /// A text of up to so many code points of another.
  mutating func text(_ alphabet: String, upTo length: Int) -> String {
    let scalars = Array(alphabet.unicodeScalars)
    var text = "".unicodeScalars
    for _ in 0..<Int.random(in: 0...length, using: &self) {
      text.append(scalars[Int.random(in: scalars.indices, using: &self)])
    }
    return String(text)
  }
}
