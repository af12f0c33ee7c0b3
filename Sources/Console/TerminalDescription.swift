import CCurses
import Glibc

/// What terminfo and the environment say of the terminal, read once.
struct TerminalDescription {
  /// How sequences that terminfo has no name for get to the terminal; nil where it would show them.
  let passage: Passage?
  let repertoire: Repertoire
  let encoding: KeyDecoder.Encoding
  let sequences: KeySequences
  /// What is sent after curses has taken the terminal.
  let enter: [UInt8]
  /// What is sent before curses gives it back.
  let leave: [UInt8]
  /// What has the mouse told of, or leaves it to the terminal's own selection; empty where neither is understood.
  let mouseOn: [UInt8]
  let mouseOff: [UInt8]
  /// Puts an end to all that another program may have asked for and that sends what no one has typed.
  let calm: [UInt8]
  /// What `stop` and curses itself would send, for a crash.
  let giveBack: [UInt8]
  /// What clears the line that the cursor is left on, where the terminal has no other screen to go back to.
  let clearLine: [UInt8]
  /// How the terminal was found.
  let modes: termios

  init(isASCII: Bool) throws(TerminalError) {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { throw .notATerminal }
    // Started in the background, as with `&`, it waits until it may have the terminal. The modes are the shell's until then.
    guard comesToForeground() else { throw .inBackground }
    var modes = termios()
    guard tcgetattr(STDIN_FILENO, &modes) == 0 else { throw .refused }
    self.modes = modes

    let term = Self.environment("TERM") ?? ""
    passage = Passage(term: term, isInTmux: Self.isSet("TMUX"))
    guard !term.isEmpty else { throw .unnamed }
    // Without a place for the result it would print and end the program.
    var result: Int32 = 0
    guard setupterm(nil, STDOUT_FILENO, &result) == 0 else { throw .unknown(term: term) }
    guard let place = Self.capability("cup"), term != "dumb" else { throw .incapable(term: term) }

    let characterSet = Self.chooseLocale()
    repertoire = characterSet == "UTF-8" && !isASCII ? .unicode : .ascii
    encoding = .ofLocale()
    sequences = KeySequences(described: Self.describedKeys())

    // Modes that a terminal doesn't know it passes over, as long as it speaks ECMA-48 at all.
    // 2004: bracketed paste. 8: the terminal leaves right-to-left text where we put it instead of moving columns
    // about, as a full-screen program should ask ("BiDi in Terminal Emulators").
    let speaksStandard = place.starts(with: "\u{1B}[".utf8)
    enter = speaksStandard ? Array("\u{1B}[?2004h\u{1B}[8l".utf8) : []
    leave = speaksStandard ? Array("\u{1B}[?2004l\u{1B}[8h".utf8) : []
    // 1000: buttons and wheel, no movement. 1006: in numbers that have no limit.
    mouseOn = speaksStandard ? Array("\u{1B}[?1000h\u{1B}[?1006h".utf8) : []
    mouseOff = speaksStandard ? Array("\u{1B}[?1006l\u{1B}[?1000l".utf8) : []
    // Besides, 1002 and 1003: movements. 1004: the window's coming to the front.
    let reports = [1003, 1002, 1000, 1006, 1004, 2004].map { "\u{1B}[?\($0)l" }
    calm = speaksStandard ? Array(reports.joined().utf8) : []
    let restoring = ["rmkx", "cnorm", "sgr0", "op", "rmcup"].compactMap(Self.capability)
    let hasOwnScreen = Self.capability("rmcup") != nil
    let clear = Self.capability("el") ?? []
    // Without a screen of its own to leave, what is said comes below the picture: all of the window scrolls again, and the
    // cursor goes to the last row, as it would by curses.
    let below = speaksStandard && !hasOwnScreen ? Array("\u{1B}[r\u{1B}[999;1H".utf8) + clear : []
    giveBack = mouseOff + leave + restoring.joined() + below + (below.isEmpty ? Array("\r\n".utf8) : [])
    clearLine = hasOwnScreen || clear.isEmpty ? [] : [0x0D] + clear
  }

  static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  /// Whether a variable is there and not empty.
  static func isSet(_ name: String) -> Bool { environment(name).map { !$0.isEmpty } ?? false }

  /// The name of the locale that is asked for.
  static var wantedLocale: String {
    ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap(environment).first { !$0.isEmpty } ?? ""
  }

  /// Sets the locale for characters alone, so that numbers stay as Swift writes them.
  ///
  /// - Returns: the name of the character set.
  static func chooseLocale() -> String {
    if setlocale(LC_CTYPE, "") == nil {
      // An SSH client sends the name of a locale that this machine may not have, but which says enough: `UTF-8`, `utf8`,
      // `UTF8`, as it is spelled on other machines.
      if wantedLocale.lowercased().replacing("-", with: "").contains("utf8") {
        setlocale(LC_CTYPE, "C.UTF-8")
      }
    }
    return String(cString: ccurses_character_set())
  }

  /// A string of the description, without the pauses that old terminals needed (`$<5/>`).
  private static func capability(_ name: String) -> [UInt8]? {
    guard let text = ccurses_capability(name) else { return nil }
    var bytes: [UInt8] = []
    var rest = String(cString: text).utf8[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "$"), rest.first == UInt8(ascii: "<"),
        let end = rest.firstIndex(of: UInt8(ascii: ">"))
      {
        rest = rest[rest.index(after: end)...]
      } else {
        bytes.append(byte)
      }
    }
    return bytes
  }

  private static func describedKeys() -> [[UInt8]: Key] {
    var names: [(String, Key)] = [
      ("kcuu1", .up), ("kcud1", .down), ("kcub1", .left), ("kcuf1", .right), ("khome", .home), ("kend", .end),
      ("kpp", .pageUp), ("knp", .pageDown), ("kdch1", .delete), ("kcbt", .backTab), ("kbs", .backspace),
    ]
    names += (1...12).map { ("kf\($0)", .function($0)) }
    return names.reduce(into: [:]) { keys, name in
      // What is no escape sequence is decoded as what it is.
      if let bytes = capability(name.0), bytes.count > 1, bytes[0] == 0x1B { keys[bytes] = name.1 }
    }
  }
}
