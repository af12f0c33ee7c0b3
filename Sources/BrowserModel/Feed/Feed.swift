package import Foundation
package import NovaClient
import Observation

/// Brings images in: the walk over all pages, the changes since, single reads, the sweep for what is gone, and the
/// questions that a filter lets the service answer, all into one `Catalogue`; and keeps the listing that the screen
/// shows. Each way has a file of its own beside this one.
@Observable @MainActor package final class Feed {
  package internal(set) var connection: Connection
  package internal(set) var reading = Reading()
  package private(set) var listing = Listing.empty
  /// The query that `listing` answers; while it differs from what was asked for, the rows are about to change.
  package private(set) var shownQuery = ListQuery()
  /// When the service last gave a good answer, by this machine's clock.
  package internal(set) var lastGood: Date?
  /// Since when an answer is being waited for; of several, the one that is waited for longest.
  package internal(set) var waitingSince: Date?
  /// In seconds: an answer that takes so long is slow, and the header says that it is being waited for.
  package static let slow: TimeInterval = 2
  /// How long the watch waits now from one question to the next.
  package internal(set) var pace: Duration
  /// How long it waits when nothing speaks for less or more.
  package let interval: Duration

  @ObservationIgnored let client: ImagesClient
  @ObservationIgnored let catalogue = Catalogue()
  @ObservationIgnored let slots: TaskSlots<Slot>
  @ObservationIgnored let time: any TimeSource
  /// A number from 0 to 1, for the jitter of waits.
  @ObservationIgnored let chance: () -> Double
  @ObservationIgnored var query = ListQuery()
  @ObservationIgnored var backoff = Backoff()
  /// Since when each answer is being waited for.
  @ObservationIgnored var waits: [Int: Date] = [:] { didSet { updateWaitingSince() } }
  /// Since when an answer was waited for that was given up to ask anew; until there is one, it is still waited for.
  @ObservationIgnored var givenUp: Date? { didSet { updateWaitingSince() } }
  /// How things stood when the person asked for an answer that has not come; nil when none is awaited.
  var refreshedFrom: Standing?
  /// Since when there has been no good answer, in trouble.
  @ObservationIgnored var troubledSince: Date?
  /// Until when the service has asked to be left alone.
  @ObservationIgnored var plea: Plea?
  @ObservationIgnored var walk: ImagePages.Iterator?
  /// The service's clock at the walk's first answer.
  @ObservationIgnored var walkBegan: Date?
  /// Whether `walk` has yet to read its first page.
  @ObservationIgnored var walkIsNew = false
  /// The service's clock at the last answer that all changes until then are known from.
  @ObservationIgnored var changesKnownUntil: Date?
  /// By how much the service's clock is ahead of this machine's, in seconds.
  @ObservationIgnored var clockLead: TimeInterval = 0
  @ObservationIgnored var presence = Presence()
  /// Whether the next round looks after all rows of the screen.
  @ObservationIgnored var wantsWholeScreen = false
  @ObservationIgnored var timing = WatchTiming()
  /// How far the sweep has come; nil between two rounds of it.
  @ObservationIgnored var sweepRound: SweepRound?
  /// When the sweep's next round begins at the earliest.
  @ObservationIgnored var nextSweep = Date.distantPast
  @ObservationIgnored private var lastTicket = 0
  @ObservationIgnored private var events = InOrder<[CatalogueEvent]>()
  /// Called when the listing is exchanged, with the one before.
  @ObservationIgnored var listingChanged: @MainActor (Listing) -> Void = { _ in }
  /// Called when the service has given a good answer.
  @ObservationIgnored var answered: @MainActor () -> Void = {}
  /// Called when a question failed that nobody asks again by himself.
  @ObservationIgnored var problem: @MainActor (Notice) -> Void = { _ in }
  /// Called with what has happened in the cloud.
  @ObservationIgnored var changed: @MainActor ([CatalogueEvent]) -> Void = { _ in }
  /// What the person is looking at, asked before each round of the watch.
  @ObservationIgnored var watched: @MainActor () -> Watched = { Watched() }
  /// Tells by its value whether what one signs in with is another than before; nil where that cannot be known.
  @ObservationIgnored var credentials: (@Sendable () async -> Int?)?

  enum Slot: Hashable, Sendable {
    case walk
    case watch
    case sweep
    case refresh
    case ask
    case listing
    case single
    case credentials
    case forget(Set<Image.ID>)
    case adopt(Image.ID)
  }

  package init(
    client: ImagesClient, interval: Duration, time: any TimeSource, chance: @escaping () -> Double
  ) {
    self.chance = chance
    self.client = client
    self.interval = interval
    pace = interval
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

  // MARK: What goes into the catalogue

  /// Takes metadata in that was read alone.
  func adopt(_ metadata: [String: String], for id: Image.ID) {
    let ticket = ticket()
    slots.run(.adopt(id)) { [self] in
      guard var image = await catalogue.image(id) else { return }
      let before = image.metadata
      image.metadata = metadata.reduce(into: [:]) { all, item in
        // A value that is no text was read as its JSON.
        let same = before[item.key].flatMap { MetadataRules.text($0).isExactly(item.value) ? $0 : nil }
        all[item.key] = same ?? .string(item.value)
      }
      await take(Readings([image], ticket: ticket, isMetadataOnly: true))
    } failed: { _ in
    }
  }

  /// Takes images out that the person has deleted; that needs no showing.
  func forget(_ ids: Set<Image.ID>) {
    let ticket = ticket()
    slots.run(.forget(ids)) { [self] in
      let merged = await catalogue.remove(ids, ticket: ticket, leavingGhosts: false)
      updateListing()
      tell(merged)
    } failed: { _ in
    }
  }

  /// Lets the rows of images close up that have gone.
  func bury(_ ids: Set<Image.ID>) {
    slots.run(.forget(ids)) { [self] in
      await catalogue.bury(ids)
      updateListing()
    } failed: { _ in
    }
  }

  /// Puts newly read images in. What has changed is told on, even if whoever asked is no longer interested: nobody
  /// would find it again.
  func take(_ readings: Readings) async {
    var readings = readings
    readings.answered = lastTicket
    let merged = await catalogue.merge(readings)
    if !reading.unreadable.isEmpty {
      let read = Set(readings.images.lazy.filter { $0.status != .unreadable }.map(\.id))
      reading.unreadable.removeAll { $0.id.map(read.contains) ?? false }
    }
    if merged.hasNews { updateListing() }
    tell(merged)
  }

  /// Takes images out that the service does not know any more.
  func takeOut(_ ids: Set<Image.ID>, ticket: Int) async {
    guard !ids.isEmpty else { return }
    let merged = await catalogue.remove(ids, ticket: ticket)
    updateListing()
    tell(merged)
  }

  /// Tells what has happened, in the order in which the catalogue has found it out.
  private func tell(_ merged: Merged) {
    guard let number = merged.number else { return }
    for events in events.take(merged.events, number) { changed(events) }
  }

  /// A number for a question that is about to be asked.
  func ticket() -> Int {
    lastTicket += 1
    return lastTicket
  }

  /// Has the catalogue answer the present query. A newer call makes an older answer void.
  func updateListing() {
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
