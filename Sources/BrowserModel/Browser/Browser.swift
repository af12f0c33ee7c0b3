package import Foundation
package import NovaClient
import Observation

/// The program as a person sees it, without keys and cells: the list with its cursor, marks, filter and order, the
/// detail beside it, what lies over them, and the line that says what happened last.
///
/// Everything a person can do is a `Command`; `perform` changes the state at once and starts at most one task, which
/// changes the state again when it has an answer. The verbs are in the other files of this folder.
@Observable @MainActor package final class Browser {
  package let feed: Feed
  package internal(set) var place: Place
  /// The time that durations end at; it moves on by itself once a second.
  package internal(set) var now: Date
  /// The time that the screen shows, which somebody may set while `now` goes on.
  package internal(set) var clock: Date
  /// Seconds east of UTC, for the clock in the header.
  package let utcOffset: Int
  /// What the help says at its end: the version, and where files are kept.
  package let facts: [String]
  /// What a person can do when the sign-in is refused.
  package let remedy: String
  /// Whether nothing may be changed. The gate that holds it is in NovaClient; this spares the person a try.
  package let isReadOnly: Bool

  package internal(set) var cursor = ListCursor()
  package internal(set) var marks: Set<Image.ID> = []
  /// Where a range of marks began that goes on to the cursor.
  package internal(set) var rangeStart: CatalogueEntry?
  package internal(set) var filter = ImageFilter()
  package internal(set) var order = ImageOrder()
  package internal(set) var focus = Focus.list {
    didSet { if focus == .list { feed.cancelRereading() } }
  }
  /// The image of the detail, which follows the cursor.
  package internal(set) var detailEntry: CatalogueEntry?
  package internal(set) var detailScroll = Scroll()
  package internal(set) var overlay: Overlay?
  /// A page over everything, below which all goes on: the help, or what one looks up while something is sent.
  package internal(set) var raised: Page?
  /// Whether somebody wants to leave who has been asked whether they mean it.
  var wantsToQuit = false
  package internal(set) var notice: Notice? {
    didSet {
      noticedAt = time.now
      if let notice, notice.weight == .problem { lastProblem = (notice, time.now) }
    }
  }
  package internal(set) var showsAllColumns = false
  /// Whether clicks and the wheel come to us, rather than to the terminal's own selection.
  package internal(set) var usesMouse: Bool
  /// By how many steps the detail pane is larger than it would be.
  package internal(set) var paneSteps = 0
  package internal(set) var requests: [RequestRecord] = []
  /// What has happened in the cloud since the program began.
  package internal(set) var log = ChangeLog()
  /// Which rows are marked because they have changed.
  package internal(set) var highlights = Highlights()
  /// Changes that have not been on the screen.
  package internal(set) var changesElsewhere = Highlights.Elsewhere()
  /// Images that the person waits for, as they were read last.
  package internal(set) var followed: [Image.ID: Image] = [:]
  /// How waiting has ended since the last key.
  package internal(set) var arrivals: [Arrival] = []
  /// Unsaved edits, by the names of their files.
  package internal(set) var drafts: [String: StoredDraft] = [:] {
    didSet { noteDrafts(since: oldValue) }
  }
  /// The images that they are about.
  var draftedImages: Set<Image.ID> = []
  /// How many changes are in each of them.
  var draftedChanges: [String: Int] = [:]
  /// Why a draft is not on disk, by its name, where it is not.
  package internal(set) var draftFaults: [String: String] = [:]
  /// Draft files that could not be understood.
  package internal(set) var damagedDrafts: [String] = []

  /// How much is visible, as the last layout had it; motions go by it.
  @ObservationIgnored package var viewport = Viewport() {
    didSet { if viewport.listRows != oldValue.listRows { settleCursor() } }
  }
  @ObservationIgnored let client: ImagesClient
  @ObservationIgnored let slots: TaskSlots<Slot>
  @ObservationIgnored let time: any TimeSource
  @ObservationIgnored let store: DraftStore?
  @ObservationIgnored let journal: Journal?
  @ObservationIgnored let visibility: VisibilityReading?
  /// The last problem that was said, for whoever wants to know more of it.
  @ObservationIgnored var lastProblem: (notice: Notice, at: Date)?
  /// What has been deleted from here and has not been noted as gone yet.
  @ObservationIgnored var deletedHere: Set<Image.ID> = []
  /// When a key was pressed last.
  @ObservationIgnored var lastKey: Date
  /// When `notice` was said.
  @ObservationIgnored var noticedAt = Date.distantPast
  /// When the last change was noted.
  @ObservationIgnored var lastNoted: Date?
  /// The image to put the cursor on as soon as it is shown.
  @ObservationIgnored var target: Image.ID?
  @ObservationIgnored var external: ExternalText?
  /// What was chosen in conflicts of reviews that somebody has left, by draft.
  @ObservationIgnored var choices: [String: [Image.ID: MetadataMerge]] = [:]
  @ObservationIgnored let state: StateFolder?
  /// Has something done by the terminal that no key has asked for just now.
  @ObservationIgnored package var carryOut: @MainActor (Effect) -> Void = { _ in }
  /// Gets what has happened in the cloud, for whoever keeps it elsewhere.
  @ObservationIgnored package var changesNoted: @MainActor ([Change]) -> Void = { _ in }

  enum Slot: Hashable, Sendable {
    case clock
    case place
    case detail
    case count
    case delete
    case json
    case edit
    case elsewhere
    case typing
    case save
    case flush
    case follow
    case jump
  }

  /// Which of the two panes the keys go to.
  package enum Focus: Hashable, Sendable {
    case list
    case detail
  }

  /// What lies over list and detail and takes the keys.
  package enum Overlay: Hashable, Sendable {
    /// The name filter is being typed in its place; before it was this one.
    case nameFilter(TextField, before: NameTerm?)
    case filterForm(FilterForm)
    /// The images that a question will be about are being looked up.
    case gathering
    case deletion(Deletion)
    case page(Page)
    case changes(ChangePage)
    case editor(MetadataEditor)
    case review(Review)
    /// Unsaved edits, with the one that the cursor is on.
    case drafts(cursor: Int)
    /// The question whether a draft is to be thrown away.
    case discarding(draft: String)
  }

  /// - Parameters:
  ///   - client: where images come from.
  ///   - place: what is known of the cloud before anything was asked.
  ///   - interval: between two questions for changes.
  ///   - state: where drafts and journal are kept; nil keeps nothing.
  ///   - visibility: how to find out who may see an image.
  ///   - credentials: tells by its value whether what one signs in with has changed on disk.
  ///   - remedy: what a person can do when the sign-in is refused.
  ///   - usesMouse: whether the mouse is on from the start.
  ///   - chance: a number from 0 to 1, for the jitter of waits.
  package init(
    client: ImagesClient, place: Place, isReadOnly: Bool = false, interval: Duration = .seconds(5),
    time: any TimeSource = SystemTime(),
    utcOffset: Int = 0, facts: [String] = [], state: StateFolder? = nil, visibility: VisibilityReading? = nil,
    credentials: (@Sendable () async -> Int?)? = nil, remedy: String = "r tries again.",
    usesMouse: Bool = false,
    chance: @escaping () -> Double = { .random(in: 0...1) }
  ) {
    self.facts = facts
    self.remedy = remedy
    self.usesMouse = usesMouse
    self.state = state
    self.visibility = visibility
    store = state.map { DraftStore($0) }
    journal = state.map { Journal($0) }
    self.isReadOnly = isReadOnly
    self.client = client
    self.place = place
    self.time = time
    self.utcOffset = utcOffset
    now = time.now
    clock = time.clock
    lastKey = time.now
    slots = TaskSlots(time: time)
    feed = Feed(client: client, interval: interval, time: time, chance: chance)
    feed.problem = { [weak self] in self?.notice = $0 }
    feed.listingChanged = { [weak self] in self?.follow($0) }
    feed.changed = { [weak self] in self?.note($0) }
    feed.watched = { [weak self] in self?.watched ?? Watched() }
    feed.credentials = credentials
  }

  /// Begins to read, and to show what time it is.
  ///
  /// - Parameter whereabouts: what the cloud calls itself, asked once the first images are there.
  package func start(whereabouts: @escaping @Sendable () async throws -> Place) {
    feed.start(rows: viewport.listRows)
    feed.answered = { [weak self] in self?.findPlace(whereabouts) }
    findPlace(whereabouts)
    slots.run(.clock) { [self] in
      while true {
        // On the second, so that the clock does not skip one.
        let fraction = time.clock.timeIntervalSince1970.truncatingRemainder(dividingBy: 1)
        try await slots.rest(.seconds(1 - fraction))
        now = time.now
        clock = time.clock
        updateHighlights()
        feed.reconsiderPace()
      }
    } failed: { _ in
    }
  }

  /// Asks which project this is, until that is known, and brings back its drafts.
  private func findPlace(_ whereabouts: @escaping @Sendable () async throws -> Place) {
    guard !isPlaceKnown, !slots.isRunning(.place) else { return }
    slots.run(.place) { [self] in
      let found = try await whereabouts()
      try Task.checkCancellation()
      place = found
      isPlaceKnown = true
      loadDrafts(warning: found.warning)
    } failed: { _ in
      // The walk meets the same fault, and says it; when it is over, this is asked again.
    }
  }

  /// Returns when the state will not change any more without a key, a changed cloud or the passing of time.
  package func settled() async {
    await feed.slots.settled()
    await slots.settled()
    await feed.slots.settled()
  }

  /// Ends all work.
  package func stop() {
    // What was typed in the last half second.
    if case .editor(let editor) = overlay { keep(editor) }
    slots.cancelAll()
    feed.slots.cancelAll()
    store?.release()
  }

  /// Keeps one more exchange with the service for the log of requests, or how one has ended; the last five hundred are kept.
  package func record(_ request: RequestRecord) {
    // Questions for many names would be a megabyte.
    let request = request.shortened(target: 300)
    if request.outcome != .underWay, let index = requests.lastIndex(where: { $0.id == request.id }) {
      requests[index] = request
      return
    }
    requests.append(request)
    if requests.count > 500 { requests.removeFirst(requests.count - 500) }
  }

  /// Has the catalogue show what filter and order ask for.
  func show() { feed.show(ListQuery(filter: filter, order: order)) }

  /// Says what the terminal could not do.
  package func warn(_ text: String) { say(.warning, text) }

  func say(_ weight: Notice.Weight, _ text: String) { notice = Notice(weight, text) }

  /// The image that the cursor is on.
  package var current: Image? { cursor.record?.image }

  private func follow(_ old: Listing) {
    let isNewQuery = lastFollowed != feed.shownQuery
    lastFollowed = feed.shownQuery
    cursor.follow(
      feed.listing, isNewQuery: isNewQuery, isStill: feed.reading.isComplete, height: viewport.listRows)
    if let target, isNewQuery {
      self.target = nil
      _ = cursor.go(to: target, in: feed.listing, height: viewport.listRows)
    }
    // What is gone stays in the detail, which says so, until the person moves on.
    if isNewQuery || !(detailEntry?.isGhost ?? false) { followWithDetail() }
    updateHighlights()
  }

  @ObservationIgnored private var lastFollowed = ListQuery()
  @ObservationIgnored private(set) var isPlaceKnown = false

  private func settleCursor() { cursor.settle(in: feed.listing, height: viewport.listRows) }
}
