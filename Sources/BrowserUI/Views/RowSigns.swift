import BrowserModel
import Console

/// The signs at the left of a row. There are three cells for them; the cursor and the mark stand in the middle one
/// if they can, and what there is no room for is left out, least important last.
struct RowSigns {
  let isCursor: Bool
  let change: Highlights.Sign?
  let isMarked: Bool
  let isFollowed: Bool
  let hasDraft: Bool

  func draw(on screen: inout Screen, in area: Rect, isSelected: Bool) {
    var free = [1, 2, 0]
    for (sign, style) in signs where !free.isEmpty {
      // What an image is to the person stands before the middle, where it is not taken for what happens to it.
      let isStanding = sign == "✎" || sign == "○"
      let place = isStanding ? free.lastIndex(of: 0) ?? 0 : 0
      screen.write(
        sign, row: area.row, column: area.column + free.remove(at: place), style: style.selected(isSelected))
    }
  }

  private var signs: [(String, Style)] {
    let change: (String, Style)? = self.change.map(Self.sign)
    let all: [(String, Style)?] = [
      isCursor ? ("▌", .plain) : nil, change, isMarked ? ("*", .marked) : nil,
      hasDraft ? ("✎", .changed) : nil, isFollowed ? ("○", .progress) : nil,
    ]
    return all.compactMap { $0 }
  }

  /// The sign of a change, in the list and in the log.
  static func sign(_ change: Highlights.Sign) -> (String, Style) {
    switch change {
    case .new: ("+", .added)
    case .changed: ("~", .changed)
    case .gone: ("-", .gone)
    }
  }
}
