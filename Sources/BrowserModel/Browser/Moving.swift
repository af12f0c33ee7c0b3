package import NovaClient

// Moving, marking and opening in the two panes.
extension Browser {
  func move(_ motion: Motion) {
    guard focus == .list else {
      detailScroll.move(motion, lines: viewport.detailLines, height: viewport.detailRows)
      return
    }
    cursor.move(motion, in: feed.listing, height: viewport.listRows)
    followWithDetail()
  }

  /// Has the detail follow the cursor when that has rested for a moment: whoever holds `j` down over a slow line
  /// waits for rows, not for every detail on the way.
  func followWithDetail() {
    guard cursor.record?.slot != detailEntry?.slot else {
      slots.cancel(.detail)
      return
    }
    guard detailEntry != nil, focus == .list, cursor.record != nil else {
      showDetail()
      return
    }
    slots.run(.detail) { [self] in
      try await slots.rest(.milliseconds(120))
      try Task.checkCancellation()
      showDetail()
    } failed: { _ in
    }
  }

  func showDetail() {
    slots.cancel(.detail)
    detailEntry = cursor.record
    detailScroll = Scroll()
  }

  /// The image that the detail shows.
  package var detailed: Image? {
    guard let detailEntry, let row = feed.listing.row(of: detailEntry) else { return current }
    return feed.listing.rows[row].image
  }

  /// Opens the detail, and reads the image once more, so that what one looks at is what is.
  func open() {
    guard focus == .list else { return }
    guard let image = current else {
      if feed.connection.notice == nil { _ = living() } else { showTrouble() }
      return
    }
    focus = .detail
    showDetail()
    feed.reread(image.id)
  }

  /// The image under the cursor, if it is there; else it is said why nothing happens.
  func living() -> Image? {
    guard let image = under() else { return nil }
    guard cursor.record?.isGhost ?? false else { return image }
    say(.information, "\(image.displayName) is gone.")
    return nil
  }

  /// The image under the cursor, or what is left of it.
  func under() -> Image? {
    if current == nil { say(.information, "There is no image here.") }
    return current
  }

  func toggleMark() {
    guard let image = living() else { return }
    if rangeStart != nil {
      toggleRange()
      return
    }
    if marks.remove(image.id) == nil { marks.insert(image.id) }
    move(.down)
  }

  /// Begins a range at the cursor, or marks the one that has been begun.
  func toggleRange() {
    if rangeStart == nil {
      rangeStart = cursor.record
      return
    }
    for entry in feed.listing.rows[rangeRows ?? 0..<0] where !entry.isGhost { marks.insert(entry.image.id) }
    rangeStart = nil
  }

  func toggleAllMarks() {
    let shown = Set(feed.listing.rows.lazy.filter { !$0.isGhost }.map(\.image.id))
    if marks.isSuperset(of: shown) { marks.subtract(shown) } else { marks.formUnion(shown) }
  }

  /// The rows from where a range began to the cursor.
  package var rangeRows: Range<Int>? {
    guard let rangeStart, let start = feed.listing.row(of: rangeStart), cursor.record != nil else {
      return nil
    }
    return min(start, cursor.row)..<max(start, cursor.row) + 1
  }

  /// Whether a row is marked, or would be by the range.
  package func isMarked(_ record: CatalogueEntry, row: Int) -> Bool {
    marks.contains(record.image.id) || rangeRows?.contains(row) ?? false
  }

  func copyID() -> Effect? {
    guard overlay == nil, let image = under() else { return nil }
    say(.success, "Copied the id of \(image.displayName): \(image.id)")
    return .copy(image.id.rawValue)
  }

  func setOrder(_ order: ImageOrder) {
    self.order = order
    show()
  }

  func refresh() {
    let rows = feed.listing.rows
    let visible = rows[min(cursor.top, rows.count)..<min(cursor.top + viewport.listRows, rows.count)]
    feed.refresh(visible.map(\.image.id))
    notice = Notice(
      .information, "Reading what changed, and the images on the screen …", endsWithAnswer: true)
  }

  func pause() {
    feed.togglePause()
    notice =
      feed.isPaused
      ? Notice(.information, "Paused: nothing is asked until p.")
      : Notice(.information, "Watching again.", endsWithAnswer: true)
  }
}
