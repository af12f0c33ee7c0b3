/// All that novalens and curses have reason to send to a terminal. Reads it byte by byte; whatever else comes, such as
/// a command that a stranger wrote into a name, is a violation. What the program itself sends now and then, such as
/// what clears the window, is counted, so that a stranger's is one too many.
package struct OutputGrammar {
  /// What should not have been sent, each with the bytes before it.
  package private(set) var violations: [String] = []
  /// How often all of the window was cleared, as for a full redraw.
  package private(set) var clears = 0
  /// How often the bell was rung.
  package private(set) var bells = 0
  /// What the terminal was asked for beside the picture: clipboard and notifications (OSC).
  package private(set) var requests: [String] = []
  /// What was switched on and off, in order, by the number of the mode, which begins with `?` if it is private.
  private var switches: [String: [Bool]] = [:]
  /// The cursor has just been sent home.
  private var isHome = false
  private var rows: Int
  private var columns: Int
  private var state = State.ground
  /// The bytes of what has begun.
  private var pending: [UInt8] = []
  private var recent: [UInt8] = []

  private enum State {
    case ground
    case character(missing: Int)
    case escape
    case characterSet
    case control
    case request
  }

  package init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
  }

  package mutating func read(_ bytes: some Sequence<UInt8>) {
    for byte in bytes {
      recent = recent.suffix(40) + [byte]
      take(byte)
    }
  }

  private mutating func refuse(_ what: String) {
    violations.append("\(what) after \(String(decoding: recent, as: UTF8.self).debugDescription)")
    state = .ground
  }

  private mutating func take(_ byte: UInt8) {
    switch state {
    case .ground: takeFirst(byte)
    case .character(let missing):
      pending.append(byte)
      if missing > 1 { state = .character(missing: missing - 1) } else { finishCharacter() }
    case .escape:
      switch byte {
      case UInt8(ascii: "["):
        state = .control
        pending = []
      case UInt8(ascii: "]"):
        state = .request
        pending = []
      case UInt8(ascii: "("), UInt8(ascii: ")"): state = .characterSet
      // Keypad modes, the saved cursor, a line down or up.
      case _ where "=>78DM".utf8.contains(byte): state = .ground
      default: refuse("ESC and \(byte)")
      }
    case .characterSet: if "0B".utf8.contains(byte) { state = .ground } else { refuse("a character set") }
    case .control:
      switch byte {
      case 0x30...0x3F where pending.count < 24: pending.append(byte)
      case 0x40...0x7E: finishControl(byte)
      default: refuse("the byte \(byte) in a control sequence")
      }
    case .request:
      if byte == 0x07 { finishRequest() } else { pending.append(byte) }
    }
  }

  private mutating func takeFirst(_ byte: UInt8) {
    if byte != 0x1B { isHome = false }
    switch byte {
    case 0x20..<0x7F: break
    case 0x07: bells += 1
    // Backspace, line feed, carriage return, shifts between character sets.
    case 0x08, 0x0A, 0x0D, 0x0E, 0x0F: break
    case 0x1B: state = .escape
    case 0xC2...0xDF: begin(byte, missing: 1)
    case 0xE0...0xEF: begin(byte, missing: 2)
    case 0xF0...0xF4: begin(byte, missing: 3)
    default: refuse("the byte \(byte)")
    }
  }

  private mutating func begin(_ byte: UInt8, missing: Int) {
    pending = [byte]
    state = .character(missing: missing)
  }

  private mutating func finishCharacter() {
    state = .ground
    guard let text = String(validating: pending, as: UTF8.self) else {
      return refuse("bytes that are no UTF-8")
    }
    refuseUnseen(in: text)
  }

  private mutating func refuseUnseen(in text: String) {
    for scalar in text.unicodeScalars {
      let isSeen =
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned:
          false
        default: !scalar.properties.isDefaultIgnorableCodePoint
        }
      if !isSeen { refuse("U+\(String(scalar.value, radix: 16))") }
    }
  }

  private mutating func finishRequest() {
    state = .ground
    guard let text = String(validating: pending, as: UTF8.self) else {
      return refuse("a request that is no UTF-8")
    }
    refuseUnseen(in: text)
    // With this curses gives a terminal its own colours back.
    if text != "104" { requests.append(text) }
  }
}

