package import Foundation
package import NovaClient

/// What was saved, by whom and from what to what, so that it can be taken back: a line of JSON for each image and
/// save, in `journal/` of the state folder.
package actor Journal {
  private let folder: StateFolder
  private static let name = "saves.jsonl"

  package init(_ state: StateFolder) {
    folder = state.folder("journal")
  }

  /// One image in one save.
  package struct Entry: Hashable, Sendable, Codable {
    /// The same for all images that were saved together.
    package let save: String
    package let time: Date
    package let cloud: String
    package let project: String
    /// Who was signed in.
    package let user: String
    package let image: Image.ID
    package let name: String
    package let before: [String: String]
    /// What the service held afterwards; before it was asked: what it was to hold.
    package let after: [String: String]
    /// The keys that the save has changed; what others did meanwhile is not among them.
    package let keys: [String]
    /// Whether the service has been seen to hold it.
    package let isDone: Bool

    /// Both as one: what a save did that took two tries.
    fileprivate func followed(by later: Entry) -> Entry {
      Entry(
        save: save, time: later.time, cloud: cloud, project: project, user: user, image: image, name: name,
        before: keys.reduce(into: later.before) { $0[$1] = before[$1] }, after: later.after,
        keys: keys + later.keys.filter { !keys.contains($0) }, isDone: later.isDone)
    }

    /// The metadata afterwards with what the save has changed as it was before.
    var takenBack: [String: String] {
      keys.reduce(into: after) { metadata, key in metadata[key] = before[key] }
    }
  }

  /// Adds lines, which are on the disk when this returns.
  /// - Throws: `StateFault`.
  package func append(_ entries: [Entry]) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    var lines = Data()
    for entry in entries { lines += try encoder.encode(entry) + Data("\n".utf8) }
    try folder.append(lines, to: Self.name)
  }

  /// The last save of an image, with all images that were saved together with it; empty where there is none.
  package func lastSave(of image: Image.ID, cloud: String, project: String) -> [Entry] {
    guard let data = folder.read(Self.name) else { return [] }
    let lines = data.split(separator: UInt8(ascii: "\n"))
    /// The saves in the lines with a text, first to last: years of others need not be understood.
    func saves(with text: String) -> (order: [String], entries: [String: [Image.ID: Entry]]) {
      let decoder = JSONDecoder()
      decoder.dateDecodingStrategy = .iso8601
      let bytes = Data(JSONValue.string(text).text().utf8)
      var entries: [String: [Image.ID: Entry]] = [:]
      // What a try has done; the line before it only said what was to be done.
      var done: [String: [Image.ID: Entry]] = [:]
      var order: [String] = []
      for line in lines where line.range(of: bytes) != nil {
        // A line that was cut off by a crash says nothing.
        guard let entry = try? decoder.decode(Entry.self, from: line), entry.cloud == cloud,
          entry.project == project
        else { continue }
        let earlier = done[entry.save]?[entry.image]
        let both = earlier?.followed(by: entry) ?? entry
        entries[entry.save, default: [:]][entry.image] = both
        if entry.isDone { done[entry.save, default: [:]][entry.image] = both }
        order.append(entry.save)
      }
      return (order, entries)
    }
    // A save that came to nothing is none.
    let own = saves(with: image.rawValue)
    let last = own.order.last { save in own.entries[save]?[image].map { $0.takenBack != $0.after } ?? false }
    guard let last else { return [] }
    let entries = saves(with: last).entries[last]?.values.filter { $0.takenBack != $0.after } ?? []
    return entries.sorted { ($0.name, $0.image.rawValue) < ($1.name, $1.image.rawValue) }
  }
}
