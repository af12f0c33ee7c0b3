/// What the list shows: the catalogue's answer to one query, made off the way of the keys and then never changed.
///
/// However many images there are, a view finds a row, and the row of an image, in constant time.
package struct Listing: Sendable {
  /// The images that match, in order, with those that have just gone.
  package let rows: [CatalogueEntry]
  /// How many images the catalogue holds in all.
  package let total: Int
  /// How many of all images are being saved.
  package let saving: Int
  /// How many images match.
  package let shown: Int
  /// The row of each slot, or -1.
  private let rowOfSlot: [Int32]

  /// Nothing read yet.
  package static let empty = Listing(rows: [], total: 0, saving: 0, ghosts: 0, slots: 0)

  init(rows: [CatalogueEntry], total: Int, saving: Int, ghosts: Int, slots: Int) {
    self.rows = rows
    self.total = total
    self.saving = saving
    shown = rows.count - ghosts
    var rowOfSlot = [Int32](repeating: -1, count: slots)
    for (row, record) in rows.enumerated() { rowOfSlot[record.slot] = Int32(row) }
    self.rowOfSlot = rowOfSlot
  }

  /// The row in which an image stands, if it is shown.
  package func row(of record: CatalogueEntry) -> Int? { row(ofSlot: record.slot) }

  func row(ofSlot slot: Int) -> Int? {
    guard slot < rowOfSlot.count, rowOfSlot[slot] >= 0 else { return nil }
    return Int(rowOfSlot[slot])
  }
}
