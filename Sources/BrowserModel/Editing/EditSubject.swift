package import NovaClient

/// An image that is being edited, with the metadata that it had when the edits began.
package struct EditSubject: Hashable, Sendable, Codable, Identifiable {
  package let id: Image.ID
  package let name: String
  /// Values that are no text (`mappings`) are their JSON.
  package internal(set) var base: [String: String]

  package init(id: Image.ID, name: String, base: [String: String]) {
    self.id = id
    self.name = name
    self.base = base
  }

  package init(_ image: Image) {
    self.init(id: image.id, name: image.displayName, base: image.metadata.mapValues(MetadataRules.text))
  }

  /// The keys that edits have made different.
  func touched(by history: EditHistory) -> Set<String> {
    let mine = history.applied(to: base)
    return Set(base.keys).union(mine.keys).filter { base[$0] != mine[$0] }
  }

  /// The same with what the service holds now for every key that the edits leave alone, and with the old base for
  /// those that they touch, so that somebody else's change to these is still seen as one.
  func rebased(onto now: [String: String], history: EditHistory) -> EditSubject {
    var copy = self
    copy.base = now
    for key in touched(by: history) { copy.base[key] = base[key] }
    return copy
  }
}
