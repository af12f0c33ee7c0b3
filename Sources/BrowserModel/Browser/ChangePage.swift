/// The log of changes over the whole window, with a line that the cursor is on. It holds on to the line, not to its
/// place: what comes in above moves neither.
package struct ChangePage: Hashable, Sendable {
  /// The number of the line that the cursor is on; nil while there is none.
  package internal(set) var cursor: Int?
  /// The numbers of the lines that contain what is looked for, newest first.
  package internal(set) var matches: [Int] = []
  /// The first visible place in `matches`.
  package internal(set) var top = 0
  package internal(set) var search: TextField?
  package internal(set) var isSearching = false

  /// Where the cursor is among the matches.
  package var row: Int? { cursor.flatMap { number in place(of: number) } }

  init(_ log: ChangeLog) { show(log, height: 1) }

  /// Brings it up to date with the log.
  mutating func show(_ log: ChangeLog, height: Int) {
    let offset = (row ?? 0) - top
    // Whoever looks at the newest lines goes on doing so.
    let isAtTop = top == 0
    matches = log.matches(search?.text ?? "")
    guard let row = nearest(to: cursor ?? .max) else {
      cursor = nil
      top = 0
      return
    }
    cursor = matches[row]
    top = isAtTop ? 0 : row - offset
    settle(height: height)
  }

  mutating func move(_ motion: Motion, height: Int) {
    guard let row, !matches.isEmpty else { return }
    let half = max(height / 2, 1)
    let next =
      switch motion {
      case .up: row - 1
      case .down: row + 1
      case .first: 0
      case .last: matches.count - 1
      case .pageUp: row - height
      case .pageDown: row + height
      case .halfPageUp: row - half
      case .halfPageDown: row + half
      }
    cursor = matches[min(max(next, 0), matches.count - 1)]
    settle(height: height)
  }

  mutating func select(_ row: Int) { if matches.indices.contains(row) { cursor = matches[row] } }

  private mutating func settle(height: Int) {
    guard let row else { return }
    top = min(max(top, row - max(height, 1) + 1), row)
    top = min(max(top, 0), max(matches.count - height, 0))
  }

  private func place(of number: Int) -> Int? {
    guard let row = nearest(to: number), matches[row] == number else { return nil }
    return row
  }

  /// The row of a line, or of the next older one that is shown.
  private func nearest(to number: Int) -> Int? {
    guard !matches.isEmpty else { return nil }
    var low = 0
    var high = matches.count
    while low < high {
      let middle = (low + high) / 2
      if matches[middle] > number { low = middle + 1 } else { high = middle }
    }
    return min(low, matches.count - 1)
  }
}
