import CCurses
import Glibc

extension KeyDecoder {
  /// What the bytes of a terminal's keyboard stand for.
  package enum Encoding: Hashable, Sendable {
    case utf8
    /// A byte is a character, as in ISO 8859 and KOI8: what each byte from 0x80 on stands for, where it stands for one.
    case singleByte([Character?])

    package static let latin1 = Encoding.singleByte(
      (UInt8(0x80)...0xFF).map { $0 < 0xA0 ? nil : Character(Unicode.Scalar($0)) })

    /// That of the locale. A plain C locale says nothing of the terminal's own; these days it is UTF-8.
    static func ofLocale() -> Encoding {
      let characterSet = TerminalDescription.chooseLocale()
      if characterSet == "UTF-8" { return .utf8 }
      if characterSet.hasPrefix("ANSI") {
        // A locale that this machine has not, whose name says enough.
        let name = TerminalDescription.wantedLocale.lowercased().filter { $0 != "-" }
        return name.hasSuffix(".iso88591") ? .latin1 : .utf8
      }
      return .singleByte(
        (Int32(0x80)...0xFF).map { byte in
          let code = btowc(byte)
          // glibc's wide characters are those of Unicode. A byte that only begins a character has none.
          guard code != WEOF, let scalar = Unicode.Scalar(code), scalar.properties.generalCategory != .control
          else { return nil }
          return Character(scalar)
        })
    }

    /// What a byte stands for that is a character.
    func character(_ byte: UInt8) -> Character? {
      guard case .singleByte(let table) = self, byte >= 0x80 else { return Character(Unicode.Scalar(byte)) }
      return table[Int(byte) - 0x80]
    }
  }
}
