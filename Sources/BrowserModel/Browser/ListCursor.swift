import NovaClient

/// The image that the person is on, its row, and the row at the top of the list.
///
/// At the window's edge a step takes it on by half a page, as a row that scrolls costs a slow line as much as ten that
/// do not.
///
/// It is held by the image, never by the row: when rows come and go it stays on its image, and at the same height of
/// the window. Only before the first move does it rest at the top, so that a list that is still being read begins at
/// its beginning.
package struct ListCursor: Sendable {
  package private(set) var record: CatalogueEntry?
  package private(set) var row = 0
  package private(set) var top = 0
  private var hasMoved = false
  /// The image that a filter has left out, and its height in the window, to go back to when another one shows it again.
  private var left: (record: CatalogueEntry, offset: Int)?

  package init() {}

  /// Moves within a listing, of which so many rows are visible at once.
  mutating func move(_ motion: Motion, in listing: Listing, height: Int) {
    let height = max(height, 1)
    switch motion {
    case .up:
      row -= 1
      if row < top { top -= max(height / 2, 1) }
    case .down:
      row += 1
      if row >= top + height { top += max(height / 2, 1) }
    case .first: row = 0
    case .last: row = listing.rows.count - 1
    case .pageUp, .halfPageUp:
      row -= motion == .pageUp ? height : max(height / 2, 1)
      top -= motion == .pageUp ? height : max(height / 2, 1)
    case .pageDown, .halfPageDown:
      row += motion == .pageDown ? height : max(height / 2, 1)
      top += motion == .pageDown ? height : max(height / 2, 1)
    }
    hold()
    settle(in: listing, height: height)
  }

  /// Stays on its image from now on, as after a move: somebody looks at it, or acts on it.
  mutating func hold() {
    hasMoved = true
    left = nil
  }

  /// Goes to a row that is there.
  mutating func go(to row: Int, in listing: Listing, height: Int) {
    self.row = row
    hold()
    settle(in: listing, height: height)
  }

  /// Finds its image again in a new listing.
  ///
  /// - Parameters:
  ///   - isNewQuery: whether the listing answers another question; an image that it does not show is then no reason
  ///     to stay in the middle.
  ///   - isStill: whether all images have been read, so that what comes now has just happened.
  mutating func follow(_ listing: Listing, isNewQuery: Bool, isStill: Bool = false, height: Int) {
    var offset = row - top
    if isNewQuery, let left, listing.row(of: left.record) != nil {
      record = left.record
      offset = left.offset
      self.left = nil
    }
    if !hasMoved, isNewQuery || !isStill {
      row = 0
      top = 0
    } else if !hasMoved, let record, let found = listing.row(of: record) {
      // The list shows its beginning until somebody moves; the cursor stays on its image all the same.
      row = found
    } else if let record, let found = listing.row(of: record) {
      row = found
      top = found - offset
    } else if isNewQuery {
      left = left ?? record.map { ($0, offset) }
      row = 0
      top = 0
    }
    settle(in: listing, height: height)
  }

  /// Goes to an image.
  ///
  /// - Returns: whether the listing shows it.
  mutating func go(to id: Image.ID, in listing: Listing, height: Int) -> Bool {
    guard let found = listing.rows.firstIndex(where: { $0.image.id == id }) else { return false }
    row = found
    hold()
    settle(in: listing, height: height)
    return true
  }

  /// Keeps row and window within the list, and the row within the window.
  mutating func settle(in listing: Listing, height: Int) {
    let count = listing.rows.count
    let height = max(height, 1)
    row = min(max(row, 0), max(count - 1, 0))
    top = min(max(top, row - height + 1), row)
    top = min(max(top, 0), max(count - height, 0))
    record = count > 0 ? listing.rows[row] : nil
  }
}

/// A step through a list or a text.
package enum Motion: Hashable, Sendable, CaseIterable {
  case up
  case down
  case first
  case last
  case pageUp
  case pageDown
  case halfPageUp
  case halfPageDown
}

extension Motion {
  /// Where it leads from a row of a list, of which so many rows are visible at once.
  func applied(to row: Int, count: Int, height: Int) -> Int {
    let step =
      switch self {
      case .up: -1
      case .down: 1
      case .first: -count
      case .last: count
      case .pageUp: -max(height, 1)
      case .pageDown: max(height, 1)
      case .halfPageUp: -max(height / 2, 1)
      case .halfPageDown: max(height / 2, 1)
      }
    return min(max(row + step, 0), max(count - 1, 0))
  }
}

/// The first visible line of a text that is longer than its window.
package struct Scroll: Hashable, Sendable {
  package private(set) var top = 0

  package init() {}

  mutating func move(_ motion: Motion, lines: Int, height: Int) {
    switch motion {
    case .up: top -= 1
    case .down: top += 1
    case .first: top = 0
    case .last: top = lines
    case .pageUp: top -= max(height - 1, 1)
    case .pageDown: top += max(height - 1, 1)
    case .halfPageUp: top -= max(height / 2, 1)
    case .halfPageDown: top += max(height / 2, 1)
    }
    top = min(max(top, 0), max(lines - height, 0))
  }

  /// Shows a line, if there are enough lines to scroll there.
  mutating func go(to line: Int, lines: Int, height: Int) {
    top = min(max(line, 0), max(lines - height, 0))
  }
}
