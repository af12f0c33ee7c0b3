import Foundation
import NovaClient
import SandboxCloud
import Testing

@Suite struct ImageQueryTests {
  private static let time = Date(timeIntervalSince1970: 1_795_435_170)

  @Test func `all nine parameters go out under their real names, encoded`() {
    let query = ImageQuery(
      changesSince: Self.time, server: "http://x/servers/5e0c", name: "a&b=é +%", status: "in:queued,saving",
      minDisk: 5, minRAM: 512, type: "snapshot", limit: 20, marker: "m 1")
    #expect(
      query.items == [
        .init("changes-since", "2026-11-23T11:59:30Z"), .init("server", "http://x/servers/5e0c"),
        .init("name", "a&b=é +%"), .init("status", "in:queued,saving"), .init("minDisk", "5"),
        .init("minRam", "512"), .init("type", "snapshot"), .init("limit", "20"), .init("marker", "m 1"),
      ])
    #expect(ImageQuery().items.isEmpty)
  }

  /// a … d, newest first, each different in what can be asked for.
  private func fill(_ desk: ClientDesk) async {
    await desk.add("a", secondsAgo: 10) { image in
      image.minDisk = 5
      image.minRAM = 512
    }
    await desk.add("b", secondsAgo: 20) { image in
      image.status = .queued
      image.properties = ["image_type": "snapshot", "instance_uuid": "5e0c"]
    }
    await desk.add("c", secondsAgo: 30) { $0.properties = ["image_type": "backup"] }
    await desk.add("d&e=é +%,f", secondsAgo: 40) { $0.minDisk = 5 }
  }

  @Test(
    arguments: Wire.both,
    [
      (ImageQuery(), "a b c d&e=é +%,f"),
      (ImageQuery(changesSince: time), "a b c"),
      (ImageQuery(server: "5e0c"), "b"),
      (ImageQuery(server: "https://x:8774/v2.1/servers/5e0c"), "b"),
      (ImageQuery(name: "d&e=é +%,f"), "d&e=é +%,f"),
      (ImageQuery(status: "ACTIVE"), "a c d&e=é +%,f"),
      (ImageQuery(status: "in:queued,saving"), "b"),
      (ImageQuery(minDisk: 5), "a d&e=é +%,f"),
      (ImageQuery(minRAM: 512), "a"),
      (ImageQuery(type: "backup"), "c"),
      (ImageQuery(limit: 2), "a b"),
      (ImageQuery(marker: "00000000-0000-4000-a000-000000000020"), "c d&e=é +%,f"),
      (ImageQuery(changesSince: time, status: "active", minDisk: 0), "c"),
    ])
  func `each parameter is understood, in both lists`(
    _ wire: Wire, _ question: (query: ImageQuery, names: String)
  ) async throws {
    try await ClientDesk.open(wire) { desk in
      await fill(desk)
      let names = try await desk.client.list(question.query).images.map(\.name)
      let detailed = try await desk.client.listDetailed(question.query).images.map(\.name)
      #expect(names.compactMap { $0 }.joined(separator: " ") == question.names)
      #expect(detailed == names)
    }
  }

  @Test(arguments: Wire.both) func `a full page says that there is a next`(_ wire: Wire) async throws {
    try await ClientDesk.open(wire) { desk in
      await fill(desk)
      let full = try await desk.client.list(ImageQuery(limit: 4))
      let short = try await desk.client.list(ImageQuery(limit: 5))
      #expect(full.hasNextLink && !short.hasNextLink)
    }
  }
}
