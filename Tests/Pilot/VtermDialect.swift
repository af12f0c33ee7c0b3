/// Rewrites the bytes of a program on their way to libvterm 0.1.
///
/// - It knows no dim text: SGR 2 becomes SGR 11, an alternative font, which it keeps with each cell and no program of
///   ours asks for. SGR 0 and 22 end both.
/// - A sign that is repeated up to the last column but one makes it take the next line: repeats (REP) are written out.
struct VtermDialect {
  static let font: UInt32 = 1

  /// The sign that a repeat is about; curses repeats none that is longer than a byte.
  private var lastSign = UInt8(ascii: " ")
  /// A sequence that the end of the last bytes cut in two.
  private var begun: [UInt8] = []

  mutating func pass(_ bytes: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    for byte in bytes {
      switch (begun.count, byte) {
      case (_, 0x1B):
        output += begun
        begun = [byte]
      case (0, _):
        output.append(byte)
        if byte >= 0x20 { lastSign = byte }
      case (2..., UInt8(ascii: "b")):
        let count = Int(String(decoding: begun.dropFirst(2), as: UTF8.self)) ?? 1
        output += Array(repeating: lastSign, count: min(count, 10_000))
        begun = []
      case (1, UInt8(ascii: "[")), (2..., 0x30...0x3B): begun.append(byte)
      case (2..., UInt8(ascii: "m")):
        output += begun.prefix(2) + Self.rewrite(begun.dropFirst(2)) + [byte]
        begun = []
      default:
        output += begun + [byte]
        begun = []
      }
    }
    return output
  }

  private static func rewrite(_ parameters: ArraySlice<UInt8>) -> [UInt8] {
    var numbers = parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map(
      Array.init)[...]
    var result: [[UInt8]] = []
    while let number = numbers.popFirst() {
      switch String(decoding: number, as: UTF8.self) {
      case "2": result.append(Array("11".utf8))
      case "22": result += [number, Array("10".utf8)]
      case "38", "48":
        // A colour: 5 and its number, or 2 and three parts.
        let count = numbers.first == [UInt8(ascii: "5")] ? 2 : 4
        result += [number] + numbers.prefix(count)
        numbers = numbers.dropFirst(count)
      default: result.append(number)
      }
    }
    return Array(result.joined(separator: [UInt8(ascii: ";")]))
  }
}
