import Foundation
import NovaClient
import Testing

extension ConformanceTests {
  /// The operations that read, and a deletion.
  @Suite struct OperationTests {
    @Test func `every image is what it was made as`() async throws {
      let images = try await CloudUnderTest.here().client().listDetailed().images
      let byName = Dictionary(grouping: images) { $0.name ?? "" }
      for seeded in SeededImage.all {
        // Other tests delete some, and say so where they do.
        guard let image = byName[seeded.name]?.first else { continue }
        let name = seeded.name
        #expect(image.type == seeded.type && image.server?.id == seeded.server, "\(name)")
        #expect(image.minDisk == seeded.minDisk && image.minRAM == seeded.minRAM, "\(name)")
        #expect(image.size == seeded.size && image.diskConfig == nil, "\(name)")
        #expect(image.status == (seeded.isQueued ? .saving : .active), "\(name)")
        #expect(image.progress == (seeded.isQueued ? 25 : 100), "\(name)")
        #expect(image.metadata == seeded.metadata.mapValues { .string($0) }, "\(name)")
      }
      #expect(images.count >= 240)
    }

    @Test func `the three ways to read an image agree`() async throws {
      let cloud = try CloudUnderTest.here()
      let client = try cloud.client()
      for number in [0, 1, 2, 7, 14, 19] {
        let listed = try await cloud.image(number)
        #expect(try await client.image(listed.id) == listed)
        #expect(try await client.metadata(of: listed.id) == listed.metadata)
        for (key, value) in listed.metadata {
          #expect(try await client.metadataItem(key, of: listed.id) == value)
        }
        let json = try await client.imageJSON(listed.id)
        #expect(json["id"]?.string == listed.id.rawValue && json["name"]?.string == listed.name)
      }
    }

    @Test func `both lists have the same images, newest first`() async throws {
      let client = try CloudUnderTest.here().client()
      let names = try await client.list()
      let details = try await client.listDetailed()
      #expect(names.images.map(\.id) == details.images.map(\.id))
      #expect(names.images.map(\.name) == details.images.map(\.name))
      #expect(names.images.map(\.links) == details.images.map(\.links))
      let times = details.images.compactMap(\.created)
      #expect(times.count == details.images.count && times == times.sorted(by: >))
      #expect(!names.hasNextLink && !details.hasNextLink && names.unreadable.isEmpty)
    }

    @Test func `links and addresses are the service's`() async throws {
      let cloud = try CloudUnderTest.here()
      let image = try await cloud.image(0)
      #expect(image.links.map(\.rel) == ["self", "bookmark", "alternate"])
      #expect(image.links.map(\.type) == [nil, nil, "application/vnd.openstack.image"])
      #expect(image.links[0].href.hasSuffix("/v2.1/images/\(image.id)"))
      #expect(!image.links[1].href.contains("/v2.1/") && image.links[1].href.hasSuffix("/images/\(image.id)"))
      #expect(image.links[2].href.hasSuffix("//images/\(image.id)"))
      #expect(image.server?.links.map(\.rel) == ["self", "bookmark"])
      #expect(image.server?.links[0].href.hasSuffix("/v2.1/servers/\(SeededImage.servers[0])") == true)
    }

    @Test(arguments: ["00000000-0000-4000-a000-000000000000", "no-uuid", "detail ", "é", ".."])
    func `an image that is not there is not found`(_ id: String) async throws {
      let client = try CloudUnderTest.here().client()
      let error = await #expect(throws: NovaError.self) { try await client.metadata(of: Image.ID(id)) }
      #expect(error?.status == 404)
      let deletion = await #expect(throws: NovaError.self) { try await client.delete(Image.ID(id)) }
      #expect(deletion?.status == 404)
    }

    @Test(arguments: [100, 107]) func `an image is deleted once, ready or not`(_ number: Int) async throws {
      let cloud = try CloudUnderTest.here()
      let client = try cloud.client()
      let image = try await cloud.image(number)
      try await client.delete(image.id)
      for operation in ImageOperation.allCases {
        let error = await #expect(throws: NovaError.self) {
          try await operation.perform(client, on: image.id)
        }
        #expect(error?.kind == .notFound && error?.message == "Image not found.", "\(operation)")
      }
      let left = try await client.list().images
      let changed = try await client.list(ImageQuery(changesSince: image.updated)).images
      #expect(!left.contains { $0.id == image.id } && !changed.contains { $0.id == image.id })
    }

    @Test func `an item that is not there is not found`() async throws {
      let cloud = try CloudUnderTest.here()
      let client = try cloud.client()
      let id = try await cloud.image(2).id
      let reading = await #expect(throws: NovaError.self) { try await client.metadataItem("none", of: id) }
      #expect(reading?.kind == .notFound && reading?.message == "The resource could not be found.")
      let deletion = await #expect(throws: NovaError.self) {
        try await client.deleteMetadataItem("none", of: id)
      }
      #expect(deletion?.kind == .notFound && deletion?.message == "Invalid metadata key")
    }
  }
}

/// The eight operations that name an image.
enum ImageOperation: CaseIterable, Sendable {
  case read, delete, metadata, merge, replace, item, setItem, deleteItem

  static let writes: [ImageOperation] = [.delete, .merge, .replace, .setItem, .deleteItem]

  /// Does it, to the item `architecture` where it is about one.
  func perform(_ client: ImagesClient, on id: Image.ID) async throws {
    switch self {
    case .read: _ = try await client.image(id)
    case .delete: try await client.delete(id)
    case .metadata: _ = try await client.metadata(of: id)
    case .merge: _ = try await client.mergeMetadata(["conformance": "1"], into: id)
    case .replace: _ = try await client.replaceMetadata(["conformance": "1"], of: id)
    case .item: _ = try await client.metadataItem("architecture", of: id)
    case .setItem: _ = try await client.setMetadataItem("conformance", to: "1", of: id)
    case .deleteItem: try await client.deleteMetadataItem("architecture", of: id)
    }
  }
}
