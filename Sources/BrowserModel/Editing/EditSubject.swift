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
}
