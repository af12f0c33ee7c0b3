extension KeyDecoder {
  /// What the bytes of a terminal's keyboard stand for.
  package enum Encoding: Hashable, Sendable {
    case utf8
    /// A byte is a character, as in ISO 8859 and KOI8: what each byte from 0x80 on stands for, where it stands for one.
    case singleByte([Character?])

    /// For tests, which need no locale.
    package static let latin1 = Encoding.singleByte(
      (UInt8(0x80)...0xFF).map { $0 < 0xA0 ? nil : Character(Unicode.Scalar($0)) })

    func character(_ byte: UInt8) -> Character? {
      guard case .singleByte(let table) = self, byte >= 0x80 else { return Character(Unicode.Scalar(byte)) }
      return table[Int(byte) - 0x80]
    }
  }
}
