import BrowserModel
import Console
import NovaClient

// The review of many images: for each key what happens to how many.
extension ReviewView {
  func groups(width: Int) -> [RichLine] {
    var lines: [RichLine] = []
    let groups = review.groups
    for key in Set(groups.map(\.key)).sorted() {
      let isCursor = review.cursorKey == key
      let parts = groups.filter { $0.key == key }
      let isOpen = parts.contains { $0.outcome == .conflict && $0.choice == nil }
      let text = parts.map { words($0) }.joined(separator: ", ")
      lines += wrap(
        "\(isOpen ? "! " : "  ")\(escaped(key)): \(text)",
        (isOpen ? .danger : Style.plain).selected(isCursor), width)
      guard isCursor, review.openChoice != nil else { continue }
      // Who is asked has to know what about.
      for group in parts where group.outcome == .conflict {
        let names = group.images.prefix(3).joined(separator: ", ")
        let rest = group.images.count > 3 ? " and \(group.images.count - 3) more" : ""
        let mine = words(group.mine)
        lines.append(
          RichLine("     m", .key).then(" mine: \(mine)   ").then("t", .key)
            .then(" theirs: \(words(group.theirs, absent: "deleted"))   ").then("in \(names)\(rest)", .faint))
      }
    }
    return lines.isEmpty ? [RichLine("Nothing is different from what the service holds.", .faint)] : lines
  }

  private func words(_ group: Review.Group) -> String {
    let count = group.images.count
    let now = words(group.now, absent: "absent")
    let mine = words(group.mine, absent: "deleted")
    let theirs = words(group.theirs, absent: "absent")
    switch (group.outcome, group.choice) {
    case (.conflict, nil): return "\(count) changed by others to \(theirs), conflict with \(mine)"
    case (.conflict, .mine): return "\(count) \(now) → \(mine) (mine)"
    case (.conflict, .theirs):
      return now == theirs ? "\(count) stay \(now) (theirs)" : "\(count) \(now) → \(theirs) (theirs)"
    case (.already, _): return "\(count) already \(now)"
    default: return "\(count) \(now) → \(mine)"
    }
  }
}
