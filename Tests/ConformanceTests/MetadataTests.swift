import Foundation
import NovaClient
import Testing

extension ConformanceTests {
  /// Metadata writes that succeed.
  @Suite struct MetadataTests {
    @Test func `a merge leaves the rest and answers with everything`() async throws {
      try await CloudUnderTest.here().editing(2) { client, id in
        let held = try await client.mergeMetadata(["a": "1", "b": "2"], into: id)
        #expect(held == ["orig": "x", "a": "1", "b": "2"])
        let again = try await client.mergeMetadata(["b": "3"], into: id)
        #expect(again == ["orig": "x", "a": "1", "b": "3"])
        let unchanged = try await client.mergeMetadata([:], into: id)
        let read = try await client.metadata(of: id)
        #expect(unchanged == again && read == again)
      }
    }

    @Test func `a replacement removes the rest and answers with what was sent`() async throws {
      try await CloudUnderTest.here().editing(2) { client, id in
        let answer = try await client.replaceMetadata(["c": "3", "owner": "me"], of: id)
        let held = try await client.metadata(of: id)
        #expect(answer == ["c": "3", "owner": "me"] && held == ["c": "3"])
        let nothing = try await client.replaceMetadata([:], of: id)
        let empty = try await client.metadata(of: id)
        #expect(nothing == [:] && empty == [:])
      }
    }

    @Test func `one item is set, read and deleted`() async throws {
      try await CloudUnderTest.here().editing(2) { client, id in
        let answer = try await client.setMetadataItem("a", to: "1", of: id)
        let item = try await client.metadataItem("a", of: id)
        #expect(answer == "1" && item == "1")
        try await client.deleteMetadataItem("orig", of: id)
        let held = try await client.metadata(of: id)
        #expect(held == ["a": "1"])
      }
    }

    @Test func `any legal key goes through an address`() async throws {
      try await CloudUnderTest.here().editing(2) { client, id in
        for key in ["-_:.09azAZ", "with space", "a:b", "dot.key", ".", "..", "...", "fmt.json", "metadata"] {
          let answer = try await client.setMetadataItem(key, to: key, of: id)
          let item = try await client.metadataItem(key, of: id)
          #expect(answer == .string(key) && item == .string(key), "\(key)")
          try await client.deleteMetadataItem(key, of: id)
        }
        let held = try await client.metadata(of: id)
        #expect(held == ["orig": "x"])
      }
    }

    @Test func `capital and small letters are different keys`() async throws {
      try await CloudUnderTest.here().editing(2) { client, id in
        let held = try await client.mergeMetadata(["Case": "1", "case": "2"], into: id)
        #expect(held == ["orig": "x", "Case": "1", "case": "2"])
      }
    }

    @Test func `any text is kept as it is`() async throws {
      let long = String(repeating: "x", count: 255)
      try await CloudUnderTest.here().editing(2, from: [:]) { client, id in
        for value in [
          "", " ", "  x  ", "a\nb\r\n\tc", "\u{0}", "\u{1B}[31m\u{7F}", "é漢字\u{202E}\u{FFFD}", long,
        ] {
          _ = try await client.setMetadataItem("k", to: value, of: id)
          let held = try await client.metadata(of: id)
          #expect(held == ["k": .string(value)])
        }
        let held = try await client.mergeMetadata([long: "v"], into: id)
        #expect(held[long] == "v")
      }
    }

    @Test func `spaces around a key are lost`() async throws {
      try await CloudUnderTest.here().editing(2) { client, id in
        for (key, expected) in [
          (" lead", ["orig": "x", "lead": "v"]), ("trail ", ["orig": "x", "trail": "v"]),
          (" ", ["orig": "x", "": "v"]), ("orig\n", ["orig": "v"]),
        ] as [(String, [String: JSONValue])] {
          let held = try await client.mergeMetadata([key: "v"], into: id)
          #expect(held == expected)
          _ = try await client.replaceMetadata(["orig": "x"], of: id)
        }
      }
    }

    @Test func `an image holds 128 items`() async throws {
      let items = Dictionary(uniqueKeysWithValues: (0..<128).map { ("k\($0)", "v") })
      try await CloudUnderTest.here().editing(2, from: items) { client, id in
        let changed = try await client.setMetadataItem("k0", to: "w", of: id)
        #expect(changed == "w")
        let held = try await client.metadata(of: id)
        #expect(held.count == 128)
        for write in [client.mergeMetadata(_:into:), client.replaceMetadata(_:of:)] {
          let error = await #expect(throws: NovaError.self) {
            try await write(items.merging(["more": "w"]) { $1 }, id)
          }
          #expect(error?.kind == .forbidden && error?.message == "Image metadata limit exceeded")
        }
      }
    }

    @Test func `mappings come back as JSON`() async throws {
      try await CloudUnderTest.here().editing(2) { client, id in
        let text = #"[{"device": "sda", "n": 9007199254740993}]"#
        _ = try await client.setMetadataItem("mappings", to: text, of: id)
        let held = try await client.metadata(of: id)
        #expect(held == ["orig": "x", "mappings": [["device": "sda", "n": 9_007_199_254_740_993]]])
      }
    }

    @Test func `some metadata shows in the image's own fields`() async throws {
      try await CloudUnderTest.here().editing(2) { client, id in
        _ = try await client.mergeMetadata(
          ["image_type": "backup", "instance_uuid": "abc", "auto_disk_config": "false"], into: id)
        let image = try await client.image(id)
        #expect(image.type == .backup && image.server?.id == "abc" && image.diskConfig == "MANUAL")
        let found = try await client.list(ImageQuery(server: "abc", type: "backup")).images
        #expect(found.map(\.id) == [id])
      }
    }

    @Test func `only a real change moves the time of the last update`() async throws {
      let cloud = try CloudUnderTest.here()
      let client = try cloud.client()
      let image = try await cloud.image(4)
      let value = try #require(image.metadata["architecture"]?.string)
      _ = try await client.setMetadataItem("architecture", to: value, of: image.id)
      #expect(try await client.image(image.id).updated == image.updated)
      try await cloud.editing(4) { client, id in
        let changed = try await client.image(id).updated
        #expect(try #require(changed) > #require(image.updated))
        let found = try await client.list(ImageQuery(changesSince: changed)).images
        #expect(found.contains { $0.id == id })
      }
    }

    @Test(arguments: [14, 17]) func `a protected image and one without data can be edited`(
      _ number: Int
    ) async throws {
      try await CloudUnderTest.here().editing(number) { client, id in
        let held = try await client.mergeMetadata(["a": "1"], into: id)
        #expect(held == ["orig": "x", "a": "1"])
      }
    }
  }
}
