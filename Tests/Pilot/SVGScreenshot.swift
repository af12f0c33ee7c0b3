/// A picture of a virtual terminal, cell for cell, in a dark theme.
package enum SVGScreenshot {
  /// A cell in pixels; the width is what a monospaced font of this size takes (0.6 em).
  private static let cell = (width: 9, height: 19)
  private static let fontSize = 15
  private static let margin = 12
  private static let foreground = "#d8dee9"
  private static let background = "#1b1f27"

  /// The terminal as an SVG document.
  package static func render(_ terminal: VirtualTerminal) -> String {
    let width = terminal.columns * cell.width + 2 * margin
    let height = terminal.rows * cell.height + 2 * margin
    var lines = [
      #"<svg xmlns="http://www.w3.org/2000/svg" width="\#(width)" height="\#(height)" viewBox="0 0 \#(width) \#(height)">"#,
      #"<rect width="100%" height="100%" rx="8" fill="\#(background)"/>"#,
      #"<g font-family="'DejaVu Sans Mono','Liberation Mono',Menlo,Consolas,monospace" font-size="\#(fontSize)" xml:space="preserve">"#,
    ]
    for row in 0..<terminal.rows {
      for run in runs(of: terminal, row: row) { lines += draw(run, row: row) }
    }
    if terminal.isCursorVisible {
      let (row, column) = terminal.cursor
      lines.append(
        rect(column: column, row: row, columns: 1, attributes: #"fill="none" stroke="\#(foreground)""#))
    }
    return (lines + ["</g>", "</svg>", ""]).joined(separator: "\n")
  }

  /// Neighbouring cells that look alike.
  private struct Run {
    var column: Int
    var columns: Int
    var text: String
    var look: TerminalCell
  }

  private static func runs(of terminal: VirtualTerminal, row: Int) -> [Run] {
    var runs: [Run] = []
    for column in 0..<terminal.columns {
      let cell = terminal.cell(row: row, column: column)
      guard cell.width > 0 else { continue }
      var look = cell
      look.text = ""
      // A wide sign stands alone, so that no font can push what follows it aside.
      if cell.width == 1, let last = runs.last, last.look == look {
        runs[runs.count - 1].text += cell.text
        runs[runs.count - 1].columns += 1
      } else {
        runs.append(Run(column: column, columns: cell.width, text: cell.text, look: look))
      }
    }
    return runs
  }

  private static func draw(_ run: Run, row: Int) -> [String] {
    let look = run.look
    let front = look.foreground.map(color) ?? foreground
    let back = look.background.map(color) ?? background
    let (ink, paper) = look.isReversed ? (back, front) : (front, back)
    var lines: [String] = []
    if paper != background {
      lines.append(rect(column: run.column, row: row, columns: run.columns, attributes: #"fill="\#(paper)""#))
    }
    guard look.isUnderlined || run.text.contains(where: { $0 != " " }) else { return lines }
    var attributes =
      #"fill="\#(ink)" textLength="\#(run.columns * cell.width)" lengthAdjust="spacingAndGlyphs""#
    if look.isBold { attributes += #" font-weight="bold""# }
    if look.isDim { attributes += #" opacity="0.6""# }
    if look.isUnderlined { attributes += #" text-decoration="underline""# }
    let x = margin + run.column * cell.width
    let y = margin + row * cell.height + 14
    lines.append(#"<text x="\#(x)" y="\#(y)" \#(attributes)>\#(escaped(run.text))</text>"#)
    return lines
  }

  private static func rect(column: Int, row: Int, columns: Int, attributes: String) -> String {
    let x = margin + column * cell.width
    let y = margin + row * cell.height
    return
      #"<rect x="\#(x)" y="\#(y)" width="\#(columns * cell.width)" height="\#(cell.height)" \#(attributes)/>"#
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }

  /// The sixteen colours of the theme, in the terminal's order; the others as xterm has them.
  private static func color(_ index: Int) -> String {
    let theme = [
      "#3b4252", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#d8dee9", "#5c6370",
      "#ff7b86",
      "#b5e890", "#ffd98e", "#82c4ff", "#e39af5", "#7ad7e3", "#ffffff",
    ]
    if theme.indices.contains(index) { return theme[index] }
    let levels = [0, 95, 135, 175, 215, 255]
    let cube = max(0, index - 16)
    let parts =
      index < 232
      ? [levels[cube / 36 % 6], levels[cube / 6 % 6], levels[cube % 6]]
      : Array(repeating: 8 + 10 * (min(index, 255) - 232), count: 3)
    return "rgb(\(parts.map(String.init).joined(separator: ",")))"
  }
}
