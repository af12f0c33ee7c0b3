import BrowserModel
import Console
import Foundation
import NovaClient

/// What will be changed, key by key, against what the service holds now; the requests that do it; then how far that
/// has got, and what came of it.
@MainActor struct ReviewView {
  let review: Review
  let now: Date
  let utcOffset: Int
  var repertoire = Repertoire.unicode

  func draw(on screen: inout Screen, in area: Rect) {
    screen.fill(area)
    var rest = area.inset(left: 1)
    drawTitle(on: &screen, in: rest.cutTop(1))
    screen.cursor = Position(row: area.row, column: area.column + 1)
    switch review.phase {
    // What is about to be sent stays in view while it is read once more.
    case .reading where review.readAt == nil:
      draw([RichLine("Reading what the service holds now …", .faint)], on: &screen, in: rest)
    case .reading, .ready: drawReady(on: &screen, in: rest)
    case .sending, .stopping, .finished: drawOutcome(on: &screen, in: rest)
    }
  }

  private func drawTitle(on screen: inout Screen, in area: Rect) {
    let name =
      review.items.count == 1
      ? Words.visible(review.items[0].subject.name) : Words.count(review.items.count, "image")
    let isAgain = review.phase == .reading
    let read =
      review.readAt.map {
        isAgain
          ? " · reading again before it is sent …" : " · read at \(Words.clock($0, utcOffset: utcOffset))"
      } ?? ""
    let title =
      switch review.phase {
      case .reading, .ready: "\(review.isTakingBack ? "Taking back" : "Review") · \(name)\(read)"
      case .sending, .stopping: "\(review.isTakingBack ? "Taking back" : "Saving") · \(name)"
      case .finished: "What came of it · \(name)"
      }
    screen.write(
      title, row: area.row, column: area.column, width: area.width - 1, style: .title)
  }

  private func draw(_ lines: [RichLine], from first: Int = 0, on screen: inout Screen, in area: Rect) {
    for (index, line) in lines.dropFirst(first).prefix(area.height).enumerated() {
      line.draw(on: &screen, row: area.row + index, column: area.column, width: area.width - 1)
    }
  }

  // MARK: Before it is sent

  /// What will be changed scrolls with its cursor; what has to be known and decided before it is sent stays in view.
  private func drawReady(on screen: inout Screen, in area: Rect) {
    let width = area.width - 1
    var rest = area
    if let note = review.note.map({ wrap($0, .warning, width) }) {
      draw(note, on: &screen, in: rest.cutTop(min(note.count, rest.height / 3)))
    }
    let decisions = decisions(width: width, height: max(rest.height * 2 / 3 - 1, 1))
    let lines = changes(width: width) + selected(below(width: width))
    let footHeight = min(decisions.count + 1, rest.height * 2 / 3)
    let list = rest.cutTop(min(lines.count, rest.height - footHeight))
    let isSelected = { (line: RichLine) in line.pieces.first?.style.isSelected ?? false }
    let cursor = lines.firstIndex(where: isSelected) ?? 0
    // The lines below the cursor that tell more of its row belong to it, as far as there is room for both.
    let last =
      lines.lastIndex(where: isSelected).map { row in
        row + lines[(row + 1)...].prefix { $0.text.hasPrefix(Self.aside) }.count
      } ?? 0
    let first = min(max(last - list.height + 2, 0), max(lines.count - list.height, 0), cursor)
    draw(lines, from: first, on: &screen, in: list)
    if lines.contains(where: isSelected) {
      screen.cursor = Position(row: list.row + cursor - first, column: list.column)
    }
    let rule = ScrollRule(above: first, below: lines.count - first - list.height)
    let gap = rest.cutTop(1)
    if rule.isNeeded { rule.draw(on: &screen, in: gap) }
    draw(decisions, on: &screen, in: rest)
  }

  /// What the lines begin with that tell more of the row under the cursor.
  static let aside = "     "

