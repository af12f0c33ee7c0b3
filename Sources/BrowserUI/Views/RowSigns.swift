import BrowserModel
import Console

/// The signs at the left of a row. There are three cells for them; the cursor and the mark stand in the middle one
/// if they can. Where there is no room for all, the cursor's goes first while its row is reversed, with the terminal's own
/// cursor on it; then the least important.
struct RowSigns {
  var isCursor: Bool
  var change: Highlights.Sign?
  var isMarked = false
  var isFollowed = false
  var hasDraft = false

  func draw(on screen: inout Screen, in area: Rect, isSelected: Bool) {
    var free = [1, 2, 0]
    for (sign, style) in signs(isSelected) where !free.isEmpty {
      // What an image is to the person stands before the middle, where it is not taken for what happens to it.
      let isStanding = sign == "✎" || sign == "○"
      let place = isStanding ? free.lastIndex(of: 0) ?? 0 : 0
      screen.write(
        sign, row: area.row, column: area.column + free.remove(at: place), style: style.selected(isSelected))
    }
  }

  private func signs(_ isSelected: Bool) -> [(String, Style)] {
    let change: (String, Style)? = self.change.map(Self.sign)
    let all: [(String, Style)?] = [
      isCursor ? ("▌", .plain) : nil, change, isMarked ? ("*", .marked) : nil,
      hasDraft ? ("✎", .changed) : nil, isFollowed ? ("○", .progress) : nil,
    ]
    let needed = all.compactMap { $0 }
    return isCursor && isSelected && needed.count > 3 ? Array(needed.dropFirst()) : needed
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
