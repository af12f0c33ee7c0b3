import CPty
import Console
import Foundation
import Pilot
import Synchronization

/// The picture that the program says it has drawn (`NOVALENS_FRAMES`), to be compared with what a terminal made of
/// the bytes that it sent.
struct ShownFrame {
  let size: Size
  let cursor: Position?
  private let text: [String]
  private let roles: [[Character]]

  init?(_ file: URL) {
    guard let content = try? String(contentsOf: file, encoding: .utf8) else { return nil }
    let lines = content.components(separatedBy: "\n")
    let head = lines[0].split(separator: " ")
    guard head.count >= 5, let columns = Int(head[1]), let rows = Int(head[2]), lines.count > 2 * rows + 1
    else { return nil }
    size = Size(columns: columns, rows: rows)
    if head.count == 6, let row = Int(head[4]), let column = Int(head[5]) {
      cursor = Position(row: row, column: column)
    } else {
      cursor = nil
    }
    text = Array(lines[1...rows])
    roles = lines[(rows + 2)...(2 * rows + 1)].map(Array.init)
  }

  /// Where the terminal shows something else, cell by cell; empty when it shows just this.
  ///
  /// - Parameter count: how many are worth telling.
  func differences(from terminal: VirtualTerminal, _ kind: TerminalKind, atMost count: Int) -> [String] {
    guard terminal.rows == size.rows, terminal.columns == size.columns else { return ["another size"] }
    var differences: [String] = []
    for row in 0..<size.rows where differences.count < count {
      var column = 0
      for glyph in SafeText(text[row]) {
        let look = kind.look(of: style(row, column))
        let found = terminal.cell(row: row, column: column)
        let expected = cell(glyph, look)
        if found.seen != expected.seen { differences.append("\(row),\(column): \(found) is not \(expected)") }
        column += glyph.width
      }
      for column in column..<max(column, size.columns) {
        let expected = cell(Glyph(text: " ", width: 1), kind.look(of: style(row, column)))
        let found = terminal.cell(row: row, column: column)
        if found.seen != expected.seen { differences.append("\(row),\(column): \(found) is not \(expected)") }
      }
    }
    if let cursor {
      if terminal.cursor != (cursor.row, cursor.column) || !terminal.isCursorVisible {
        differences.append("the cursor is at \(terminal.cursor), not at \(cursor)")
      }
    } else if terminal.isCursorVisible, kind.canHideCursor {
      differences.append("the cursor is seen at \(terminal.cursor)")
    }
    return differences
  }

  private func style(_ row: Int, _ column: Int) -> Style {
    guard column < roles[row].count, roles[row][column] != " " else { return .plain }
    return Self.styles[roles[row][column]] ?? .plain
  }

  private static let styles = Dictionary(uniqueKeysWithValues: Style.all.map { ($0.letter, $0) })

  private func cell(_ glyph: Glyph, _ look: Look) -> TerminalCell {
    var text = glyph.text
    var width = glyph.width
    if let base = text.unicodeScalars.first, cpty_wcwidth(base.value) != Int32(width) {
      // The C library knows it as something else, so curses is given a question mark for each column.
      text = "?"
      width = 1
    }
    return TerminalCell(
      text, width: width, foreground: look.color.map { Int($0.rawValue) }, isBold: look.isBold,
      isDim: look.isDim, isUnderlined: look.isUnderlined, isReversed: look.isReversed)
  }
}

/// A kind of terminal by its name, and what it can show, as its description says.
struct TerminalKind: Sendable {
  let name: String
  private let palette: Palette
  private let hasDim: Bool
  fileprivate let canHideCursor: Bool

  init(_ name: String, isMonochrome: Bool = false) throws {
    self.name = name
    let described = try Self.described(name)
    let colors = described.first { $0.hasPrefix("colors#") }.map { String($0.dropFirst(7)) } ?? "0"
    let count = colors.hasPrefix("0x") ? Int(colors.dropFirst(2), radix: 16) : Int(colors)
    palette = Palette(colors: count ?? 0, isMonochrome: isMonochrome)
    canHideCursor = described.contains { $0.hasPrefix("civis=") }
    // kitty's description leaves dim text out where it sets all attributes at once, which is what curses goes by.
    let isLeftOut = described.contains { $0.hasPrefix("sgr=") && !$0.contains("%p5") }
    hasDim = described.contains { $0.hasPrefix("dim=") } && !isLeftOut
  }

  func look(of style: Style) -> Look {
    var look = palette.look(of: style)
    look.isDim = look.isDim && hasDim
    return look
  }

  private static let known = Mutex<[String: [String]]>([:])

  /// The capabilities that the system's description of it has.
  private static func described(_ name: String) throws -> [String] {
    try known.withLock { known in
      if let capabilities = known[name] { return capabilities }
      let capabilities = try readDescription(name)
      known[name] = capabilities
      return capabilities
    }
  }

  private static func readDescription(_ name: String) throws -> [String] {
    let infocmp = Process()
    infocmp.executableURL = URL(filePath: "/usr/bin/infocmp")
    infocmp.arguments = ["-1", name]
    let pipe = Pipe()
    infocmp.standardOutput = pipe
    try infocmp.run()
    let text = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    infocmp.waitUntilExit()
    return text.split(separator: "\n").map {
      $0.trimmingCharacters(in: .whitespaces.union(CharacterSet(charactersIn: ",")))
    }
  }
}

extension PtyProgram {
  /// Waits until the terminal is in a state and shows, cell by cell, the picture that the program has drawn.
  func waitForFrame(
    _ description: String, _ frame: URL, _ kind: TerminalKind,
    condition: @escaping @Sendable (VirtualTerminal) -> Bool
  ) throws {
    do {
      try waitUntil(description) { terminal in
        condition(terminal)
          && ShownFrame(frame)?.differences(from: terminal, kind, atMost: 1).isEmpty ?? false
      }
    } catch let error as TimedOut {
      let differences = look {
        ShownFrame(frame)?.differences(from: $0, kind, atMost: 5).prefix(5) ?? ["no frame"]
      }
      throw TimedOut(
        description: "\(error.description)\n\(kind.name): \(differences.joined(separator: "\n"))")
    }
  }
}
