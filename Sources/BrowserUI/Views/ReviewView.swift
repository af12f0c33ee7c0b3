import BrowserModel
import Console
import Foundation
import NovaClient

/// What will be changed, key by key, against what the service holds now; the requests that do it; then how far that
/// has got, and what came of it.
struct ReviewView {
  let review: Review
  let now: Date
  let utcOffset: Int
  var repertoire = Repertoire.unicode

  func escaped(_ value: String) -> String {
    ValueEscapes.shown(value, isASCII: repertoire == .ascii)
  }

  func draw(on screen: inout Screen, in area: Rect) {
    screen.fill(area)
    var rest = area.inset(left: 1)
    drawTitle(on: &screen, in: rest.cutTop(1))
    let width = rest.width - 1
    screen.cursor = Position(row: area.row, column: area.column + 1)
    switch review.phase {
    case .reading: draw([RichLine("Reading what the service holds now …", .faint)], on: &screen, in: rest)
    case .ready: drawReady(on: &screen, in: rest)
    case .sending, .stopping: draw(progress(width: width), on: &screen, in: rest)
    case .finished: draw(results(width: width), from: review.scroll.top, on: &screen, in: rest)
    }
  }

  private func draw(_ lines: [RichLine], from first: Int = 0, on screen: inout Screen, in area: Rect) {
    for (index, line) in lines.dropFirst(first).prefix(area.height).enumerated() {
      line.draw(on: &screen, row: area.row + index, column: area.column, width: area.width - 1)
    }
  }

  /// How many lines the results have, by which they scroll.
  func resultLines(width: Int) -> Int { review.phase == .finished ? results(width: width - 2).count : 0 }

  private func drawTitle(on screen: inout Screen, in area: Rect) {
    let name =
      review.items.count == 1 ? review.items[0].subject.name : Words.count(review.items.count, "image")
    let read = review.readAt.map { " · read at \(Words.clock($0, utcOffset: utcOffset))" } ?? ""
    let what = review.isTakingBack ? "Taking back" : "Review"
    screen.write(
      "\(what) · \(name)\(read)", row: area.row, column: area.column, width: area.width - 1, style: .title)
  }

  // MARK: Before it is sent

  /// What will be changed scrolls with its cursor; what has to be known and decided before it is sent stays in view.
  private func drawReady(on screen: inout Screen, in area: Rect) {
    let width = area.width - 1
    var rest = area
    if let note = review.note.map({ wrap($0, .warning, width) }) {
      draw(note, on: &screen, in: rest.cutTop(min(note.count, rest.height / 3)))
    }
    let decisions = decisions(width: width)
    let lines = review.items.count == 1 ? table(width: width) : groups(width: width)
    let footHeight = min(decisions.count + 1, rest.height * 2 / 3)
    let list = rest.cutTop(min(lines.count, rest.height - footHeight))
    draw([RichLine()] + decisions, on: &screen, in: rest)
    let isSelected = { (line: RichLine) in line.pieces.first?.style.isSelected ?? false }
    // The lines below the cursor that tell more of its row belong to it.
    let last =
      lines.lastIndex(where: isSelected).map { row in
        row + lines[(row + 1)...].prefix { $0.text.hasPrefix("     ") }.count
      } ?? 0
    let first = min(max(last - list.height + 2, 0), max(lines.count - list.height, 0))
    draw(lines, from: first, on: &screen, in: list)
    if let cursor = lines.firstIndex(where: isSelected), cursor >= first {
      screen.cursor = Position(row: list.row + cursor - first, column: list.column)
    }
  }

  private func decisions(width: Int) -> [RichLine] {
    var lines: [RichLine] = []
    for item in review.items.filter({ $0.merge == nil }) {
      lines += wrap(
        "✗ \(review.label(item)) could not be read: \(item.outcome?.reasons.values.first ?? "")", .danger,
        width)
    }
    lines += refusals(width: width)
    lines += sharing(width: width)
    lines += requests(width: width)
    let open = review.openConflicts
    if open > 0 {
      lines.append(RichLine("\(Words.count(open, "conflict")) open: choose m (mine) or t (theirs)", .danger))
    }
    return lines
  }

  private func refusals(width: Int) -> [RichLine] {
    let refusals = review.refusals
    let isOne = review.items.count == 1
    let some = refusals.prefix(isOne ? 6 : 3).flatMap { name, reason in
      wrap(isOne ? "✗ \(reason)" : "✗ \(name) is left out: \(reason)", .danger, width)
    }
    let rest = refusals.count - (isOne ? 6 : 3)
    return rest > 0 ? some + wrap("✗ \(rest) more images are left out", .danger, width) : some
  }