  /// The keys that differ, and what becomes of each.
  private func changes(width: Int) -> [RichLine] {
    review.items.count == 1 ? table(width: width) : groups(width: width)
  }

  /// What there is to tell below the keys; the cursor goes through it line by line.
  private func below(width: Int) -> [RichLine] {
    guard review.items.count > 1 else { return allRequests(width: width) }
    return worked(width: width).lines
  }

  /// What depends on the images and not on the cursor.
  func worked(width: Int) -> Worked {
    review.workedOut.value {
      $0.width == width && $0.repertoire == repertoire
    } _: { _ in
      Worked(
        width: width, repertoire: repertoire,
        lines: requestGroups(width: width) + imageByImage(width: width), groups: review.groups,
        warnings: warnings(width: width))
    }
  }

  struct Worked: Sendable {
    let width: Int
    let repertoire: Repertoire
    let lines: [RichLine]
    let groups: [Review.Group]
    let warnings: [RichLine]
  }

  private func selected(_ lines: [RichLine]) -> [RichLine] {
    let row = review.cursor - review.keys.count
    guard lines.indices.contains(row) else { return lines }
    var lines = lines
    let pieces = lines[row].pieces.isEmpty ? [RichLine.Piece(text: " ", style: .plain)] : lines[row].pieces
    lines[row].pieces = pieces.map { .init(text: $0.text, style: $0.style.selected()) }
    return lines
  }

  // MARK: While and after

  /// How far it has got or what came of it, which scrolls.
  private func drawOutcome(on screen: inout Screen, in area: Rect) {
    var rest = area
    let lines = outcome(width: area.width - 1)
    guard lines.count > area.height else { return draw(lines, on: &screen, in: area) }
    let foot = rest.cutBottom(1)
    let top = min(review.scroll.top, lines.count - rest.height)
    draw(lines, from: top, on: &screen, in: rest)
    ScrollRule(above: top, below: lines.count - top - rest.height).draw(on: &screen, in: foot)
  }

  private func outcome(width: Int) -> [RichLine] {
    review.phase == .finished ? results(width: width) : progress(width: width)
  }

  // MARK: How much there is

  /// How many lines can be gone through: before it is sent those below the keys, then all.
  func lines(width: Int) -> Int {
    switch review.phase {
    case .reading, .ready: below(width: width - 2).count
    case .sending, .stopping, .finished: outcome(width: width - 2).count
    }
  }

  /// How many of them are in view at once.
  func rows(height: Int, lines: Int) -> Int {
    // The keys share the window with what stays in view below them.
    if review.phase == .ready { return height / 2 }
    return lines > height - 1 ? height - 2 : height - 1
  }

  // MARK: Words

  func escaped(_ value: String) -> String {
    ValueEscapes.shown(value, isASCII: repertoire == .ascii)
  }

  func words(_ value: String?, absent: String = "delete it") -> String {
    value.map { $0.isEmpty ? "\"\"" : escaped($0) } ?? absent
  }

  func wrap(_ text: String, _ style: Style, _ width: Int) -> [RichLine] {
    Wrapping.lines(text, width: width).map { RichLine($0, style) }
  }

  /// The same with all lines but the first set in, so that one sees where the next begins.
  func hanging(_ text: String, _ style: Style, _ width: Int, by indent: Int) -> [RichLine] {
    let lead = String(text.prefix { $0 == " " })
    let lines = Wrapping.lines(String(text.dropFirst(lead.count)), width: width - indent)
    return lines.enumerated().map { index, line in
      RichLine((index == 0 ? lead : String(repeating: " ", count: indent)) + line, style)
    }
  }

  /// `image-1, image-2, image-3 and 12 more`.
  static func some(_ names: [String]) -> String {
    let rest = names.count > 4 ? " and \(Words.count(names.count - 3)) more" : ""
    return names.prefix(names.count > 4 ? 3 : 4).joined(separator: ", ") + rest
  }
}
