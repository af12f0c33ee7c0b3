/// Turns the bytes that a terminal sends into keys. A value without a clock: whoever owns it says when bytes came, asks
/// for the `deadline`, and calls `expire` when that has passed.
///
/// A lone Esc and the beginning of a sequence look the same, and a slow line may tear a sequence apart. So Esc waits
/// for a short time; and when the tail of a sequence comes after it was given up, the tail is dropped, because its
/// bytes are no keys that anyone pressed.
package struct KeyDecoder: Sendable {
  /// How long a lone Esc waits: longer than a slow line tears a sequence apart, shorter than a person notices.
  static let escapeDelay: Duration = .milliseconds(45)
  /// How long a sequence that has certainly begun waits for its next byte.
  static let sequenceDelay: Duration = .milliseconds(200)
  /// How long after a lone Esc a tail may begin, and how long a sequence that was given up and a tail go on until their
  /// last byte, as after a line that has hung. What begins one, `[` or `O`, is no command. Where keys are text, it is a
  /// tail only if it comes in one piece and makes a key.
  static let lateDelay: Duration = .seconds(10)
  /// How long a paste may pause before what has come of it is handed on.
  static let pasteDelay: Duration = .seconds(1)
  /// What stands alone behind a pause in a paste was typed.
  static let typingPause: Duration = .milliseconds(100)

  private enum State: Hashable, Sendable {
    case ground
    /// One Esc, or two: a terminal that sends Alt as Esc puts one before a sequence.
    case escape(count: Int)
    /// A lone Esc was delivered; its tail may follow.
    case delivered
    case character(missing: Int)
    case controlSequence
    case singleShift
    case linuxFunction
    case mouse(missing: Int)
    /// An Esc, or two, and what begins a string, unless it is a key that was typed right behind Esc.
    case stringStart(escapes: Int)
    /// An answer or a command string, up to its end: BEL, or Esc and a backslash.
    case string
    case stringEnd
    case paste
  }

  /// Whether what is typed now is text, where `[` and `O` mean themselves.
  package var takesText = false
  private let encoding: Encoding
  private let sequences: KeySequences
  private var state = State.ground
  /// The bytes of what has begun, from its Esc on.
  private var pending: [UInt8] = []
  private var pasted = PastedText()
  /// Esc was delivered before, so what comes now is a tail.
  private var isTail = false
  /// Nothing waits any more: the sequence was given up and reported, or the paste handed on.
  private var isGivenUp = false
  private var lastByte: ContinuousClock.Instant?
  /// Whether the byte that is taken comes after a pause, as what a person types does.
  private var isAfterPause = false

  package init(encoding: Encoding = .utf8, sequences: KeySequences = KeySequences()) {
    self.encoding = encoding
    self.sequences = sequences
  }

  /// When `expire` is due, unless more bytes come first; nil when nothing waits.
  package var deadline: ContinuousClock.Instant? {
    guard let lastByte, !isGivenUp else { return nil }
    switch state {
    case .ground, .delivered: return nil
    case .escape, .stringStart: return lastByte + Self.escapeDelay
    case .paste: return lastByte + Self.pasteDelay
    case _ where isPerhapsTyped: return lastByte + Self.escapeDelay
    default: return lastByte + Self.sequenceDelay
    }
  }

  /// The keys that bytes complete. However the bytes of one moment are split, the keys are the same.
  ///
  /// - Parameter isInTime: whether they may have come long before they are read, as when nobody had time for them; then
  ///   nothing that waits for them is decided by the time.
  package mutating func feed(
    _ bytes: some Sequence<UInt8>, at now: ContinuousClock.Instant, isInTime: Bool = false
  ) -> [Key] {
    var keys = isInTime ? [] : expire(at: now)
    if !isInTime, let lastByte, isOver(after: lastByte.duration(to: now)) { begin(.ground) }
    isAfterPause = !isInTime && lastByte.map { now >= $0 + Self.typingPause } ?? true
    for byte in bytes {
      take(byte, &keys)
      isAfterPause = false
    }
    lastByte = now
    return keys
  }

  /// The keys that waiting has decided.
  package mutating func expire(at now: ContinuousClock.Instant) -> [Key] {
    guard let deadline, deadline <= now else { return [] }
    switch state {
    case .escape(let count):
      begin(.delivered)
      return Array(repeating: .escape, count: count)
    case .stringStart(let count):
      let typed = pending[1]
      begin(.ground)
      return Array(repeating: .escape, count: count) + [.character(Character(Unicode.Scalar(typed)))]
    case .paste:
      isGivenUp = true
      return pasted.takeWhole(encoding)
    case .character, .string, .stringEnd:
      begin(.ground)
      return [.unknown]
    case _ where isPerhapsTyped:
      defer { begin(.ground) }
      return typedTail
    default:
      isGivenUp = true
      return isTail ? [] : [.unknown]
    }
  }
}

