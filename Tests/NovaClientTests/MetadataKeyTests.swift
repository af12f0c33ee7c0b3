import NovaClient
import SandboxCloud
import Testing

/// Keys on their way through an address.
@Suite struct MetadataKeyTests {
  /// Every character that the service takes in a key, by itself or in a word, and what looks like a path.
  private static let legal =
    "-_:.09".map { String($0) } + ["..", "...", "a b", "a  b", "a.b", "..a"]
    + ["abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789-_:. x"]

  @Test(arguments: Wire.both) func `a key of any legal character is set, read and deleted`(
    _ wire: Wire
  ) async throws {
    try await ClientDesk.open(wire) { desk in
      let id = await desk.add("web", secondsAgo: 1) { $0.properties = ["zz": "stays"] }
      for key in Self.legal {
        #expect(try await desk.client.setMetadataItem(key, to: "v", of: id) == "v", "\(key)")
        #expect(await desk.sandbox.image(id.rawValue)?.properties.keys == ["zz", key])
        #expect(try await desk.client.metadataItem(key, of: id) == "v", "\(key)")
        try await desk.client.deleteMetadataItem(key, of: id)
        #expect(await desk.sandbox.image(id.rawValue)?.properties.keys == ["zz"])
      }
    }
  }

  /// The image service takes keys that the compute service would refuse.
  @Test(
    arguments: Wire.both,
    ["100%", "%41", "a%20b", "q?x=1", "h#y", "a+b", "a&b", "a;b", "[x]", "~", "'\"", "{}|\\^`"])
  func `a key that was made elsewhere is read and deleted under its own name`(
    _ wire: Wire, _ key: String
  ) async throws {
    try await ClientDesk.open(wire) { desk in
      let id = await desk.add("web", secondsAgo: 1) { $0.properties = ["A": "other", "a b": "other"] }
      await desk.sandbox.set(key, to: "v", on: id.rawValue)
      #expect(try await desk.client.metadataItem(key, of: id) == "v")
      try await desk.client.deleteMetadataItem(key, of: id)
      #expect(try await desk.client.metadata(of: id) == ["A": "other", "a b": "other"])
    }
  }

  @Test(arguments: Wire.both, ["a/b", "é"])
  func `a key that no address reaches can be removed by replacing everything`(
    _ wire: Wire, _ key: String
  ) async throws {
    try await ClientDesk.open(wire) { desk in
      let id = await desk.add("web", secondsAgo: 1) { $0.properties = ["b": "kept"] }
      await desk.sandbox.set(key, to: "v", on: id.rawValue)
      let error = await #expect(throws: NovaError.self) { try await desk.client.metadataItem(key, of: id) }
      #expect(error?.status == 404)
      _ = try await desk.client.replaceMetadata(["b": "kept"], of: id)
      #expect(try await desk.client.metadata(of: id) == ["b": "kept"])
    }
  }

  @Test(arguments: Wire.both) func `an id that holds a path is one part of it`(_ wire: Wire) async throws {
    try await ClientDesk.open(wire) { desk in
      await desk.add("web", secondsAgo: 1)
      for id in ["../images", "..", "x?limit=1", "a#b"] {
        await #expect(throws: NovaError.self, "\(id)") { try await desk.client.image(Image.ID(id)) }
      }
      #expect(
        await desk.asked() == [
          "GET /images/..%2Fimages", "GET /images/%2E%2E", "GET /images/x%3Flimit%3D1", "GET /images/a%23b",
        ])
    }
  }
}
