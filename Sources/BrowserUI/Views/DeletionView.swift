import BrowserModel
import Console
import NovaClient

/// The question before deleting, how far it has got, and what became of each image. It names what it is about.
struct DeletionView {
  let deletion: Deletion
  let place: Place

  func draw(on screen: inout Screen, in area: Rect) {
    let room = Self.room(area)
    let lines = lines(width: room.columns, height: room.rows)
    var box = area.centered(height: lines.count + 2, width: area.width)
    screen.fill(box)
    let rule = String(repeating: "─", count: box.width)
    screen.write(rule, row: box.row, column: box.column, style: .danger)
    screen.write(rule, row: box.row + box.height - 1, column: box.column, style: .danger)
    box = box.inset(horizontal: Self.margin(area), vertical: 1)
    for (index, line) in lines.enumerated() {
      line.draw(on: &screen, row: box.row + index, column: box.column, width: box.width)
    }
    screen.cursor = Position(row: box.row, column: box.column)
  }

  private func lines(width: Int, height: Int) -> [RichLine] {
    switch deletion.phase {
    case .asking: question(width: width, height: height)
    case .running, .stopping: progress(width: width)
    case .finished: results(width: width, height: height)
    }
  }

  private func question(width: Int, height: Int) -> [RichLine] {
    let count = deletion.targets.count
    let whereTo = [place.cloud, place.project].compactMap { $0 }.joined(separator: " · ")
    let which = deletion.isAboutMarks ? "the marked image" : "this image"
    let title =
      count == 1 ? "Delete \(which)?" : "Delete the \(Words.count(count)) marked images of \(whereTo)?"
    let meaning =
      count == 1
      ? "Servers that run from it go on; nobody can start a new one from it."
      : "Servers that run from them go on; nobody can start new ones from them."
    let explanation = [RichLine()] + Wrapping.lines(meaning, width: width).map { RichLine($0) }
    // In a low window what it is about and how to answer come before what it means.
    let isLow = height < 8
    let end =
      (isLow ? [] : explanation) + [
        RichLine("This cannot be undone."),
        RichLine("y", .key).then(" delete    ", .plain).then("any other key", .key).then(
          " keeps \(count == 1 ? "it" : "them")"),
      ]
    let room = max(height - end.count - 2, 2)
    return [RichLine(title, .danger)] + targets(room: room, width: width, whereTo: whereTo) + end
  }

  private func targets(room: Int, width: Int, whereTo: String) -> [RichLine] {
    if let only = deletion.targets.first, deletion.targets.count == 1 {
      let facts = "  \(only.id)   \(Words.bytes(only.size))   \(whereTo)"
      let fits = TextWidth.columns(facts) <= width
      let name = Wrapping.lines(Words.visible(only.name), width: max(width - 2, 1))
      let most = max(room - 1, 1)
      let isCut = name.count > most
      let shown = name.prefix(most).enumerated().map { index, line in
        RichLine("  " + line + (isCut && index == most - 1 ? "…" : ""), .title).fitted(to: width)
      }
      return shown
        + [fits ? RichLine(facts, .faint) : RichLine(only.id.rawValue, .faint)]
        + (deletion.hidden > 0 ? [RichLine("  It is not in the list now.", .warning)] : [])
    }
    let shown = deletion.targets.prefix(max(room - 2, 1))
    let rest = deletion.targets.count - shown.count
    let lines = shown.map {
      RichLine("  ").then(Words.visible($0.name), .title).fitted(to: max(width - 37, 20)).then(
        " \($0.id)", .faint)
    }
    let hidden =
      deletion.hidden > 0
      ? [RichLine("  \(Words.count(deletion.hidden)) of them are not in the list now.", .warning)] : []
    return lines + (rest > 0 ? [RichLine("  … and \(Words.count(rest)) more")] : []) + hidden
  }

  private func progress(width: Int) -> [RichLine] {
    let done = deletion.done
    let all = deletion.targets.count
    let bar = Words.bar(done, of: all, width: max(min(width - 20, 40), 4))
    let state = deletion.phase == .stopping ? "Stopping after those under way …" : "Deleting …"
    let failed = deletion.failures.isEmpty ? "" : "   \(deletion.failures.count) failed"
    let more =
      deletion.phase == .stopping ? [RichLine("Esc", .key).then(" again does not wait for them.")] : []
    return [
      RichLine(state, .title),
      RichLine(bar, .progress).then("  \(done) of \(all)\(failed)"),
    ] + more
  }

  private func results(width: Int, height: Int) -> [RichLine] {
    let counts = [
      (deletion.deleted.count, "deleted"), (deletion.failures.count, "failed"),
      (deletion.gone.count, "gone already"), (deletion.kept.count, "kept"),
    ].filter { $0.0 > 0 }
    let title =
      Words.count(deletion.targets.count, "image") + ": "
      + counts.map { "\(Words.count($0.0)) \($0.1)" }.joined(separator: ", ")
    let lines = resultLines(width: width)
    let room = max(height - 1, 1)
    let top = min(deletion.scroll.top, max(lines.count - room, 0))
    let place =
      lines.count > room
      ? "  \(top + 1)–\(min(top + room, lines.count)) of \(lines.count)" : ""
    return [RichLine(title, .title).then(place, .faint)] + lines.dropFirst(top).prefix(room)
  }

  /// What became of each, the worst first.
  func resultLines(width: Int) -> [RichLine] {
    let failures = deletion.failures.flatMap { failure in
      Self.result("✗", .danger, failure.notice.text, width: width)
    }
    let gone = deletion.gone.flatMap {
      Self.result("–", .faint, "\($0.name) was gone already (\($0.id))", width: width)
    }
    let kept = deletion.kept.flatMap {
      Self.result("‖", .warning, "\($0.name) is kept (\($0.id))", width: width)
    }
    let done = Set(deletion.deleted)
    let deleted = deletion.targets.filter(done.contains).flatMap {
      Self.result("✓", .good, "\($0.name) is deleted (\($0.id))", width: width)
    }
    return failures + gone + kept + deleted
  }

  private static func result(_ sign: String, _ style: Style, _ text: String, width: Int) -> [RichLine] {
    Wrapping.lines(text, width: max(width - 2, 1)).enumerated().map { index, line in
      RichLine(index == 0 ? "\(sign) " : "  ", style).then(line)
    }
  }

  /// The width and the height of what is inside the box, in a window.
  static func room(_ area: Rect) -> Size {
    Size(columns: area.width - 2 * margin(area), rows: area.height - 2)
  }

  private static func margin(_ area: Rect) -> Int { area.width < 60 ? 1 : 3 }
}
