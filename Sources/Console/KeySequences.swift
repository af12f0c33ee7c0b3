/// Which key a complete escape sequence stands for: what the terminal's own description says, and besides it the
/// forms that xterm, the VT220, the Linux console and rxvt send, because descriptions are often those of another
/// terminal.
///
/// Shift, Alt and Ctrl with such a key count as the key alone. Sources: "XTerm Control Sequences", console_codes(4),
/// rxvt(7).
package struct KeySequences: Hashable, Sendable {
  private let described: [[UInt8]: Key]

  /// - Parameter described: the sequences in the terminal's description, each beginning with Esc.
  package init(described: [[UInt8]: Key] = [:]) {
    self.described = described
  }

  package func key(for bytes: [UInt8]) -> Key {
    if let key = described[bytes] { return key }
    guard bytes.count >= 3, let final = bytes.last else { return .unknown }
    let parameters = bytes[2..<bytes.count - 1]
    switch bytes[1] {
    case UInt8(ascii: "["):
      if parameters.first == UInt8(ascii: "[") { return Self.linuxFunction(final) }
      return Self.control(parameters: parameters, final: final)
    case UInt8(ascii: "O"): return Self.single(final)
    default: return .unknown
    }
  }

  func isDescribed(_ bytes: [UInt8]) -> Bool { described[bytes] != nil }

  /// `CSI … final`.
  private static func control(parameters: ArraySlice<UInt8>, final: UInt8) -> Key {
    switch Character(Unicode.Scalar(final)) {
    // rxvt ends in ^ for Ctrl and in @ for both.
    case "~", "^", "@": return numbered(parameters)
    case "Z": return .backTab
    case let letter:
      if parameters.first == UInt8(ascii: "<") { return mouse(parameters.dropFirst(), final: final) }
      // Private ones, such as the terminal's answers, begin with one of these.
      if let first = parameters.first, (0x3C...0x3F).contains(first) { return .unknown }
      return moving(letter) ?? function(letter)
    }
  }

  /// `SS3 final`: the cursor and keypad keys in their application modes.
  private static func single(_ final: UInt8) -> Key {
    switch Character(Unicode.Scalar(final)) {
    case "M": .enter
    case "I": .tab
    case " ": .character(" ")
    // * + , - . / and 0 to 9 and =, moved up by 64.
    case "j"..."y", "X": .character(Character(Unicode.Scalar(final - 0x40)))
    case let letter: moving(letter) ?? function(letter)
    }
  }

  private static func moving(_ letter: Character) -> Key? {
    switch letter {
    case "A", "a": .up
    case "B", "b": .down
    case "C", "c": .right
    case "D", "d": .left
    case "H": .home
    case "F": .end
    default: nil
    }
  }

  private static func function(_ letter: Character) -> Key {
    switch letter {
    case "P": .function(1)
    case "Q": .function(2)
    case "R": .function(3)
    case "S": .function(4)
    default: .unknown
    }
  }

  /// `CSI [ A` to `CSI [ E` on the Linux console.
  private static func linuxFunction(_ final: UInt8) -> Key {
    (0x41...0x45).contains(final) ? .function(Int(final) - 0x40) : .unknown
  }

  /// `CSI < button ; column ; row M`, where the button's number holds the modifiers too: mode 1006 of xterm. The
  /// release of a button ends in `m`.
  private static func mouse(_ parameters: ArraySlice<UInt8>, final: UInt8) -> Key {
    let numbers = parameters.split(separator: UInt8(ascii: ";")).map {
      Int(String(decoding: $0, as: UTF8.self))
    }
    guard final == UInt8(ascii: "M"), numbers.count == 3, let button = numbers[0], let column = numbers[1],
      let row = numbers[2], row > 0, column > 0
    else { return .unknown }
    let position = Position(row: row - 1, column: column - 1)
    let modifiers = 4 | 8 | 16
    return switch button & ~modifiers {
    case 0: .mouse(MouseAction(.click, at: position))
    case 64: .mouse(MouseAction(.wheelUp, at: position))
    case 65: .mouse(MouseAction(.wheelDown, at: position))
    default: .unknown
    }
  }

  /// `CSI number ; modifiers ~`.
  private static func numbered(_ parameters: ArraySlice<UInt8>) -> Key {
    let digits = parameters.prefix { (0x30...0x39).contains($0) }
    guard let number = Int(String(decoding: digits, as: UTF8.self)) else { return .unknown }
    return switch number {
    case 1, 7: .home
    case 3: .delete
    case 4, 8: .end
    case 5: .pageUp
    case 6: .pageDown
    // The numbers leave gaps where the VT220's keyboard did.
    case 11...15: .function(number - 10)
    case 17...21: .function(number - 11)
    case 23, 24: .function(number - 12)
    default: .unknown
    }
  }
}

extension Key {
  /// A C0 control or Delete, as the keyboard makes it.
  init(control byte: UInt8) {
    switch byte {
    case 0x08, 0x7F: self = .backspace
    case 0x09: self = .tab
    case 0x0A, 0x0D: self = .enter
    case 0x00: self = .control(" ")
    case 0x01...0x1A: self = .control(Character(Unicode.Scalar(byte + 0x60)))
    default: self = .control(Character(Unicode.Scalar(byte + 0x40)))
    }
  }
}
