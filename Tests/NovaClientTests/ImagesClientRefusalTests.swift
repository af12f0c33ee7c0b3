import Foundation
import NovaClient
import SandboxCloud
import Testing

/// The ten operations, refused.
@Suite struct ImagesClientRefusalTests {
  @Test(arguments: Wire.both, Operation.onImage)
  func `an image that is not there is not found`(_ wire: Wire, _ operation: Operation) async throws {
    try await ClientDesk.open(wire) { desk in
      let error = await #expect(throws: NovaError.self) {
        try await operation.perform(desk.client, on: "no such image")
      }
      #expect(error?.kind == .notFound && error?.status == 404)
      #expect(error?.message == "Image not found.")
      #expect(error?.requestID?.hasPrefix("req-") == true)
    }
  }

  @Test(arguments: Wire.both, Operation.writes)
  func `somebody who may only read is forbidden to write`(_ wire: Wire, _ operation: Operation) async throws {
    try await ClientDesk.open(wire) { desk in
      let id = await desk.add("web", secondsAgo: 1) { $0.properties = ["key": "old"] }
      let before = await desk.sandbox.image(id.rawValue)
      let error = await #expect(throws: NovaError.self) {
        try await operation.perform(desk.client(of: "reader", in: "demo"), on: id)
      }
      #expect(error?.kind == .forbidden && error?.status == 403)
      #expect(await desk.sandbox.image(id.rawValue) == before)
    }
  }

  @Test(arguments: Wire.both) func `a protected image is forbidden to delete`(_ wire: Wire) async throws {
    try await ClientDesk.open(wire) { desk in
      let id = await desk.add("web", secondsAgo: 1) { $0.isProtected = true }
      let error = await #expect(throws: NovaError.self) { try await desk.client.delete(id) }
      #expect(error?.kind == .forbidden)
      #expect(error?.message == "You are not allowed to delete the image.")
      #expect(await desk.sandbox.image(id.rawValue) != nil)
    }
  }

  @Test(arguments: Wire.both) func `an item that is not there is not found`(_ wire: Wire) async throws {
    try await ClientDesk.open(wire) { desk in
      let id = await desk.add("web", secondsAgo: 1)
      let read = await #expect(throws: NovaError.self) { try await desk.client.metadataItem("k", of: id) }
      #expect(read?.kind == .notFound)
      let deletion = await #expect(throws: NovaError.self) {
        try await desk.client.deleteMetadataItem("k", of: id)
      }
      #expect(deletion?.kind == .notFound && deletion?.message == "Invalid metadata key")
    }
  }

  @Test(arguments: Wire.both) func `what the service does not take is a bad request`(_ wire: Wire)
    async throws
  {
    try await ClientDesk.open(wire) { desk in
      let id = await desk.add("web", secondsAgo: 1)
      let key = await #expect(throws: NovaError.self) {
        try await desk.client.mergeMetadata(["é": "v"], into: id)
      }
      #expect(key?.kind == .badRequest && key?.status == 400)
      let value = await #expect(throws: NovaError.self) {
        try await desk.client.setMetadataItem("k", to: String(repeating: "x", count: 256), of: id)
      }
      #expect(value?.kind == .badRequest)
      let time = await #expect(throws: NovaError.self) {
        try await desk.client.list(ImageQuery(marker: "gone"))
      }
      #expect(time?.kind == .badRequest && time?.message.hasSuffix("No image found with ID gone") == true)
    }
  }

  @Test(arguments: Wire.both) func `a body that is too large is refused`(_ wire: Wire) async throws {
    try await ClientDesk.open(wire) { desk in
      let id = await desk.add("web", secondsAgo: 1)
      let items = (0..<500).map { ("k\($0)", String(repeating: "x", count: 255)) }
      let error = await #expect(throws: NovaError.self) {
        try await desk.client.mergeMetadata(Dictionary(items) { $1 }, into: id)
      }
      #expect(error?.kind == .tooLarge && error?.status == 413)
      #expect(error?.message.contains("Request is too large.") == true)
    }
  }

  @Test(arguments: Wire.both, Operation.allCases.filter { $0 != .delete && $0 != .deleteMetadataItem })
  func `an answer that is none of this API is malformed`(_ wire: Wire, _ operation: Operation) async throws {
    try await ClientDesk.open(wire) { desk in
      for body in ["", "<html>Welcome</html>", "[]", "{}", #"{"images": 1, "image": [], "metadata": "x"}"#] {
        await desk.answer(
          HTTPResponse(200, headers: ["x-openstack-request-id": "req-7"], body: Data(body.utf8)))
        let error = await #expect(throws: NovaError.self, "\(body)") {
          try await operation.perform(desk.client, on: "1")
        }
        #expect(error?.kind == .malformedAnswer && error?.requestID == "req-7")
      }
    }
  }

  @Test(arguments: Wire.both) func `an item's answer without the item is malformed`(_ wire: Wire) async throws
  {
    try await ClientDesk.open(wire) { desk in
      await desk.answer(.json(#"{"meta": {"other": "v"}}"#))
      let error = await #expect(throws: NovaError.self) { try await desk.client.metadataItem("key", of: "1") }
      #expect(error?.kind == .malformedAnswer)
    }
  }

  @Test(arguments: Wire.both) func `an answer that is absurdly deep is malformed`(_ wire: Wire) async throws {
    try await ClientDesk.open(wire) { desk in
      await desk.sandbox.inject(.nested(levels: 100_000), into: .compute)
      let error = await #expect(throws: NovaError.self) { try await desk.client.list() }
      #expect(error?.kind == .malformedAnswer)
    }
  }

  @Test(arguments: Wire.both, Operation.writes)
  func `a write whose answer was lost is not sent again`(_ wire: Wire, _ operation: Operation) async throws {
    try await ClientDesk.open(wire) { desk in
      let id = await desk.add("web", secondsAgo: 1) { $0.properties = ["key": "old"] }
      // There is a connection to use again.
      _ = try await desk.client.list()
      await desk.sandbox.inject(.dropAnswer, into: .compute)
      let error = await #expect(throws: NovaError.self) { try await operation.perform(desk.client, on: id) }
      #expect(error?.kind == .unreachable)
      #expect(await desk.asked().count == 2)
    }
  }
}
