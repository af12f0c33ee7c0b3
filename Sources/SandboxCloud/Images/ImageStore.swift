import Foundation

/// All images of the cloud, in the one order that lists have: by creation, ties by id.
///
/// Kept oldest first, so that a new image is an append; read backwards.
struct ImageStore {
  private var records: [ImageRecord]
  private var creation: [String: Date]
  /// The JSON of an image up to its links, which depend on who asks; built when first needed.
  private var details: [String: ImageJSON.Detail] = [:]

  init(_ images: [ImageRecord] = []) {
    records = images.sorted(by: Self.isOlder)
    creation = Dictionary(images.map { ($0.id, $0.created) }, uniquingKeysWith: { first, _ in first })
  }

  var count: Int { records.count }

  /// Newest first.
  var newestFirst: ReversedCollection<[ImageRecord]> { records.reversed() }

  subscript(id: String) -> ImageRecord? { place(of: id).map { records[$0] } }

  /// The images that are older than one, newest first; nil when there is no such image.
  func newestFirst(after marker: String) -> ReversedCollection<ArraySlice<ImageRecord>>? {
    place(of: marker).map { records[..<$0].reversed() }
  }

  /// Adds an image whose id is new; an image with a known id takes its place.
  mutating func insert(_ image: ImageRecord) {
    remove(image.id)
    records.insert(image, at: firstPlace { !Self.isOlder($0, image) })
    creation[image.id] = image.created
  }

  mutating func remove(_ id: String) {
    guard let place = place(of: id) else { return }
    records.remove(at: place)
    creation[id] = nil
    details[id] = nil
  }

  /// Changes an image, if it is there; its id and creation must stay.
  mutating func update(_ id: String, _ change: (inout ImageRecord) -> Void) {
    guard let place = place(of: id) else { return }
    details[id] = nil
    change(&records[place])
  }

  /// The JSON of an image; nil when the compute service cannot read it.
  mutating func detail(of image: ImageRecord) -> ImageJSON.Detail? {
    if let known = details[image.id] { return known }
    let detail = ImageJSON.detail(image)
    details[image.id] = detail
    return detail
  }

  private func place(of id: String) -> Int? {
    guard let created = creation[id] else { return nil }
    let place = firstPlace { $0.created > created || ($0.created == created && $0.id >= id) }
    return place < records.count && records[place].id == id ? place : nil
  }

  /// The first place from which on a condition holds; it must be false before and true from there.
  private func firstPlace(_ holds: (ImageRecord) -> Bool) -> Int {
    var low = 0
    var high = records.count
    while low < high {
      let middle = (low + high) / 2
      if holds(records[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  private static func isOlder(_ a: ImageRecord, _ b: ImageRecord) -> Bool {
    a.created < b.created || (a.created == b.created && a.id < b.id)
  }
}
