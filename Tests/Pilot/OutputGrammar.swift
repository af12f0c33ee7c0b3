/// All that novalens and curses have reason to send to a terminal. Reads it byte by byte; whatever else comes, such as
/// a command that a stranger wrote into a name, is a violation. What the program itself sends now and then, such as
/// what clears the window, is counted, so that a stranger's is one too many.
package struct OutputGrammar {
  /// What should not have been sent, each with the bytes before it.
  package private(set) var violations: [String] = []
  /// How often all of the window was cleared, as for a full redraw.
  package internal(set) var clears = 0
  /// How often the bell was rung.
  package private(set) var bells = 0
  /// What the terminal was asked for beside the picture: clipboard and notifications (OSC).
  package private(set) var requests: [String] = []
  /// What was switched on and off, in order, by the number of the mode, which begins with `?` if it is private.
  var switches: [String: [Bool]] = [:]
  /// What text would look like that came next: a number for each thing, of which 39 is any colour, 49 one behind it.
  var look: Set<Int> = []
  /// The cursor has just been sent home.
  var isHome = false
  let rows: Int
  let columns: Int
  var state = State.ground
  /// The bytes of what has begun.
  var pending: [UInt8] = []
  private var recent: [UInt8] = []

  enum State {
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

  mutating func refuse(_ what: String) {
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
      case UInt8(ascii: "="), UInt8(ascii: ">"):
        switches["keypad", default: []].append(byte == UInt8(ascii: "="))
        state = .ground
      // The saved cursor, a line down or up.
      case _ where "78DM".utf8.contains(byte): state = .ground
      default: refuse("ESC and \(byte)")
      }
    case .characterSet: if "0B".utf8.contains(byte) { state = .ground } else { refuse("a character set") }
    case .control:
      switch byte {
      case 0x30...0x3F where pending.count < 24: pending.append(byte)
      case 0x40...0x7E: finishControl(byte)
      default:
        refuse("the byte \(byte) in a control sequence")
        // One that was torn off, with another one behind it.
        if byte == 0x1B { state = .escape }
      }
    case .request:
      switch byte {
      case 0x07: finishRequest()
      case 0x20...: pending.append(byte)
      default: refuse("the byte \(byte) in a request")
      }
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
