/// Entries in an order, kept in it while some come and go.
struct OrderedRows {
  private(set) var rows: [CatalogueEntry] = []
  private(set) var order = ImageOrder()

  /// Begins anew.
  mutating func set(_ entries: [CatalogueEntry], by order: ImageOrder) {
    self.order = order
    rows = entries.sorted(by: order.isBefore)
  }

  /// Takes entries out: a few are found by their places in the order, many in one pass.
  mutating func remove(_ old: [CatalogueEntry]) {
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

  /// Puts entries into their places: one pass over the rows, however many are new.
  mutating func insert(_ new: [CatalogueEntry]) {
    guard !new.isEmpty else { return }
    let new = new.sorted(by: order.isBefore)
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

  /// The first row that does not stand before an entry. Comparing is what costs, so it is done as seldom as can be.
  private func place(of entry: CatalogueEntry, in range: Range<Int>) -> Int {
    var low = range.lowerBound
    var high = range.upperBound
    while low < high {
      let middle = (low + high) / 2
      if order.isBefore(rows[middle], entry) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