extension OutputGrammar {
  private mutating func finishControl(_ final: UInt8) {
    state = .ground
    let text = String(decoding: pending, as: UTF8.self)
    let isPrivate = text.hasPrefix("?")
    let parts = text.drop { $0 == "?" }.split(separator: ";", omittingEmptySubsequences: false)
    let numbers = parts.map { $0.isEmpty ? 0 : Int($0) ?? -1 }
    let letter = Character(Unicode.Scalar(final))
    if !allows(letter, numbers, isPrivate: isPrivate) { refuse("CSI \(text)\(letter)") }
    // The rest of the window is all of it, where the cursor is at home.
    if letter == "J", numbers == [2] || isHome { clears += 1 }
    isHome = letter == "H" && numbers.allSatisfy { $0 <= 1 }
    if letter == "h" || letter == "l" {
      for number in numbers {
        switches["\(isPrivate ? "?" : "")\(number)", default: []].append(letter == "h")
      }
    }
  }

  /// What was sent, but not as often as the program that is over now had reason to.
  ///
  /// - Parameter takes: how often it took the terminal.
  package func misuses(takes: Int) -> [String] {
    let pairs = Array(repeatElement([true, false], count: takes).joined())
    // The alternate screen and the cursor keys' mode, where the terminal has them; pastes; the ordering of
    // right-to-left text, which is off meanwhile.
    let expected: [String: [[Bool]?]] = [
      "?1049": [pairs, nil], "?1": [pairs, nil], "?2004": [pairs], "8": [pairs.map { !$0 }],
    ]
    var misuses = expected.filter { !$0.value.contains(switches[$0.key]) }.map {
      "mode \($0.key): \(switches[$0.key] ?? [])"
    }
    // As it is found: text wraps and the cursor is seen. How that looks (12, 34) some leave on and others off.
    let isOn: Set<String> = ["?7", "?25", "8"]
    misuses += switches.filter { mode, states in
      !["?12", "34"].contains(mode) && states.last != isOn.contains(mode)
    }.map { "mode \($0.key) stays \($0.value.last == true ? "on" : "off")" }
    return misuses
  }

  private func allows(_ letter: Character, _ numbers: [Int], isPrivate: Bool) -> Bool {
    let first = numbers.first ?? 0
    switch (letter, isPrivate) {
    case ("m", false): return Self.isLook(numbers)
    case ("H", false): return first <= rows && numbers.dropFirst().allSatisfy { $0 <= columns }
    case ("d", false), ("A", false), ("B", false), ("L", false), ("M", false), ("S", false), ("T", false):
      return (0...rows).contains(first)
    case ("G", false), ("C", false), ("D", false), ("X", false), ("P", false), ("@", false), ("b", false):
      return (0...columns).contains(first)
    case ("r", false): return numbers.allSatisfy { (0...rows).contains($0) }
    case ("J", false), ("K", false): return (0...2).contains(first)
    // The cursor keys' mode, wrapping, the cursor itself, the screens, pastes, the mouse.
    case ("h", true), ("l", true):
      return numbers.allSatisfy {
        [1, 3, 4, 5, 7, 12, 25, 1000, 1002, 1003, 1004, 1006, 1049, 2004].contains($0)
      }
    // Inserting, the terminal's own ordering of right-to-left text, screen's cursor.
    case ("h", false), ("l", false): return [4, 8, 34].contains(first)
    // The title is put aside and brought back.
    case ("t", false): return numbers == [22, 0, 0] || numbers == [23, 0, 0]
    // The Linux console's cursor.
    case ("c", true): return [0, 1].contains(first)
    default: return false
    }
  }

  /// Bold, dim, underlined, reversed and the end of each; sixteen colours, and the terminal's own.
  private static func isLook(_ numbers: [Int]) -> Bool {
    var rest = numbers[...]
    while let number = rest.popFirst() {
      switch number {
      case 0, 1, 2, 3, 4, 7, 10, 22, 23, 24, 27, 30...37, 39, 49: continue
      case 38:
        guard rest.popFirst() == 5, let color = rest.popFirst(), color < 16 else { return false }
      default: return false
      }
    }
    return true
  }
}
