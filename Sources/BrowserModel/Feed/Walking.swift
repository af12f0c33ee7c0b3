import Foundation
import NovaClient

// The walk over all pages, and the questions that a filter lets the service answer meanwhile.
extension Feed {
  func runWalk(after wait: Duration = .zero) {
    slots.run(.walk) { [self] in
      if wait > .zero { try await slots.rest(wait) }
      var isFirstPage = !reading.hasBegun || walkIsNew
      while var pages = walk {
        let ticket = ticket()
        // The iterator stands where it stood when this throws.
        let result = try await persisting(.walk) { try await pages.next() }
        // Only with the page: of an answer that comes as the walk is cancelled nothing is taken in.
        walk = pages
        walkBegan = walkBegan ?? pages.date
        let page = result ?? ImagePage(images: [])
        reading.unreadable += page.unreadable
        await take(
          Readings(page.images + page.unreadable.compactMap(Image.init(unreadable:)), ticket: ticket))
        try Task.checkCancellation()
        if isFirstPage {
          isFirstPage = false
          await begin()
        }
        if result == nil { break }
      }
      reading.isComplete = true
      await catalogue.complete()
      runSweep()
    } failed: { [self] in
      refused($0)
    }
  }

  /// From the first page on, an empty one included, it can be asked what has changed.
  private func begin() async {
    let date = walkBegan
    noteClock(date)
    walkIsNew = false
    reading.hasBegun = true
    await catalogue.begin(at: date)
    let lastUpdate = await catalogue.lastUpdate()
    changesKnownUntil = date ?? lastUpdate ?? Date(timeIntervalSince1970: 0)
    // Paused meanwhile; who goes on begins the watch.
    guard !Task.isCancelled else { return }
    if !slots.isRunning(.watch) { runWatch(after: interval) }
    askService()
  }

  /// Reads everything again, because what has changed cannot be asked for; the rows stay. What is not there any more
  /// is found by the sweep that follows.
  func walkAgain() {
    walk = ImagePages(client).makeAsyncIterator()
    walkIsNew = true
    walkBegan = nil
    reading.unreadable = []
    nextSweep = time.now
    sweepRound = nil
    slots.cancel(.sweep)
    runWalk()
  }

  /// Asks the service what of the filter it can be asked soundly, while the walk is unfinished.
  func askService() {
    slots.cancel(.ask)
    guard !reading.isComplete, reading.hasBegun, !isPaused, let question = query.filter.serviceQuestion else {
      return
    }
    let ticket = ticket()
    slots.run(.ask) { [self] in
      for try await page in ImagePages(client, question) {
        try Task.checkCancellation()
        await take(Readings(page.images, ticket: ticket))
      }
    } failed: { _ in
      // The walk finds the same images, and says what is wrong.
    }
  }
}
