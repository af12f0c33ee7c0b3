/// What strangers write into names and values to harm whoever lists them, or by accident: each with what it tries.
package struct HostileText: Hashable, Sendable {
  package let text: String
  package let reason: String

  package static let all: [HostileText] = controls + commands + hidden + marks + wide + others

  init(_ text: String, _ reason: String) {
    self.text = text
    self.reason = reason
  }

  /// One text for each of some scalars.
  static func each(
    _ scalars: [UInt32], _ reason: String, _ text: (String) -> String = { "a\($0)b" }
  ) -> [HostileText] {
    scalars.compactMap(Unicode.Scalar.init).map { scalar in
      HostileText(text(String(scalar)), "\(reason) U+\(String(scalar.value, radix: 16, uppercase: true))")
    }
  }

  private static let controls: [HostileText] =
    each(Array(0x00...0x1F) + [0x7F], "a control inside a name,")
    + each(Array(0x80...0x9F), "a control of eight bits, which some terminals obey,")
    + [
      HostileText("good\revil", "the end is written over the beginning"),
      HostileText("shown\u{8}\u{8}\u{8}\u{8}\u{8}other", "backspaces write over what stands there"),
      HostileText("one\ntwo\nthree", "line feeds push the list away"),
      HostileText("one\r\ntwo", "a line end of Windows"),
      HostileText("a\t\t\t\tb", "tabs jump over the columns"),
      HostileText("\u{B}\u{B}\u{B}down", "vertical tabs"),
      HostileText("page\u{C}page", "a form feed clears some screens"),
      HostileText(String(repeating: "\u{7}", count: 40), "forty bells"),
      HostileText("\u{1B}", "an escape, and nothing behind it"),
      HostileText("end\u{1B}", "an escape that takes the next column for its command"),
      HostileText("\u{1B}[", "an introducer without an end"),
      HostileText("\u{1B}[31", "a command without its last byte"),
      HostileText("\u{9B}31", "the same in eight bits"),
      HostileText("\u{E}lqqk\u{F}", "shifts into line drawing"),
      HostileText("\u{5}", "asks some terminals who they are"),
      HostileText("\u{11}\u{13}", "stops the line until somebody starts it"),
    ]

  private static let commands: [HostileText] = control + system + strings + escapes

  /// `CSI …` in both forms.
  private static let control: [HostileText] = [
    ("2J", "clears the screen"), ("3J", "clears what has scrolled away"), ("H", "goes to the corner"),
    ("999;999H", "goes to the far corner"), ("5;1H", "goes to another row"), ("1000A", "goes up"),
    ("1000B", "goes down"), ("1000C", "goes right"), ("1000D", "goes left"), ("2K", "erases the line"),
    ("1000L", "inserts lines"), ("1000M", "deletes lines"), ("1000P", "deletes characters"),
    ("1000@", "inserts blanks"), ("1000X", "erases characters"), ("1000S", "scrolls up"),
    ("1000T", "scrolls down"), ("1000b", "repeats the last sign"), ("2;3r", "lets only two rows scroll"),
    ("5m", "blinks"), ("8m", "hides all that follows"), ("48;2;255;0;0m", "a red background"),
    ("38;5;196m", "a colour of 256"), ("6n", "asks where the cursor is; the answer is typed"),
    ("5n", "asks how the terminal is"), ("c", "asks what the terminal is"), (">c", "asks its version"),
    ("=c", "asks its number"), ("?1049l", "leaves our screen"), ("?1049h", "takes another screen"),
    ("?25l", "hides the cursor"), ("?1003h", "has every movement of the mouse typed"),
    ("?1000h", "has clicks typed"), ("?2004l", "lets a paste run as commands"), ("?5h", "inverts the screen"),
    ("?3h", "makes 132 columns"), ("?7l", "ends wrapping"), ("?6h", "moves the origin"), ("4h", "inserts"),
    ("20h", "makes Enter two characters"), ("2h", "locks the keyboard"), ("12l", "shows what is typed twice"),
    ("!p", "resets softly"), ("?69h", "has margins"), ("5i", "prints what follows"), ("?5i", "prints"),
    ("21t", "has the title typed"), ("8;1;1t", "makes a window of one cell"), ("3;0;0t", "moves the window"),
    ("2t", "makes the window an icon"), ("5 q", "another cursor"), ("0q", "lamps"), ("3g", "clears tabs"),
    ("1;1;10;10${", "erases a rectangle"), ("?1;2$y", "answers for the terminal"), ("200~", "begins a paste"),
    ("201~", "ends a paste"), ("I", "tells that the window was chosen"), ("<0;1;1M", "tells of a click"),
  ].flatMap { command, what in
    [
      HostileText("x\u{1B}[\(command)y", "CSI \(command): \(what)"),
      HostileText("x\u{9B}\(command)y", "the same in eight bits: \(what)"),
    ]
  }

  /// `OSC …` with each of its ends, and without one.
  private static let system: [HostileText] = [
    ("0;owned", "a title"), ("2;owned", "the window's title"), ("4;1;#000000", "makes red black"),
    ("10;#000000", "black text"), ("11;?", "asks for the background; the answer is typed"),
    ("52;c;cm0gLXJmIH4=", "a command for the clipboard"), ("52;c;?", "has the clipboard typed"),
    ("8;;http://evil.example/", "a link below the text"), ("9;hello", "a message on the desktop"),
    ("777;notify;a;b", "another message"), ("1337;File=inline=1:AAAA", "a picture"),
    ("1337;SetProfile=x", "another profile"), ("7;file:///etc", "another folder"), ("50;#1", "another font"),
    ("133;A", "the mark of a prompt"), ("104", "all colours as they were"),
  ].flatMap { command, what in
    [
      HostileText("x\u{1B}]\(command)\u{7}y", "OSC \(command): \(what)"),
      HostileText("x\u{1B}]\(command)\u{1B}\\y", "with the standard's own end: \(what)"),
      HostileText("x\u{9D}\(command)\u{9C}y", "in eight bits: \(what)"),
      HostileText("x\u{1B}]\(command)", "without an end, so that it swallows the screen: \(what)"),
    ]
  }

  private static let strings: [HostileText] = [
    HostileText("\u{1B}P$qm\u{1B}\\", "DCS: asks for the look; the answer is typed"),
    HostileText("\u{1B}Pq#0;2;0;0;0#0~~\u{1B}\\", "DCS: a sixel picture"),
    HostileText(
      "\u{1B}Ptmux;\u{1B}\u{1B}]52;c;AA\u{7}\u{1B}\\", "DCS: through tmux to the terminal behind it"),
    HostileText("\u{1B}P+q544e\u{1B}\\", "DCS: asks for terminfo"),
    HostileText("\u{1B}P0;0|17/726d\u{1B}\\", "DCS: binds a key to a command"),
    HostileText("\u{90}1$r0m\u{9C}", "DCS in eight bits"),
    HostileText("\u{1B}_Ga=T,f=24;AAAA\u{1B}\\", "APC: a picture of kitty's"),
    HostileText("\u{9F}x\u{9C}", "APC in eight bits"),
    HostileText("\u{1B}^private\u{1B}\\", "PM"),
    HostileText("\u{1B}Xstring\u{1B}\\", "SOS"),
    HostileText("\u{1B}kname\u{1B}\\", "screen's title"),
    HostileText("\u{1B}]P1000000", "the Linux console's palette"),
    HostileText("\u{1B}]R", "the Linux console's palette as it was"),
  ]

  /// `ESC` and one or two characters.
  private static let escapes: [HostileText] = [
    ("c", "resets the terminal"), ("#8", "fills the screen with E"), ("(0", "line drawing"),
    ("(A", "British"),
    (")0", "line drawing in the other half"), ("*0", "a third set"), ("n", "locks one in"),
    ("o", "or another"),
    ("|", "or one above"), ("~", "or another above"), ("%@", "leaves UTF-8"), ("%G", "takes UTF-8"),
    ("=", "the keypad's mode"), (">", "its other mode"), ("7", "saves the cursor"), ("8", "restores it"),
    ("D", "a line down"), ("E", "a new line"), ("M", "a line up"), ("H", "sets a tab"), ("N", "one from G2"),
    ("O", "one from G3"), ("Z", "asks who it is"), ("6", "scrolls sideways"), ("9", "scrolls back"),
    ("l", "locks memory"), ("F", "the lower corner"), (" G", "answers in eight bits"),
    ("#3", "double height"),
    ("#6", "double width"), ("V", "protects"), ("W", "ends protection"),
  ].map { HostileText("x\u{1B}\($0)y", "ESC \($0): \($1)") }
}