  private func sharing(width: Int) -> [RichLine] {
    guard !review.sending.isEmpty else { return [] }
    let losing = review.sending.compactMap { item -> String? in
      if case .becomesPrivate(let how) = item.visibility { "\(review.label(item)) is \(how)" } else { nil }
    }
    if !losing.isEmpty {
      let rest = losing.count > 3 ? " (and \(losing.count - 3) more)" : ""
      return wrap(
        "⚠ \(losing.prefix(3).joined(separator: "; "))\(rest): saving makes it private, and others lose it.",
        .danger, width)
    }
    guard review.sending.contains(where: { $0.visibility == .unknown }) else { return [] }
    return wrap(
      "Sharing: should this image be shared with other projects, or be a community image, saving makes it private.",
      .warning, width)
  }

  private func requests(width: Int) -> [RichLine] {
    let sending = review.sending
    guard !sending.isEmpty else {
      return review.openConflicts > 0 ? [] : [RichLine("Nothing to send: Enter closes.", .faint)]
    }
    if sending.count == 1, review.items.count == 1, let plan = sending[0].plan {
      let all = plan.requests.map(\.text)
      let texts = all.count > 6 ? all.prefix(5) + ["… and \(all.count - 5) more, one for each key"] : all
      return texts.enumerated().map { index, text in
        RichLine(index == 0 ? "Will send:  " : "            ", .faint).then(text)
      } + [RichLine("            then read again and compare", .faint)]
    }
    let count = sending.reduce(0) { $0 + ($1.plan?.requests.count ?? 0) }
    return [
      RichLine("Will send:  ", .faint)
        .then(
          "\(Words.count(count, "request")) to \(Words.count(sending.count, "image")), four images at a time")
    ]
  }

  // MARK: While and after

  private func progress(width: Int) -> [RichLine] {
    let all = review.items.count
    let done = review.done
    let bar = max(min(width - 30, 40), 4)
    let filled = bar * done / max(all, 1)
    let seconds = review.startedAt.map { now.timeIntervalSince($0) } ?? 0
    let rate = seconds >= 1 ? String(format: "   %.1f a second", Double(done) / seconds) : ""
    let state = review.phase == .stopping ? "Stopping after those under way …" : "Saving …"
    return [
      RichLine(), RichLine(state, .title),
      RichLine(String(repeating: "█", count: filled) + String(repeating: "░", count: bar - filled), .progress)
        .then("  \(done) of \(all)\(rate)"),
    ] + failures(width: width)
  }

  private func results(width: Int) -> [RichLine] {
    let complete = review.items.count { $0.outcome?.isComplete ?? false }
    let untouched = review.items.filter { $0.outcome == nil }
    let already = untouched.count { $0.plan?.requests.isEmpty ?? false }
    let skipped = untouched.count - already
    let rest = (already > 0 ? ", \(already) already so" : "") + (skipped > 0 ? ", \(skipped) not begun" : "")
    return [
      RichLine("\(Words.count(complete, "image")) as wanted, \(review.failed.count) not\(rest)", .title),
      RichLine(),
    ] + failures(width: width) + others(width: width)
  }

  /// What became of each image with which nothing is wrong: first those that still wait for it.
  private func others(width: Int) -> [RichLine] {
    let others = review.items.filter { !$0.hasFailed }
    let untouched = others.filter { $0.outcome == nil }
    let isSo = { (item: Review.Item) in item.plan?.requests.isEmpty ?? false }
    func lines(_ items: [Review.Item], _ sign: String, _ words: String, _ style: Style) -> [RichLine] {
      items.flatMap { wrap("\(sign) \(review.label($0)): \(words)", style, width) }
    }
    return lines(untouched.filter { !isSo($0) }, "‖", "not begun, stays in the draft", .warning)
      + lines(untouched.filter(isSo), "–", "already so", .faint)
      + lines(others.filter { $0.outcome != nil }, "✓", "as wanted", .good)
  }

  private func failures(width: Int) -> [RichLine] {
    review.failed.flatMap { item in
      (item.outcome?.reasons ?? [:]).sorted { $0.key < $1.key }.flatMap { key, reason in
        wrap("✗ \(review.label(item))\(key.isEmpty ? "" : " · \(key)"): \(reason)", .danger, width)
      }
    }
  }

  func words(_ value: String?, absent: String = "delete it") -> String {
    value.map { $0.isEmpty ? "\"\"" : escaped($0) } ?? absent
  }

  func wrap(_ text: String, _ style: Style, _ width: Int) -> [RichLine] {
    Wrapping.lines(text, width: width).map { RichLine($0, style) }
  }
}
