package import Foundation
package import NovaClient
import Observation

/// Brings images in: the walk over all pages, the changes since, single reads and the questions that a filter lets
/// the service answer, all into one `Catalogue`; and keeps the listing that the screen shows.
@Observable @MainActor package final class Feed {
  package private(set) var connection: Connection
  package private(set) var reading = Reading()
  package private(set) var listing = Listing.empty
  /// The query that `listing` answers; while it differs from what was asked for, the rows are about to change.
  package private(set) var shownQuery = ListQuery()
  /// When the service last gave a good answer, by this machine's clock.
  package private(set) var lastGood: Date?
  /// Since when an answer is being waited for.
  package private(set) var waitingSince: Date?
  /// How long the watch waits between two questions.
  package let interval: Duration

  @ObservationIgnored let client: ImagesClient
  @ObservationIgnored let catalogue = Catalogue()
  @ObservationIgnored let slots: TaskSlots<Slot>
  @ObservationIgnored let time: any TimeSource
  /// A number from 0 to 1, for the jitter of waits.
  @ObservationIgnored private let chance: () -> Double
  @ObservationIgnored private var query = ListQuery()
  @ObservationIgnored private var backoff = Backoff()
  @ObservationIgnored private var waiting = 0
  @ObservationIgnored private var walk: ImagePages.Iterator?
  /// The service's clock at the last answer that all changes until then are known from.
  @ObservationIgnored var changesKnownUntil: Date?
  /// Called when the listing is exchanged, with the one before.
  @ObservationIgnored var listingChanged: @MainActor (Listing) -> Void = { _ in }
  /// Called when there is a good answer after there was none.
  @ObservationIgnored var cameAlive: @MainActor () -> Void = {}
  /// Called when a question failed that nobody asks again by himself.
  @ObservationIgnored var problem: @MainActor (Notice) -> Void = { _ in }

  enum Slot: Hashable, Sendable {
    case walk
    case watch
    case refresh
    case ask
    case listing
    case single
    case forget(Set<Image.ID>)
    case adopt(Image.ID)
  }

  package init(
    client: ImagesClient, interval: Duration, time: any TimeSource, chance: @escaping () -> Double
  ) {
    self.chance = chance
    self.client = client
    self.interval = interval
    self.time = time
    slots = TaskSlots(time: time)
    connection = .connecting(since: time.now)
  }

  // MARK: What the person can do

  /// Begins to read.
  ///
  /// - Parameter rows: how many rows there are to fill; the first page is that long, so that it comes at once.
  package func start(rows: Int) {
    walk = ImagePages(client, firstLimit: max(rows, 10)).makeAsyncIterator()
    runWalk()
  }

  /// Shows another part of the catalogue, or in another order. While the walk is unfinished, what the service can
  /// be asked soundly is asked of it too, so that matches come first.
  package func show(_ query: ListQuery) {
    guard query != self.query else { return }
    let isNewFilter = query.filter != self.query.filter
    self.query = query
    updateListing()
    if isNewFilter { askService() }
  }

  /// Asks the service what of the filter it can be asked soundly, while the walk is unfinished.
  private func askService() {
    slots.cancel(.ask)
    guard !reading.isComplete, reading.hasBegun, !isPaused, let question = query.filter.serviceQuestion else {
      return
    }
    slots.run(.ask) { [self] in
      for try await page in ImagePages(client, question) {
        try Task.checkCancellation()
        await take(page.images)
      }
    } failed: { _ in
      // The walk finds the same images, and says what is wrong.
    }
  }

  /// Asks at once: for what changed, and whether the images with these ids are still there; goes on with the walk.
  package func refresh(_ ids: [Image.ID]) {
    backoff = Backoff()
    connection = lastGood == nil ? .connecting(since: time.now) : .live
    if walk == nil { start(rows: 40) } else if !reading.isComplete { runWalk() }
    runWatch(now: true)
    slots.run(.refresh) { [self] in
      try await readAgain(ids)
    } failed: { [self] in
      failed($0)
    }
  }

  /// Stops asking, or goes on and asks once.
  package func togglePause() {
    if isPaused {
      refresh([])
    } else {
      slots.cancel(.walk)
      slots.cancel(.watch)
      slots.cancel(.ask)
      slots.cancel(.refresh)
      slots.cancel(.single)
      connection = .paused(since: time.now)
    }
  }

  package var isPaused: Bool { if case .paused = connection { true } else { false } }

  /// Reads one image again, as when somebody looks at it.
  package func reread(_ id: Image.ID) {
    guard !isPaused else { return }
    slots.run(.single) { [self] in
      try await readAgain([id])
    } failed: { [self] in
      failed($0)
    }
  }

  /// Takes metadata in that was read alone.
  func adopt(_ metadata: [String: String], for id: Image.ID) {
    slots.run(.adopt(id)) { [self] in
      guard var image = await catalogue.image(id) else { return }
      let before = image.metadata
      image.metadata = metadata.reduce(into: [:]) { all, item in
        // A value that is no text was read as its JSON.
        let same = before[item.key].flatMap { MetadataRules.text($0) == item.value ? $0 : nil }
        all[item.key] = same ?? .string(item.value)
      }
      await take([image])
    } failed: { _ in
    }
  }

  /// Takes images out that are known to be gone.
  func forget(_ ids: Set<Image.ID>) {
    slots.run(.forget(ids)) { [self] in
      await catalogue.remove(ids)
      updateListing()
    } failed: { _ in
    }
  }

  /// Puts newly read images in.
  func take(_ images: [Image]) async {
    if await !catalogue.merge(images).isEmpty { updateListing() }
  }

  // MARK: Walking and watching

  private func runWalk() {
    slots.run(.walk) { [self] in
      while var pages = walk {
        let result = try await persisting { () -> ImagePage<Image>? in
          // The iterator stands where it stood when this throws.
          let page = try await pages.next()
          self.walk = pages
          return page
        }
        guard let page = result else { break }
        reading.unreadable += page.unreadable
        await take(page.images + page.unreadable.compactMap(Image.init(unreadable:)))
        try Task.checkCancellation()
        if !reading.hasBegun {
          reading.hasBegun = true
          changesKnownUntil = page.date
          runWatch(now: false)
          askService()
        }
      }
      reading.hasBegun = true
      reading.isComplete = true
    } failed: { [self] in
      refused($0)
    }
  }

  private func runWatch(now: Bool) {
    slots.run(.watch) { [self] in
      if now { try await readChanges() }
      while true {
        try await slots.rest(interval)
        try await readChanges()
      }
    } failed: { [self] in
      refused($0)
    }
  }

  /// One question for all that changed, from the service's own clock with an overlap.
  private func readChanges() async throws {
    guard let since = changesKnownUntil else { return }
    try await persisting { [self] in
      var until: Date?
      let question = ImageQuery(changesSince: since.addingTimeInterval(-2))
      for try await page in ImagePages(client, question) {
        try Task.checkCancellation()
        // The first page's time: what changes while the others are read belongs to the next round.
        until = until ?? page.date
        await take(page.images)
      }
      changesKnownUntil = until ?? changesKnownUntil
    }
  }

  /// Reads images one by one, four at a time; those that the service does not know are gone.
  private func readAgain(_ ids: [Image.ID]) async throws {
    var found: [Image] = []
    var gone: Set<Image.ID> = []
    var trouble: (any Error)?
    let client = client
    try await fewAtATime(ids) { id in
      await Result { try await client.image(id) }
    } done: { id, result in
      switch result {
      case .success(let image): found.append(image)
      case .failure(let error as NovaError) where error.kind == .notFound: gone.insert(id)
      case .failure(let error): trouble = trouble ?? error
      }
    }
    await catalogue.merge(found)
    await catalogue.remove(gone)
    updateListing()
    if let trouble { throw trouble }
  }

  // MARK: State

  /// Asks until there is an answer, and keeps the header true meanwhile.
  private func persisting<Value: Sendable>(
    _ question: @MainActor () async throws -> Value
  ) async throws -> Value {
    while true {
      do {
        let value = try await answer(question)
        try Task.checkCancellation()
        worked()
        return value
      } catch let error as NovaError where error.kind != .notSignedIn {
        try Task.checkCancellation()
        let wait = backoff.next(asked: error.retryAfter, chance: chance())
        connection = .troubled(Connection.Trouble(error), retry: time.now + wait.seconds)
        try await slots.rest(wait)
      }
    }
  }

  /// Counts who is being waited for.
  private func answer<Value: Sendable>(_ question: @MainActor () async throws -> Value) async throws -> Value
  {
    waiting += 1
    if waiting == 1 { waitingSince = time.now }
    defer {
      waiting -= 1
      waitingSince = waiting == 0 ? nil : time.now
    }
    return try await question()
  }

  private func worked() {
    backoff = Backoff()
    let wasDead = lastGood == nil || connection != .live
    lastGood = time.now
    if wasDead { cameAlive() }
    if connection != .live, !isPaused { connection = .live }
  }

  /// A question beside the walk and the watch has failed. How things stand with the cloud is for those two to say,
  /// who ask again.
  private func failed(_ error: any Error) {
    if (error as? NovaError)?.kind == .notSignedIn {
      refused(error)
    } else {
      problem(Notice(error, while: .reading))
    }
  }

  /// The cloud refuses who we are.
  private func refused(_ error: any Error) {
    for slot in [Slot.walk, .watch, .refresh, .ask, .single] { slots.cancel(slot) }
    if !isPaused { connection = .notSignedIn(Notice(error, while: .reading)) }
  }

  /// Has the catalogue answer the present query. A newer call makes an older answer void.
  private func updateListing() {
    let query = query
    slots.run(.listing) { [self] in
      let new = try await catalogue.listing(query)
      try Task.checkCancellation()
      let old = listing
      listing = new
      shownQuery = query
      listingChanged(old)
    } failed: { _ in
      // Only cancelling ends it early.
    }
  }
}
