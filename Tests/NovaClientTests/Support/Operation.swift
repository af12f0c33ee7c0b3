import NovaClient

/// The ten operations on one image or on lists, to say something of all of them.
enum Operation: String, CaseIterable, Sendable {
  case list, listDetailed, image, delete
  case metadata, mergeMetadata, replaceMetadata
  case metadataItem, setMetadataItem, deleteMetadataItem

  /// Those that name an image.
  static let onImage = allCases.filter { $0 != .list && $0 != .listDetailed }
  /// Those that change something.
  static let writes: [Operation] = [
    .delete, .mergeMetadata, .replaceMetadata, .setMetadataItem, .deleteMetadataItem,
  ]

  /// Does it, to an image and its item `key`.
  func perform(_ client: ImagesClient, on id: Image.ID) async throws {
    switch self {
    case .list: _ = try await client.list()
    case .listDetailed: _ = try await client.listDetailed()
    case .image: _ = try await client.image(id)
    case .delete: try await client.delete(id)
    case .metadata: _ = try await client.metadata(of: id)
    case .mergeMetadata: _ = try await client.mergeMetadata(["key": "new"], into: id)
    case .replaceMetadata: _ = try await client.replaceMetadata(["key": "new"], of: id)
    case .metadataItem: _ = try await client.metadataItem("key", of: id)
    case .setMetadataItem: _ = try await client.setMetadataItem("key", to: "new", of: id)
    case .deleteMetadataItem: try await client.deleteMetadataItem("key", of: id)
    }
  }
}
