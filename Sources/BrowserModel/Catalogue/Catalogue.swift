package import Foundation
package import NovaClient

/// All images that are known, by id, fed by pages, changes and single reads, and read by one query.
///
/// It is an actor so that ordering and filtering 100,000 images happens beside the main actor: what a page costs
/// there is the exchange of one `Listing`. It is also the one place where a reading meets the one before, and so the
/// place where changes are found.
package actor Catalogue {
  private var records: [Image.ID: Known] = [:]
  private var slots = 0
  private var numbers = 0
  private var saving: [Image.ID: CatalogueEntry] = [:]
  private var filter = ImageFilter()
  private var rows = OrderedRows()
  /// What is gone, with the question that has told so: a page that was asked for before may still bring it. What a
  /// later question brings is there again, as an image that was hidden for a while.
  private var gone: [Image.ID: Int] = [:]
  /// Images that are gone and whose rows are still there.
  private var ghosts: [Image.ID: CatalogueEntry] = [:]
  private var history = ReadingHistory()

  package init() {}

  /// Takes in images that were read. An older reading of an image never replaces a newer one.
  @discardableResult package func merge(_ readings: Readings) -> Merged {
    var fresh: [Image.ID: Known] = [:]
    var deleted: Set<Image.ID> = []
    var merged = Merged()
    for image in readings.images where gone[image.id].map({ $0 < readings.ticket }) ?? true {
      let before = fresh[image.id] ?? records[image.id]
      if let before, before.entry.image == image {
        records[image.id]?.confirm(readings)
        fresh[image.id]?.confirm(readings)
        continue
      }
      if let before, before.isNewer(than: image, in: readings) { continue }
      let known = before?.entry
      // Services that list what was deleted say so in its status (interface document).
      if image.status == .deleted, known.map({ $0.image.status != .deleted }) ?? history.isComplete {
        if known != nil { deleted.insert(image.id) }
        continue
      }
      let entry = CatalogueEntry(
        known.map { image.sharingTexts(with: $0.image) } ?? image,
        slot: known?.slot ?? ghosts[image.id]?.slot ?? takeSlot(), isAhead: readings.isMetadataOnly)
      fresh[image.id] = Known(entry, readings)
      if let event = event(entry, after: known) { merged.events.append(event) }
    }
    put(fresh)
    if !deleted.isEmpty { merged.events += removed(deleted, ticket: readings.ticket) }
    merged.hasNews = !fresh.isEmpty || !deleted.isEmpty
    merged.number = takeNumber(merged.events)
    return merged
  }

  /// The same for images of which nothing else is known.
  @discardableResult package func merge(_ images: [Image]) -> Merged { merge(Readings(images)) }

  private func event(_ entry: CatalogueEntry, after known: CatalogueEntry?) -> CatalogueEvent? {
    let image = entry.image
    guard let known else {
      guard let meaning = history.meaning(ofUnknown: image) else { return nil }
      guard case .new = meaning else {
        return CatalogueEvent(entry: entry, kind: meaning, happened: image.updated)
      }
      // What was made when all was known already has only become visible, and nobody knows when.
      let made = image.created ?? image.updated
      let isOld = made.map { $0 < history.knownUntil ?? .distantPast } ?? true
      return CatalogueEvent(entry: entry, kind: meaning, happened: isOld ? nil : made)
    }
    // That it can be read now, or no more, is nothing that has happened to the image.
    guard known.image.status != .unreadable, image.status != .unreadable else { return nil }
    let differences = Difference.between(known.image, image)
    let hasMoved = image.updated != nil && image.updated != known.image.updated
    guard !differences.isEmpty || (hasMoved && !known.isAhead) else { return nil }
    // What was read alone has no time of its own.
    return CatalogueEvent(
      entry: entry, kind: .changed(differences), happened: entry.isAhead ? nil : image.updated)
  }

  private func put(_ fresh: [Image.ID: Known]) {
    bury(Set(fresh.keys))
    rows.remove(fresh.keys.compactMap { records[$0]?.entry })
    for (id, known) in fresh {
      gone[id] = nil
      records[id] = known
      saving[id] = known.entry.image.status == .saving ? known.entry : nil
    }
    rows.insert(fresh.values.map(\.entry).filter(filter.matches))
  }

  /// Takes images out that are gone.
  ///
  /// - Parameters:
  ///   - ticket: the question that has told so. What a later one has brought stays.
  ///   - leavingGhosts: whether their rows stay until `bury`, so that a person sees what has gone.
  /// - Returns: what that means for people.
  @discardableResult package func remove(
    _ ids: Set<Image.ID>, ticket: Int = 0, leavingGhosts: Bool = true
  ) -> Merged {
    var merged = Merged()
    merged.events = removed(ids, ticket: ticket, leavingGhosts: leavingGhosts)
    merged.hasNews = !merged.events.isEmpty
    merged.number = takeNumber(merged.events)
    return merged
  }

  private func removed(
    _ ids: Set<Image.ID>, ticket: Int, leavingGhosts: Bool = true
  ) -> [CatalogueEvent] {
    let ids = ids.filter { records[$0].map { $0.asked <= ticket } ?? true }
    for id in ids { gone[id] = max(gone[id] ?? ticket, ticket) }
    let old = ids.compactMap { records.removeValue(forKey: $0)?.entry }
    rows.remove(old)
    for id in ids { saving[id] = nil }
    let left = old.map { CatalogueEntry($0.image, slot: $0.slot, isGhost: leavingGhosts) }
    if leavingGhosts {
      for ghost in left { ghosts[ghost.image.id] = ghost }
      rows.insert(left.filter(filter.matches))
    }
    return left.map { CatalogueEvent(entry: $0, kind: .gone, happened: nil) }
  }

  /// Lets the rows of images close up that have gone.
  package func bury(_ ids: Set<Image.ID>) {
    rows.remove(ids.compactMap { ghosts.removeValue(forKey: $0) })
  }

  /// The images that a query shows.
  ///
  /// - Throws: `CancellationError` when nobody waits for the answer any more.
  package func listing(_ query: ListQuery) throws -> Listing {
    if query.filter != filter || query.order != rows.order {
      let matching = query.filter == filter ? rows.rows : try matches(query.filter)
      try Task.checkCancellation()
      rows.set(matching, by: query.order)
      filter = query.filter
    }
    let shownGhosts = ghosts.isEmpty ? 0 : ghosts.values.count(where: filter.matches)
    return Listing(
      rows: rows.rows, total: records.count, saving: saving.count, ghosts: shownGhosts, slots: slots)
  }

  /// How many images a filter would show, for the filter form.
  package func count(_ filter: ImageFilter) throws -> Int { try matches(filter, withGhosts: false).count }

  /// Images as they were read last; those that are not there are left out.
  package func images(_ ids: Set<Image.ID>) -> [Image] { ids.compactMap { records[$0]?.entry.image } }

  /// The image as it was read last.
  package func image(_ id: Image.ID) -> Image? { records[id]?.entry.image }

  /// Images that are being saved, the youngest first.
  func imagesBeingSaved() -> [Image] { saving.values.map(\.image).sorted { $0.isListed(before: $1) } }

  /// The latest time at which an image was changed, as far as is known.
  func lastUpdate() -> Date? { records.values.lazy.compactMap(\.entry.image.updated).max() }

  /// All that are known to be there.
  func ids() -> Set<Image.ID> { Set(records.keys) }

  /// The image that stands behind another in the service's own order, which is by age, as far as is known; the first
  /// of all behind none.
  func image(behind id: Image.ID?) -> Image? {
    let all = records.values.map(\.entry.image)
    guard let id else { return all.min { $0.isListed(before: $1) } }
    guard let image = records[id]?.entry.image else { return nil }
    return all.filter { image.isListed(before: $0) }.min { $0.isListed(before: $1) }
  }

  /// The image that stands before another in the service's own order, as far as is known.
  func image(before image: Image) -> Image? {
    records.values.lazy.map(\.entry.image).filter { $0.isListed(before: image) }
      .max { $0.isListed(before: $1) }
  }

  /// The list is read for the first time, or again from its start.
  package func begin(at time: Date?) {
    if history.began == nil { history.began = time }
    history.knownUntil = time
  }

  /// Whatever there was at this time, by the service's clock, has been told.
  package func know(until time: Date) { history.knownUntil = time }

  /// The whole list has been read.
  package func complete() { history.isComplete = true }

  private func matches(_ filter: ImageFilter, withGhosts: Bool = true) throws -> [CatalogueEntry] {
    var found: [CatalogueEntry] = []
    for (index, known) in records.values.enumerated() {
      if index % 4096 == 0 { try Task.checkCancellation() }
      if filter.matches(known.entry) { found.append(known.entry) }
    }
    return withGhosts ? found + ghosts.values.filter(filter.matches) : found
  }

  private func takeSlot() -> Int {
    defer { slots += 1 }
    return slots
  }

  private func takeNumber(_ events: [CatalogueEvent]) -> Int? {
    guard !events.isEmpty else { return nil }
    defer { numbers += 1 }
    return numbers
  }
}

extension Image {
  /// The same, with the texts of an earlier reading: the log keeps thousands of them, and so each only once.
  fileprivate func sharingTexts(with known: Image) -> Image {
    var image = self
    image.id = known.id
    if let name, known.name?.isExactly(name) ?? false { image.name = known.name }
    return image
  }
}

/// What the list is asked to show.
package struct ListQuery: Hashable, Sendable {
  package var filter: ImageFilter
  package var order: ImageOrder

  package init(filter: ImageFilter = ImageFilter(), order: ImageOrder = ImageOrder()) {
    self.filter = filter
    self.order = order
  }
}
