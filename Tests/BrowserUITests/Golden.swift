import BrowserRig
import Console
import Foundation
import Testing

/// Compares a screen with the one that is kept beside the tests, in `Screens/NAME.txt`: its text, its roles, and how
/// those roles look with colours and without.
///
/// `NOVALENS_RECORD=1 swift test` writes the files anew; what has changed is then read in review.
///
/// - Parameter chance: a text that is another one in each run, for which zeros stand.
func expectGolden(
  _ screen: Screen, _ name: String, chance: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
) {
  let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Screens/\(name).txt")
  let whole = picture(of: screen)
  let picture = chance.map { whole.replacing($0, with: String(repeating: "0", count: $0.count)) } ?? whole
  if ProcessInfo.processInfo.environment["NOVALENS_RECORD"] != nil {
    do {
      try Data(picture.utf8).write(to: file)
    } catch {
      Issue.record("cannot record \(name): \(error)", sourceLocation: sourceLocation)
    }
    return
  }
  guard let kept = try? String(contentsOf: file, encoding: .utf8) else {
    Issue.record(
      "no screen \(name) is kept; record it with NOVALENS_RECORD=1", sourceLocation: sourceLocation)
    return
  }
  let before = kept.split(separator: "\n", omittingEmptySubsequences: false)
  let now = picture.split(separator: "\n", omittingEmptySubsequences: false)
  for (index, line) in now.enumerated() where index >= before.count || before[index] != line {
    Issue.record(
      "\(name), line \(index + 1):\n was: \(index < before.count ? before[index] : "")\n now: \(line)",
      sourceLocation: sourceLocation)
    return
  }
  #expect(before.count == now.count, "\(name) has lost lines", sourceLocation: sourceLocation)
}

extension BrowserRig {
  /// The same for what is on the screen now, with all signs and in ASCII.
  @MainActor func expectGoldens(
    _ name: String, _ size: Size, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let chance = URL(filePath: statePath).lastPathComponent
    expectGolden(
      screen(size), "\(name)-\(size.name)", chance: chance, sourceLocation: sourceLocation)
    expectGolden(
      screen(size, .ascii), "\(name)-\(size.name)-ascii", chance: chance, sourceLocation: sourceLocation)
  }
}

private func picture(of screen: Screen) -> String {
  var styles: Set<Style> = []
  for row in 0..<screen.size.rows { styles.formUnion(screen.row(row).map(\.style)) }
  let looks = styles.filter { $0 != .plain }.map { style in
    "\(words(style)): \(look(style, colors: 16)); without colours \(look(style, colors: 2))"
  }
  let cursor = screen.cursor.map { "cursor at row \($0.row), column \($0.column)" } ?? "no cursor"
  return [
    "\(screen.size.columns)×\(screen.size.rows), \(cursor)", screen.text, "roles", screen.roles, "looks",
    looks.sorted().joined(separator: "\n"), "",
  ].joined(separator: "\n")
}

private func words(_ style: Style) -> String {
  style.role.rawValue + (style.isStrong ? " strong" : "") + (style.isSelected ? " selected" : "")
}

private func look(_ style: Style, colors: Int) -> String {
  let look = Palette(colors: colors).look(of: style)
  let parts = [
    look.color.map { "\($0)" }, look.isBold ? "bold" : nil, look.isDim ? "dim" : nil,
    look.isUnderlined ? "underlined" : nil, look.isReversed ? "reversed" : nil,
  ].compactMap { $0 }
  return parts.isEmpty ? "as the terminal has it" : parts.joined(separator: " ")
}
