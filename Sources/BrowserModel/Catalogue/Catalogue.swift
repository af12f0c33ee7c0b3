package import NovaClient

/// All images that are known, by id, fed by pages, changes and single reads, and read by one query.
///
/// It is an actor so that ordering and filtering 100,000 images happens beside the main actor: what a page costs
/// there is the exchange of one `Listing`.
package actor Catalogue {
  private var records: [Image.ID: CatalogueEntry] = [:]
  private var slots = 0
  private var saving = 0
  private var query = ListQuery()
  private var rows: [CatalogueEntry] = []
  /// What is known to be gone: a page that was asked for before may still bring it. An id is never given out twice
  /// (observed).
  private var gone: Set<Image.ID> = []

  package init() {}

  /// Takes in images that were read. An older reading of an image never replaces a newer one.
  ///
  /// - Returns: the ids that are new or were changed by it.
  @discardableResult package func merge(_ images: [Image]) -> [Image.ID] {
    var fresh: [Image.ID: CatalogueEntry] = [:]
    for image in images where !gone.contains(image.id) {
      let known = fresh[image.id] ?? records[image.id]
      if let known, known.image == image || isOlder(image, than: known.image) { continue }
      fresh[image.id] = CatalogueEntry(image, slot: known?.slot ?? takeSlot())
    }
    removeRows(fresh.keys.compactMap { records[$0] })
    for (id, record) in fresh {
      count(records.updateValue(record, forKey: id), by: -1)
      count(record, by: 1)
    }
    insertRows(fresh.values.filter(query.filter.matches))
    return Array(fresh.keys)
  }

  /// Forgets images that are gone.
  package func remove(_ ids: Set<Image.ID>) {
    gone.formUnion(ids)
    removeRows(ids.compactMap { records[$0] })
    for id in ids { count(records.removeValue(forKey: id), by: -1) }
  }

  /// The images that a query shows.
  ///
  /// - Throws: `CancellationError` when nobody waits for the answer any more.
  package func listing(_ query: ListQuery) throws -> Listing {
    if query != self.query {
      let matching = query.filter == self.query.filter ? rows : try matches(query.filter)
      try Task.checkCancellation()
      rows = matching.sorted(by: query.order.isBefore)
      self.query = query
    }
    return Listing(rows: rows, total: records.count, saving: saving, slots: slots)
  }

  /// How many images a filter would show, for the filter form.
  package func count(_ filter: ImageFilter) throws -> Int { try matches(filter).count }

  /// Images as they were read last; those that are not there are left out.
  package func images(_ ids: Set<Image.ID>) -> [Image] { ids.compactMap { records[$0]?.image } }

  /// The image as it was read last.
  package func image(_ id: Image.ID) -> Image? { records[id]?.image }

  private func matches(_ filter: ImageFilter) throws -> [CatalogueEntry] {
    var found: [CatalogueEntry] = []
    for (index, record) in records.values.enumerated() {
      if index % 4096 == 0 { try Task.checkCancellation() }
      if filter.matches(record) { found.append(record) }
    }
    return found
  }

  private func takeSlot() -> Int {
    defer { slots += 1 }
    return slots
  }

  private func isOlder(_ image: Image, than known: Image) -> Bool {
    guard let updated = image.updated, let knownUpdated = known.updated else { return false }
    return updated < knownUpdated
  }

  private func count(_ record: CatalogueEntry?, by step: Int) {
    if record?.image.status == .saving { saving += step }
  }

  /// Takes entries out of the rows: a few are found by their places in the order, many in one pass.
  private func removeRows(_ old: [CatalogueEntry]) {
    guard old.count <= 32 else {
      let slots = Set(old.map(\.slot))
      rows.removeAll { slots.contains($0.slot) }
      return
    }
    for entry in old {
      let row = place(of: entry, in: rows.indices)
      if row < rows.count, rows[row] === entry { rows.remove(at: row) }
    }
  }

  /// The first row that does not stand before an entry. Comparing is what costs, so it is done as seldom as can be.
  private func place(of entry: CatalogueEntry, in range: Range<Int>) -> Int {
    var low = range.lowerBound
    var high = range.upperBound
    while low < high {
      let middle = (low + high) / 2
      if query.order.isBefore(rows[middle], entry) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Puts records into their places: one pass over the rows, however many are new.
  private func insertRows(_ new: [CatalogueEntry]) {
    guard !new.isEmpty else { return }
    let new = new.sorted(by: query.order.isBefore)
    var merged: [CatalogueEntry] = []
    merged.reserveCapacity(rows.count + new.count)
    var next = 0
    for record in new {
      let low = place(of: record, in: next..<rows.count)
      merged += rows[next..<low]
      merged.append(record)
      next = low
    }
    rows = merged + rows[next...]
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
