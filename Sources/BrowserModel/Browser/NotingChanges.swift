package import Foundation
import NovaClient

// What has happened in the cloud: into the log, onto the rows, to whoever waits for it.
extension Browser {
  /// How long a word of success stays before the last change takes its place, in seconds.
  private static let patience: TimeInterval = 5
  /// After this many seconds without a key nobody is taken to be there.
  private static let unattendedAfter: TimeInterval = 600

  func note(_ events: [CatalogueEvent]) {
    var found: [Change] = []
    for event in events {
      let image = event.entry.image
      let time = event.happened.map { min($0.addingTimeInterval(-feed.clockLead), self.time.clock) }
      let change = Change(
        time: time ?? self.time.clock, image: image.id, name: image.displayName, kind: event.kind,
        isOurs: event.kind == .gone && deletedHere.remove(image.id) != nil)
      found.append(change)
      if followed[image.id] != nil { followed[image.id] = image }
      noteInEditor(image)
      switch event.kind {
      case .new: highlights.add(.new, image.id, slot: event.entry.slot)
      case .changed: highlights.add(.changed, image.id, slot: event.entry.slot)
      case .gone:
        marks.remove(image.id)
        highlights.remove([image.id])
        if event.entry.isGhost { highlights.add(.gone, image.id, slot: event.entry.slot) }
      }
      followWithDetail(event.entry)
    }
    let forgotten = highlights.trim()
    if !forgotten.isEmpty { feed.bury(forgotten) }
    found.sort { $0.time < $1.time }
    for change in found { log.append(change) }
    lastNoted = time.now
    changesNoted(found)
    for change in found { tell(change) }
    refreshChangePage()
    // The signs follow with the listing that shows the changes.
  }

  /// Brings the signs up to date with the time and with what is on the screen.
  func updateHighlights() {
    let visible = visibleRows
    let shown = isListShown ? Set(feed.listing.rows[visible].map(\.image.id)) : []
    var new = highlights
    let over = new.update(onScreen: shown, now: time.now)
    if new != highlights { highlights = new }
    let elsewhere = highlights.elsewhere(in: feed.listing, visible: visible)
    if elsewhere != changesElsewhere { changesElsewhere = elsewhere }
    if !over.isEmpty { feed.bury(over) }
  }

  /// The rows that the window has room for.
  var visibleRows: Range<Int> {
    let count = feed.listing.rows.count
    let top = min(cursor.top, count)
    return top..<min(top + viewport.listRows, count)
  }

  /// Whether the list is on the screen, and not something that covers it.
  private var isListShown: Bool {
    if raised != nil { return false }
    return switch overlay {
    case nil: focus == .list || viewport.hasDetailPane
    case .nameFilter, .filterForm, .gathering, .deletion: true
    case .editor: viewport.hasDetailPane
    case .page, .changes, .review, .drafts, .discarding: false
    }
  }

  /// What the watch goes by.
  var watched: Watched {
    let screen = feed.listing.rows[visibleRows].filter { !$0.isGhost }.map(\.image)
    var watched = Watched()
    watched.cursor = cursor.record.flatMap { $0.isGhost ? nil : $0.image }
    watched.followed = followed.values.sorted { $0.id.rawValue < $1.id.rawValue }
    watched.screen = screen
    watched.isUnattended = time.now.timeIntervalSince(lastKey) >= Self.unattendedAfter
    watched.isBusy = slots.isRunning(.save) || slots.isRunning(.delete) || slots.isRunning(.json)
    return watched
  }

  /// What the line above the footer says: first what the person must know, else the last change.
  package var lineNotice: Notice? {
    let notice = standingNotice
    if let notice, notice.weight == .problem || notice.weight == .warning { return notice }
    let isFresh = now.timeIntervalSince(noticedAt) < Self.patience
    if let trouble = feed.connection.notice {
      // Where there is no image the list itself says it, whole.
      let isSaid = feed.listing.total == 0 && overlay == nil
      // Why nothing is answered must not be hidden for long by something that has been read.
      if let notice, isSaid || isFresh || notice.end == .answer || notice.end == .refresh { return notice }
      return isSaid ? nil : trouble
    }
    guard let last = log.last, let lastNoted else { return notice }
    if notice != nil, isFresh || lastNoted < noticedAt { return notice }
    return Notice(last.outcome == .error ? .warning : .information, lastChangeWords(last))
  }

  /// What was said last, unless an answer has come since that makes it untrue; a problem can be read before it goes.
  private var standingNotice: Notice? {
    guard let notice, let end = notice.end else { return self.notice }
    let isOver: Bool
    switch end {
    case .time(let time): return now >= time ? nil : notice
    case .refresh: isOver = feed.refreshedFrom == nil
    case .answer:
      let isAnswered = feed.lastGood.map { $0 > noticedAt } ?? false
      // That something is asked is untrue after a bad answer, too.
      isOver =
        isAnswered
        || notice.weight == .information && feed.connection.notice != nil && feed.waitingSince == nil
    }
    let time: TimeInterval = notice.weight == .information ? 1 : Highlights.duration
    return isOver && now.timeIntervalSince(noticedAt) >= time ? nil : notice
  }

  private func lastChangeWords(_ change: Change) -> String {
    let more = change.lines.count > 1 ? " (+\(change.lines.count - 1))" : ""
    return
      "\(change.time.moment(now: clock, utcOffset: utcOffset)) \(change.name) \(change.lines.first ?? "")\(more)"
  }
}

extension Date {
  /// When something happened: the time of day, or the day and hour where that is another one.
  package func moment(now: Date, utcOffset: Int) -> String {
    let day = day(utcOffset: utcOffset)
    let clock = clock(utcOffset: utcOffset)
    return day == now.day(utcOffset: utcOffset) ? clock : "\(day.dropFirst(5)) \(clock.prefix(5))"
  }

  /// `2026-11-23`, so many seconds east of UTC.
  package func day(utcOffset: Int) -> String {
    Timestamp.day(UTCTime(addingTimeInterval(Double(utcOffset))).day)
  }

  /// `14:02:31`, so many seconds east of UTC.
  package func clock(utcOffset: Int) -> String {
    let time = UTCTime(addingTimeInterval(Double(utcOffset)))
    func pad(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(pad(time.hour)):\(pad(time.minute)):\(pad(time.second))"
  }
}