extension KeyDecoder {
  /// Whether what comes after such a wait has nothing to do with what came before.
  private func isOver(after wait: Duration) -> Bool {
    switch state {
    case .delivered: wait > Self.lateDelay
    case .paste: false
    default: isGivenUp && wait > Self.lateDelay
    }
  }

  /// Whether what may be a late tail may be text instead.
  private var isPerhapsTyped: Bool { isTail && takesText && !isGivenUp }

  /// The tail, as somebody would have typed it.
  private var typedTail: [Key] { pending.dropFirst().map { .character(Character(Unicode.Scalar($0))) } }

  private mutating func begin(_ state: State, pending: [UInt8] = [], isTail: Bool = false) {
    self.state = state
    self.pending = pending
    self.isTail = isTail
    isGivenUp = false
  }

  private mutating func take(_ byte: UInt8, _ keys: inout [Key]) {
    switch state {
    case .ground: takeFirst(byte, &keys)
    case .escape(let count): takeAfterEscape(byte, count: count, &keys)
    case .delivered:
      guard byte == UInt8(ascii: "[") || byte == UInt8(ascii: "O") else { return takeFirst(byte, &keys) }
      let isControl = byte == UInt8(ascii: "[")
      begin(isControl ? .controlSequence : .singleShift, pending: [0x1B, byte], isTail: true)
    case .character(let missing): takeCharacter(byte, missing: missing, &keys)
    case .controlSequence, .singleShift: takeSequence(byte, &keys)
    case .linuxFunction:
      guard (0x20..<0x7F).contains(byte) else { return abandon(byte, &keys) }
      pending.append(byte)
      finish(&keys)
    case .mouse(let missing):
      guard byte >= 0x20 else { return abandon(byte, &keys) }
      if missing > 1 { state = .mouse(missing: missing - 1) } else { finish(&keys) }
    case .stringStart(let count): takeStringStart(byte, escapes: count, &keys)
    case .string:
      switch byte {
      case 0x07: finish(&keys)
      case 0x1B: state = .stringEnd
      case 0x00..<0x20: abandon(byte, &keys)
      default: break
      }
    case .stringEnd:
      if byte == UInt8(ascii: "\\") { return finish(&keys) }
      // Another Esc, which a person has pressed.
      keys.append(.unknown)
      takeAfterEscape(byte, count: 1, &keys)
    case .paste: takePasted(byte, &keys)
    }
  }

  private mutating func takeFirst(_ byte: UInt8, _ keys: inout [Key]) {
    begin(.ground)
    switch byte {
    case 0x1B: begin(.escape(count: 1), pending: [byte])
    case 0x00..<0x20, 0x7F: keys.append(Key(control: byte))
    case 0x20..<0x7F: keys.append(.character(Character(Unicode.Scalar(byte))))
    default: takeCharacterStart(byte, &keys)
    }
  }

  private mutating func takeAfterEscape(_ byte: UInt8, count: Int, _ keys: inout [Key]) {
    let sequence = [0x1B, byte]
    switch byte {
    case 0x1B:
      if count == 2 { keys.append(.escape) }
      begin(.escape(count: 2), pending: [byte])
    case UInt8(ascii: "["): begin(.controlSequence, pending: sequence)
    case UInt8(ascii: "O"): begin(.singleShift, pending: sequence)
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"):
      begin(.stringStart(escapes: count), pending: sequence)
    default:
      if sequences.isDescribed(sequence) {
        keys += Array(repeating: .escape, count: count - 1) + [sequences.key(for: sequence)]
        begin(.ground)
      } else {
        // A slow line brings Esc and the next key together; nothing of ours is on Alt.
        keys += Array(repeating: .escape, count: count)
        takeFirst(byte, &keys)
      }
    }
  }

