/// Control sequences: which there are, and how often.
extension OutputGrammar {
  mutating func finishControl(_ final: UInt8) {
    state = .ground
    let text = String(decoding: pending, as: UTF8.self)
    let isPrivate = text.hasPrefix("?")
    let parts = text.drop { $0 == "?" }.split(separator: ";", omittingEmptySubsequences: false)
    let numbers = parts.map { $0.isEmpty ? 0 : Int($0) ?? -1 }
    let letter = Character(Unicode.Scalar(final))
    if !allows(letter, numbers, isPrivate: isPrivate) { refuse("CSI \(text)\(letter)") }
    // The rest of the window is all of it, where the cursor is at home.
    if letter == "J", numbers == [2] || isHome { clears += 1 }
    if letter == "m" { dress(numbers) }
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
    guard case .ground = state else { return ["it ends within a sequence"] }
    let pairs = Array(repeatElement([true, false], count: takes).joined())
    // The alternate screen and the cursor keys' mode, where the terminal has them; pastes; the ordering of
    // right-to-left text, which is off meanwhile.
    let expected: [String: [[Bool]?]] = [
      "?1049": [pairs, nil], "?1": [pairs, nil], "?2004": [pairs], "8": [pairs.map { !$0 }],
    ]
    var misuses = expected.filter { !$0.value.contains(switches[$0.key]) }.map {
      "mode \($0.key): \(switches[$0.key] ?? [])"
    }
    misuses += leftovers
    return misuses
  }

  /// What a terminal would be left in that is not as it was found: text wraps, the cursor is seen, and nothing is bold or
  /// coloured. How a cursor looks (12, 34) some leave on and others off.
  package var leftovers: [String] {
    let isOn: Set<String> = ["?7", "?25", "8"]
    let modes = switches.filter { mode, states in
      !["?12", "34"].contains(mode) && states.last != isOn.contains(mode)
    }
    return modes.map { "mode \($0.key) stays \($0.value.last == true ? "on" : "off")" }.sorted()
      + look.sorted().map { "text looks otherwise: \($0)" }
  }

  /// What text looks like from here on.
  private mutating func dress(_ numbers: [Int]) {
    var rest = numbers[...]
    while let number = rest.popFirst() {
      switch number {
      case 0: look = []
      case 22: look.subtract([1, 2])
      case 23, 24, 27, 39, 49: look.remove(number < 39 ? number - 20 : number)
      case 30...38, 90...97:
        look.insert(39)
        if number == 38 { rest = rest.dropFirst(2) }
      case 40...48, 100...107:
        look.insert(49)
        if number == 48 { rest = rest.dropFirst(2) }
      case 1...9: look.insert(number)
      default: break
      }
    }
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
