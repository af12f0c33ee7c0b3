import Foundation
import NovaClient
import SandboxCloud
import Testing

/// Each of the ten operations, done well.
@Suite struct ImagesClientTests {
  @Test(arguments: Wire.both) func `the list of names has ids, names and links`(_ wire: Wire) async throws {
    try await ClientDesk.open(wire) { desk in
      let older = await desk.add(nil, secondsAgo: 20)
      let newer = await desk.add("漢字 \"quoted\"", secondsAgo: 10)
      let page = try await desk.client.list()
      #expect(page.images.map(\.id) == [newer, older])
      #expect(page.images.map(\.name) == ["漢字 \"quoted\"", nil])
      #expect(page.images[0].links.map(\.rel) == ["self", "bookmark", "alternate"])
      #expect(page.images[0].links[0].href == "\(desk.address.computeURL)/images/\(newer)")
      #expect(page.unreadable.isEmpty && !page.hasNextLink)
      #expect(page.date == SandboxDesk.start)
    }
  }

  @Test(arguments: Wire.both) func `the list with details has what each image alone has`(
    _ wire: Wire
  ) async throws {
    try await ClientDesk.open(wire, imageCount: 60) { desk in
      let images = try await desk.client.listDetailed().images
      #expect(images.count == 60)
      for image in images.prefix(12) { #expect(try await desk.client.image(image.id) == image) }
    }
  }

  @Test(arguments: Wire.both) func `an image has all of its fields`(_ wire: Wire) async throws {
    try await ClientDesk.open(wire) { desk in
      let id = await desk.add("web", secondsAgo: 60) { image in
        image.updated = SandboxDesk.start
        image.minDisk = 20
        image.minRAM = 1024
        image.size = 5_000_000_000
        image.properties = ["image_type": "snapshot", "instance_uuid": "5e0c", "auto_disk_config": "false"]
      }
      let image = try await desk.client.image(id)
      #expect(image.name == "web" && image.status == .active && image.progress == 100)
      #expect(image.minDisk == 20 && image.minRAM == 1024 && image.size == 5_000_000_000)
      #expect(image.created == SandboxDesk.start.addingTimeInterval(-60))
      #expect(image.updated == SandboxDesk.start)
      #expect(image.type == .snapshot && image.diskConfig == "MANUAL")
      #expect(
        image.metadata == [
          "image_type": "snapshot", "instance_uuid": "5e0c", "auto_disk_config": "false",
        ])
      #expect(image.server?.id == "5e0c")
      #expect(image.server?.links.map(\.rel) == ["self", "bookmark"])
      #expect(image.links.map(\.rel) == ["self", "bookmark", "alternate"])
    }
  }

  @Test(arguments: Wire.both) func `an image can be had as the service wrote it`(_ wire: Wire) async throws {
    try await ClientDesk.open(wire) { desk in
      let id = await desk.add("web", secondsAgo: 60)
      let json = try await desk.client.imageJSON(id)
      #expect(json["id"] == .string(id.rawValue))
      #expect(json["OS-EXT-IMG-SIZE:size"] == 0)
      #expect(json["created"] == "2026-11-23T11:59:00Z")
    }
  }

  @Test(arguments: Wire.both) func `an image that was deleted is gone`(_ wire: Wire) async throws {
    try await ClientDesk.open(wire) { desk in
      let id = await desk.add("web", secondsAgo: 1)
      try await desk.client.delete(id)
      #expect(try await desk.client.list().images.isEmpty)
      #expect(await desk.asked().first == "DELETE /images/\(id)")
    }
  }

  @Test(arguments: Wire.both) func `metadata is read as it is held`(_ wire: Wire) async throws {
    try await ClientDesk.open(wire) { desk in
      let id = await desk.add("web", secondsAgo: 1) { image in
        image.properties = [
          "a": "1", "b": "two\nlines", "mappings": #"[{"device": "sda", "size": 9007199254740993}]"#,
        ]
      }
      let metadata = try await desk.client.metadata(of: id)
      #expect(
        metadata == [
          "a": "1", "b": "two\nlines",
          "mappings": [["device": "sda", "size": 9_007_199_254_740_993]],
        ])
    }
  }

  @Test(arguments: Wire.both) func `merging leaves the other items and answers with all`(
    _ wire: Wire
  ) async throws {
    try await ClientDesk.open(wire) { desk in
      let id = await desk.add("web", secondsAgo: 1) { $0.properties = ["a": "1", "b": "2"] }
      let held = try await desk.client.mergeMetadata(["b": "3", "c": "漢"], into: id)
      #expect(held == ["a": "1", "b": "3", "c": "漢"])
      #expect(try await desk.client.metadata(of: id) == held)
      #expect(await desk.asked().first == "POST /images/\(id)/metadata")
    }
  }

  @Test(arguments: Wire.both) func `replacing removes the other items and answers with what was sent`(
    _ wire: Wire
  ) async throws {
    try await ClientDesk.open(wire) { desk in
      let id = await desk.add("web", secondsAgo: 1) { $0.properties = ["a": "1", "b": "2"] }
      // `owner` is the image's own field: the service takes it and does not keep it.
      let answer = try await desk.client.replaceMetadata(["b": "3", "owner": "me"], of: id)
      #expect(answer == ["b": "3", "owner": "me"])
      #expect(try await desk.client.metadata(of: id) == ["b": "3"])
      #expect(try await desk.client.replaceMetadata([:], of: id) == [:])
      #expect(try await desk.client.metadata(of: id) == [:])
    }
  }

  @Test(arguments: Wire.both) func `one item is read, set and deleted by itself`(_ wire: Wire) async throws {
    try await ClientDesk.open(wire) { desk in
      let id = await desk.add("web", secondsAgo: 1) { $0.properties = ["a": "1"] }
      #expect(try await desk.client.setMetadataItem("b", to: "2", of: id) == "2")
      #expect(try await desk.client.metadataItem("b", of: id) == "2")
      #expect(try await desk.client.metadata(of: id) == ["a": "1", "b": "2"])
      try await desk.client.deleteMetadataItem("a", of: id)
      #expect(try await desk.client.metadata(of: id) == ["b": "2"])
    }
  }
}