  /// A command begins with its number, an answer of the terminal's with a parameter or a sign, what a picture is
  /// answered with by a `G`. All else are keys: a slow line brings Esc and what is typed behind it together.
  private mutating func takeStringStart(_ byte: UInt8, escapes: Int, _ keys: inout [Key]) {
    let typed = pending[1]
    let isString =
      switch typed {
      case UInt8(ascii: "]"): (0x30..<0x3A).contains(byte)
      case UInt8(ascii: "P"): (0x20..<0x40).contains(byte)
      default: byte == UInt8(ascii: "G")
      }
    guard !isString else { return begin(.string, pending: pending + [byte]) }
    keys += Array(repeating: .escape, count: escapes)
    takeFirst(typed, &keys)
    takeFirst(byte, &keys)
  }

  /// ECMA-48: parameters and intermediates are 0x20 to 0x3F, and one byte from 0x40 on ends it.
  private mutating func takeSequence(_ byte: UInt8, _ keys: inout [Key]) {
    switch byte {
    case 0x20..<0x40 where pending.count < 64: pending.append(byte)
    // What is longer is no key, and only its end is waited for.
    case 0x20..<0x40: if isPerhapsTyped { abandon(byte, &keys) }
    case UInt8(ascii: "[") where state == .controlSequence && pending.count == 2:
      pending.append(byte)
      state = .linuxFunction
    case UInt8(ascii: "M") where state == .controlSequence && pending.count == 2:
      pending.append(byte)
      // The old mouse report, which a program that crashed here may have left on, has three bytes more.
      if isPerhapsTyped || sequences.isDescribed(pending) {
        finish(&keys)
      } else {
        state = .mouse(missing: 3)
      }
    case 0x40..<0x7F:
      pending.append(byte)
      finish(&keys)
    default: abandon(byte, &keys)
    }
  }

  private mutating func finish(_ keys: inout [Key]) {
    // Even a late beginning of a paste begins one: its text must not run as commands.
    if pending == PastedText.beginning { return begin(.paste) }
    let key = sequences.key(for: pending)
    // Of what `O` begins, what is no cursor key is more likely a word. What the mouse does is nothing that one types.
    let isTyped =
      state == .singleShift
      ? !"ABCDFH".utf8.contains(pending[2]) : key == .unknown && pending[2] != UInt8(ascii: "<")
    if isPerhapsTyped && isTyped { keys += typedTail }
    if !isTail && !isGivenUp { keys.append(key) }
    begin(.ground)
  }

  /// A byte that cannot belong to the sequence ends it, and counts for itself.
  private mutating func abandon(_ byte: UInt8, _ keys: inout [Key]) {
    if isPerhapsTyped { keys += typedTail }
    if !isTail && !isGivenUp { keys.append(.unknown) }
    takeFirst(byte, &keys)
  }
}

extension KeyDecoder {
  private mutating func takePasted(_ byte: UInt8, _ keys: inout [Key]) {
    // Should the end of a paste be lost on the way, Ctrl-C is the way out.
    if byte == 0x03, isGivenUp || isAfterPause {
      keys += pasted.takeWhole(encoding)
      pasted = PastedText()
      return takeFirst(byte, &keys)
    }
    isGivenUp = false
    guard pasted.append(byte) else { return }
    keys += pasted.takeAll(encoding)
    begin(.ground)
  }

  private mutating func takeCharacterStart(_ byte: UInt8, _ keys: inout [Key]) {
    switch (encoding, byte) {
    case (.singleByte, _): keys.append(encoding.character(byte).map(Key.character) ?? .unknown)
    case (.utf8, 0xC2...0xDF): return begin(.character(missing: 1), pending: [byte])
    case (.utf8, 0xE0...0xEF): return begin(.character(missing: 2), pending: [byte])
    case (.utf8, 0xF0...0xF4): return begin(.character(missing: 3), pending: [byte])
    default: keys.append(.unknown)
    }
    begin(.ground)
  }

  private mutating func takeCharacter(_ byte: UInt8, missing: Int, _ keys: inout [Key]) {
    guard (0x80...0xBF).contains(byte) else { return abandon(byte, &keys) }
    pending.append(byte)
    guard missing == 1 else { return state = .character(missing: missing - 1) }
    if let text = String(validating: pending, as: UTF8.self),
      let character = text.first,
      text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
    {
      keys.append(.character(character))
    } else {
      keys.append(.unknown)
    }
    begin(.ground)
  }
}
