import NovaClient

// The log of changes, and the way from there to an image.
extension Browser {
  func openChanges() {
    overlay = .changes(ChangePage(log))
    // Whoever reads the log has seen what changed elsewhere.
    highlights.seeAll(time.now)
    updateHighlights()
  }

  func performInChanges(_ command: Command, _ page: ChangePage) {
    var page = page
    let height = viewport.pageRows
    switch command {
    case .move(let motion): page.move(motion, height: height)
    case .select(let row): page.select(row)
    case .trouble:
      // Over the log, which is there again afterwards.
      if let line = page.cursor.flatMap(log.line) {
        raised = Page(
          .trouble(Notice(.information, "\(line.name) \(line.words)", details: ["\(line.image)"])))
      }
      return
    case .search:
      page.isSearching = true
      page.search = page.search ?? TextField()
    case .type(let edit):
      page.search?.apply(edit)
      page.show(log, height: height)
    case .accept where page.isSearching:
      page.isSearching = false
      if page.search?.isEmpty ?? true { page.search = nil }
    case .accept:
      if let line = page.cursor.flatMap(log.line) { jump(to: line) }
      return
    default: return
    }
    overlay = .changes(page)
  }

  /// One step back in the log: first what is looked for goes.
  func leaveChanges(_ page: ChangePage) {
    guard page.search != nil else {
      overlay = nil
      return
    }
    var page = page
    page.search = nil
    page.isSearching = false
    page.show(log, height: viewport.pageRows)
    overlay = .changes(page)
  }

  /// Goes to an image in the list, whose filter gives way if it hides it.
  private func jump(to line: ChangeLog.Line) {
    slots.run(.jump) { [self] in
      guard await feed.catalogue.image(line.image) != nil else {
        try Task.checkCancellation()
        say(.warning, "\(line.name) is gone.")
        return
      }
      try Task.checkCancellation()
      overlay = nil
      focus = .list
      guard !cursor.go(to: line.image, in: feed.listing, height: viewport.listRows) else {
        followWithDetail()
        return
      }
      target = line.image
      setFilter(ImageFilter())
      say(.information, "The filter hid \(line.name), so it was cleared.")
    } failed: { _ in
    }
  }

  /// Brings the log on the screen up to date.
  func refreshChangePage() {
    guard case .changes(var page) = overlay else { return }
    page.show(log, height: viewport.pageRows)
    overlay = .changes(page)
  }
}
