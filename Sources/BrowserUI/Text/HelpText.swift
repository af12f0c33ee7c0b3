import BrowserModel
import Console

/// The help, made from the key table.
@MainActor enum HelpText {
  /// - Parameters:
  ///   - context: from where it was asked for; what is about that comes first.
  ///   - width: the columns there are; two columns of keys where they have room.
  ///   - facts: the version, and where files are kept.
  static func lines(in context: Context, width: Int, _ facts: [String]) -> [RichLine] {
    let first = first(in: context)
    let all = Binding.Group.allCases
    let groups = ([first].compactMap { $0 } + all.filter { $0 != first }).map(group)
    let end = facts.map { RichLine($0, .faint) }
    let one = Array(groups.joined(separator: [RichLine()])) + [RichLine()] + end
    // The longest group is the last: fields and dialogs, which most people need least.
    let left = Array(groups[..<3].joined(separator: [RichLine()]))
    let right = Array(groups[3...].joined(separator: [RichLine()]))
    let widest = (left + right).map { TextWidth.columns($0.text) }.max() ?? 0
    guard widest <= width / 2 - 1 else { return one }
    let rows = (0..<max(left.count, right.count)).map { row in
      let line = (row < left.count ? left[row] : RichLine()).fitted(to: width / 2 - 1).then(" ")
      return row < right.count ? RichLine(pieces: line.pieces + right[row].pieces) : line
    }
    return rows + [RichLine()] + end
  }

  private static func first(in context: Context) -> Binding.Group? {
    switch context {
    case .editor, .review, .reviewConflict, .reviewResults, .drafts: .editor
    case .changes: .watch
    case .deleteResults: .dialog
    default: nil
    }
  }

  private static func group(_ group: Binding.Group) -> [RichLine] {
    [RichLine(group.rawValue, .title)]
      + KeyTable.help(group).map { binding in
        RichLine("  ").then(binding.label, .key).padded(to: 18).then(" " + binding.help)
      }
  }
}
