/// The signs that the terminal can be given.
package enum Repertoire: Hashable, Sendable, CaseIterable {
  case unicode
  /// ASCII only: our own signs have stand-ins, any other sign becomes a question mark for each of its columns.
  case ascii

  /// What the locale's terminal can be given, before there is a screen.
  package static var ofLocale: Repertoire {
    TerminalDescription.chooseLocale() == "UTF-8" ? .unicode : .ascii
  }

  /// A text as plain letters, nothing in which is a command to the terminal.
  package func plain(_ text: some StringProtocol) -> String {
    SafeText(text).lazy.flatMap(cells).joined()
  }

  /// What a glyph looks like in this repertoire: one text for a cell, or one for each of its two.
  func cells(for glyph: Glyph) -> [String] {
    switch self {
    case .unicode: glyph.width == 2 ? [glyph.text, ""] : [glyph.text]
    case .ascii: Array(repeating: Self.standIn(for: glyph.text), count: glyph.width)
    }
  }

  private static func standIn(for text: String) -> String {
    guard let base = text.unicodeScalars.first else { return " " }
    return base.isASCII ? String(base) : standIns[base] ?? "?"
  }

  private static let standIns: [Unicode.Scalar: String] = [
    "\u{A0}": " ", "▌": ">", "…": "~", "─": "-", "━": "=", "│": "|", "┃": "|", "▏": "|", "●": "o", "○": "o",
    "‖": "=", "✗": "x", "✓": "+", "◂": "<", "▸": ">", "▲": "^", "▼": "v", "≥": ">", "≤": "<", "≠": "!",
    "–": "-", "—": "-", "−": "-", "·": "-", "•": "*", "×": "x", "⏎": "$", "⇥": ">", "█": "#", "▓": "%",
    "▒": ":", "░": ".", "→": ">", "←": "<", "↑": "^", "↓": "v", "┌": "+", "┐": "+", "└": "+", "┘": "+",
    "├": "+", "┤": "+", "┬": "+", "┴": "+", "┼": "+", "╭": "+", "╮": "+", "╰": "+", "╯": "+", "‘": "'",
    "’": "'", "“": "\"", "”": "\"", "⚠": "!", "✎": "e", "‹": "<", "›": ">",
  ]
}
