package import Foundation
package import NovaClient

// Moving, marking and opening in the two panes.
extension Browser {
  func move(_ motion: Motion) { move(motion, in: focus) }

  func move(_ motion: Motion, in pane: Focus) {
    guard pane == .list else {
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

  /// Has the detail take note that its image has gone, or is there again.
  func followWithDetail(_ entry: CatalogueEntry) {
    guard let detailEntry, detailEntry.slot == entry.slot, detailEntry.isGhost != entry.isGhost else {
      return
    }
    self.detailEntry = entry
  }

  /// What the detail shows: the newest reading, or the last one of an image that has gone.
  private var shownEntry: CatalogueEntry? {
    guard let detailEntry else { return cursor.record }
    guard let row = feed.listing.row(of: detailEntry) else {
      return detailEntry.isGhost ? detailEntry : cursor.record
    }
    return feed.listing.rows[row]
  }

  /// The image that the detail shows.
  package var detailed: Image? { shownEntry?.image }

  /// Whether the image that the detail shows has gone.
  package var isDetailGone: Bool { shownEntry?.isGhost ?? false }

  /// When it was found that the image has gone that the detail shows.
  package var detailGone: Date? {
    guard isDetailGone, let id = detailed?.id else { return nil }
    return log.lines.last { $0.image == id && $0.sign == .gone }?.time
  }

  /// What keys are about, also when it has gone.
  private var subject: CatalogueEntry? { focus == .detail ? shownEntry : cursor.record }

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

  /// The image that keys are about, if it is there; else it is said why nothing happens.
  func living() -> Image? {
    guard let image = under() else { return nil }
    guard subject?.isGhost ?? false else { return image }
    say(.information, "\(image.displayName) is gone.")
    return nil
  }

  /// The image that keys are about, or what is left of it.
  func under() -> Image? {
    if subject == nil { say(.information, "There is no image here.") }
    return subject?.image
  }

  func toggleMark() {
    guard let image = living() else { return }
    if rangeStart != nil {
      toggleRange()
      return
    }
    if marks.remove(image.id) == nil { marks.insert(image.id) }
    // What one reads stays; in the list one goes on to the next.
    if focus == .list { move(.down) }
  }

  /// Begins a range at the cursor, or marks the one that has been begun.
  func toggleRange() {
    if rangeStart == nil {
      rangeStart = cursor.record
      if rangeStart != nil { say(.information, "A range begins here: move to its end, and v marks it.") }
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
    // The column may be one that the window has no room for.
    say(
      .information, "Ordered by \(order.column.rawValue), \(order.isDescending ? "descending" : "ascending")."
    )
  }

  package static let pausedAtFirst = "Paused before any image was read. p goes on."

  func refresh() {
    switch feed.refresh() {
    case .isAsked:
      notice = Notice(
        .information, "Reading what changed, and the images on the screen … Esc cancels.",
        end: .refresh)
    case .isUnderWay:
      let isOurs = feed.refreshedFrom != nil
      notice = Notice(
        .information, "It is being asked already.\(isOurs ? " Esc cancels." : "")",
        end: isOurs ? .refresh : .answer)
    case .mustWait(let until):
      // The header counts down.
      say(.warning, "The service has asked to be left alone until \(clock(at: until)).")
      notice?.end = .time(until)
    case .hasNothing: say(.information, Self.pausedAtFirst)
    }
  }

  /// Ends the wait for what the person has asked for, or for the first images when they do not come; nothing else is waited
  /// for in the panes.
  ///
  /// - Returns: whether there was something to wait for.
  func cancelReading() -> Bool {
    if let cancelled = feed.cancelRefresh() {
      guard let next = cancelled.next else {
        say(.information, "Cancelled.")
        return true
      }
      let wait = Duration.seconds(next.timeIntervalSince(time.now))
      // What stands for longer would have to count down.
      let when = wait.seconds > 6 ? "at \(clock(at: next))" : "in \(wait.words)"
      notice = Notice(.information, "Cancelled; it is asked again \(when).", end: .time(next))
    } else if feed.isSlowToBegin(at: time.now) {
      feed.togglePause()
      say(.information, "Cancelled: nothing is asked until p.")
    } else {
      return false
    }
    return true
  }

  /// What a clock shows at a moment of the program's time.
  func clock(at moment: Date) -> String {
    time.clock.addingTimeInterval(moment.timeIntervalSince(time.now)).clock(utcOffset: utcOffset)
  }

  func pause() {
    feed.togglePause()
    notice =
      feed.isPaused
      ? Notice(.information, "Paused: nothing is asked until p.")
      : Notice(.information, "Watching again.", end: .answer)
  }
}
