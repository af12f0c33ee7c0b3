import BrowserModel
import Console
import NovaClient

// The review of many images: for each key what happens to how many.
extension ReviewView {
  func groups(width: Int) -> [RichLine] {
    var lines: [RichLine] = []
    let groups = worked(width: width).groups
    for key in Set(groups.map(\.key)).sorted() {
      let isCursor = review.cursorKey == key
      let parts = groups.filter { $0.key == key }
      let isOpen = parts.contains { $0.outcome == .conflict && $0.choice == nil }
      let text = parts.map { words($0) }.joined(separator: ", ")
      lines += hanging(
        "\(isOpen ? "! " : "  ")\(escaped(key)): \(text)",
        (isOpen ? .danger : Style.plain).selected(isCursor), width, by: 4)
      guard isCursor else { continue }
      for group in parts { lines += images(of: group, width: width) }
    }
    return lines.isEmpty ? [RichLine("Nothing is different from what the service holds.", .faint)] : lines
  }

  /// Which images a group has. Who is asked has to know what about.
  private func images(of group: Review.Group, width: Int) -> [RichLine] {
    let names = Self.some(group.images)
    guard group.outcome == .conflict else {
      let text = "\(Self.aside)\(words(group)): \(names)"
      return hanging(text, .faint, width, by: Self.aside.count + 2)
    }
    return [
      RichLine("\(Self.aside)m", .key).then(" mine: \(words(group.mine))   ").then("t", .key)
        .then(" theirs: \(words(group.theirs, absent: "deleted"))   ").then("in \(names)", .faint)
    ]
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
