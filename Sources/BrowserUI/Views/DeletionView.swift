import BrowserModel
import Console
import NovaClient

/// The question before deleting, how far it has got, and what became of each image. It names what it is about.
struct DeletionView {
  let deletion: Deletion
  let place: Place

  func draw(on screen: inout Screen, in area: Rect) {
    let margin = area.width < 60 ? 1 : 3
    let lines = lines(width: area.width - 2 * margin, height: area.height - 2)
    var box = area.centered(height: lines.count + 2, width: area.width)
    screen.fill(box)
    let rule = String(repeating: "─", count: box.width)
    screen.write(rule, row: box.row, column: box.column, style: .danger)
    screen.write(rule, row: box.row + box.height - 1, column: box.column, style: .danger)
    box = box.inset(horizontal: margin, vertical: 1)
    for (index, line) in lines.enumerated() {
      line.draw(on: &screen, row: box.row + index, column: box.column, width: box.width)
    }
    screen.cursor = Position(row: box.row, column: box.column)
  }

  private func lines(width: Int, height: Int) -> [RichLine] {
    switch deletion.phase {
    case .asking: question(width: width, height: height)
    case .running, .stopping: progress(width: width)
    case .finished: results(height: height)
    }
  }

  private func question(width: Int, height: Int) -> [RichLine] {
    let count = deletion.targets.count
    let whereTo = [place.cloud, place.project].compactMap { $0 }.joined(separator: " · ")
    let title =
      count == 1 ? "Delete this image?" : "Delete these \(Words.count(count, "image")) of \(whereTo)?"
    let explanation = [
      RichLine(),
      RichLine(
        "Servers that run from \(count == 1 ? "it go on; nobody can start a new one from it." : "them go on; nobody can start new ones from them.")"
      ),
    ]
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
      return [
        RichLine("  " + only.name, .title),
        fits ? RichLine(facts, .faint) : RichLine(only.id.rawValue, .faint),
      ]
    }
    let shown = deletion.targets.prefix(max(room - 2, 1))
    let rest = deletion.targets.count - shown.count
    let lines = shown.map { RichLine("  ").then($0.name, .title).fitted(to: 36).then(" \($0.id)", .faint) }
    let hidden =
      deletion.hidden > 0
      ? [RichLine("  \(Words.count(deletion.hidden)) of them the list does not show now.", .warning)] : []
    return lines + (rest > 0 ? [RichLine("  … and \(Words.count(rest)) more")] : []) + hidden
  }

  private func progress(width: Int) -> [RichLine] {
    let done = deletion.done
    let all = deletion.targets.count
    let barWidth = max(min(width - 20, 40), 4)
    let filled = barWidth * done / max(all, 1)
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: barWidth - filled)
    let state = deletion.phase == .stopping ? "Stopping after those under way …" : "Deleting …"
    let failed = deletion.failures.isEmpty ? "" : "   \(deletion.failures.count) failed"
    return [
      RichLine(state, .title),
      RichLine(bar, .progress).then("  \(done) of \(all)\(failed)"),
    ]
  }

  private func results(height: Int) -> [RichLine] {
    let kept = deletion.targets.count - deletion.done
    let title =
      "Deleted \(Words.count(deletion.deleted.count, "image")), \(deletion.failures.count) failed"
      + (deletion.gone.isEmpty ? "" : ", \(deletion.gone.count) gone already")
      + (kept > 0 ? ", \(kept) kept" : "")
    let room = max(height - 3, 1)
    let lines = deletion.failures.prefix(room).map { failure in
      RichLine("✗ ", .danger).then(failure.notice.text)
    }
    let rest = deletion.failures.count - lines.count
    return [RichLine(title, .title)] + lines
      + (rest > 0 ? [RichLine("  … and \(rest) more", .faint)] : [])
  }
}
