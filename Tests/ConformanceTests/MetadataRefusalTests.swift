import Foundation
import NovaClient
import Testing

extension ConformanceTests {
  /// Metadata writes that the service refuses, fails at, or takes and does not keep.
  @Suite struct MetadataRefusalTests {
    private static let keyRule = "does not match any of the regexes: '^[a-zA-Z0-9-_:. ]{1,255}$'"

    /// The error of a write; nothing but `orig` must be held afterwards.
    private func refusal(
      _ client: ImagesClient, _ id: Image.ID, _ write: () async throws -> Void
    ) async throws -> NovaError? {
      let error = await #expect(throws: NovaError.self) { try await write() }
      let held = try await client.metadata(of: id)
      #expect(held == ["orig": "x"])
      return error
    }

    @Test func `a key of other letters is refused`() async throws {
      try await CloudUnderTest.here().editing(5) { client, id in
        for key in ["", "a/b", "é", "100%", "a~b", "a+b", "a\tb", "漢", "q?x", "a,b"] {
          let merge = try await refusal(client, id) {
            _ = try await client.mergeMetadata([key: "v"], into: id)
          }
          #expect(merge?.kind == .badRequest, "\(key)")
          let replace = try await refusal(client, id) {
            _ = try await client.replaceMetadata([key: "v"], of: id)
          }
          #expect(replace?.message == merge?.message)
        }
        let slash = try await refusal(client, id) {
          _ = try await client.mergeMetadata(["a/b": "v"], into: id)
        }
        #expect(
          slash?.message
            == "Invalid input for field/attribute metadata. Value: {'a/b': 'v'}. 'a/b' \(Self.keyRule)")
        let long = try await refusal(client, id) {
          _ = try await client.mergeMetadata([String(repeating: "k", count: 256): "v"], into: id)
        }
        #expect(long?.kind == .badRequest && long?.message.hasSuffix(Self.keyRule) == true)
        let path = try await refusal(client, id) {
          _ = try await client.setMetadataItem("a/b", to: "v", of: id)
        }
        #expect(path?.status == 404)
      }
    }

    @Test func `a value of more than 255 characters is refused`() async throws {
      let long = String(repeating: "é", count: 256)
      try await CloudUnderTest.here().editing(5) { client, id in
        let error = try await refusal(client, id) {
          _ = try await client.setMetadataItem("k", to: long, of: id)
        }
        #expect(error?.kind == .badRequest)
        #expect(
          error?.message == "Invalid input for field/attribute k. Value: \(long). '\(long)' is too long")
      }
    }

    @Test func `a character beyond the basic plane fails`() async throws {
      try await CloudUnderTest.here().editing(5) { client, id in
        let error = try await refusal(client, id) {
          _ = try await client.setMetadataItem("k", to: "a😀", of: id)
        }
        #expect(error?.kind == .serverError)
        #expect(error?.message == NovaError.crash("nova.exception.ImageBadRequest"))
      }
    }

    @Test func `renaming by replacing everything fails`() async throws {
      try await CloudUnderTest.here().editing(5) { client, id in
        let error = try await refusal(client, id) {
          _ = try await client.replaceMetadata(["new": "x"], of: id)
        }
        #expect(error?.message == NovaError.crash("nova.exception.ImageBadRequest"))
        _ = try await client.replaceMetadata(["new": "y"], of: id)
        let other = try await client.metadata(of: id)
        #expect(other == ["new": "y"])
        // The way round: first add, then delete.
        _ = try await client.setMetadataItem("newer", to: "y", of: id)
        try await client.deleteMetadataItem("new", of: id)
        let held = try await client.metadata(of: id)
        #expect(held == ["newer": "y"])
      }
    }

    @Test func `the image's own fields are taken and not kept`() async throws {
      try await CloudUnderTest.here().editing(5) { client, id in
        for key in [
          "name", "owner", "id", "visibility", "min_disk", "min_ram", "checksum", "os_hidden", "os_hash_algo",
          "os_hash_value", "disk_format", "container_format", "image_id", "stores", "context", "repo",
        ] {
          let answer = try await client.setMetadataItem(key, to: "v", of: id)
          #expect(answer == "v", "\(key)")
          let error = await #expect(throws: NovaError.self) { try await client.metadataItem(key, of: id) }
          #expect(error?.kind == .notFound, "\(key)")
        }
        for key in ["kernel_id", "ramdisk_id"] {
          _ = try await client.mergeMetadata([key: "none"], into: id)
          let dropped = try await client.metadata(of: id)
          #expect(dropped == ["orig": "x"])
        }
        let image = try await client.image(id)
        #expect(image.name == SeededImage(number: 5).name)
      }
    }

    @Test func `some names crash the service`() async throws {
      try await CloudUnderTest.here().editing(5) { client, id in
        for (key, exception) in [
          ("size", "TypeError"), ("status", "TypeError"), ("protected", "TypeError"), ("tags", "TypeError"),
          ("locations", "TypeError"), ("self", "TypeError"), ("virtual_size", "TypeError"),
          ("location", "glanceclient.exc.HTTPConflict"), ("base", "glanceclient.exc.HTTPInternalServerError"),
          ("extra_properties", "glanceclient.exc.HTTPInternalServerError"),
        ] {
          let error = try await refusal(client, id) {
            _ = try await client.setMetadataItem(key, to: "v", of: id)
          }
          #expect(error?.kind == .serverError, "\(key)")
          #expect(error?.message == NovaError.crash(exception), "\(key)")
        }
      }
    }

    @Test func `an image without data has no place to keep it`() async throws {
      try await CloudUnderTest.here().editing(27) { client, id in
        let error = try await refusal(client, id) {
          _ = try await client.setMetadataItem("stores", to: "v", of: id)
        }
        #expect(error?.message == NovaError.crash("glanceclient.exc.HTTPConflict"))
      }
    }

    @Test func `some names are forbidden`() async throws {
      try await CloudUnderTest.here().editing(5) { client, id in
        for key in [
          "created_at", "updated_at", "deleted", "deleted_at", "file", "schema", "direct_url", "os_glance_x",
          "os_glances",
        ] {
          let error = try await refusal(client, id) {
            _ = try await client.setMetadataItem(key, to: "v", of: id)
          }
          #expect(error?.kind == .forbidden && error?.message == "Not authorized for image \(id).", "\(key)")
        }
      }
    }

    @Test func `a body that is too large is refused before anybody reads it`() async throws {
      let items = Dictionary(
        uniqueKeysWithValues: (0..<500).map { ("k\($0)", String(repeating: "x", count: 255)) })
      try await CloudUnderTest.here().editing(5) { client, id in
        let error = try await refusal(client, id) { _ = try await client.mergeMetadata(items, into: id) }
        #expect(error?.kind == .tooLarge && error?.status == 413)
        #expect(
          error?.message.contains("Request is too large. Larger than max_request_body_size (%s).") == true)
      }
    }
  }
}
