import Foundation
import NovaClient
import SandboxCloud
import Testing

@Suite struct ImagePagesTests {
  /// Adds images named 0, 1, 2 …, newest first.
  private func fill(_ desk: ClientDesk, _ count: Int) async {
    for number in 0..<count { await desk.add("\(number)", secondsAgo: number + 1) }
  }

  private func names(_ pages: ImagePages) async throws -> [[String]] {
    var names: [[String]] = []
    for try await page in pages { names.append(page.images.map { $0.name ?? "null" }) }
    return names
  }

  @Test(arguments: Wire.both) func `a short page ends the list`(_ wire: Wire) async throws {
    try await ClientDesk.open(wire) { desk in
      await fill(desk, 5)
      let pages = try await names(ImagePages(desk.client, ImageQuery(limit: 3)))
      #expect(pages == [["0", "1", "2"], ["3", "4"]])
      #expect(await desk.asked().count == 2)
    }
  }

  @Test(arguments: Wire.both) func `an exact page is followed by an empty one, which is not given`(
    _ wire: Wire
  ) async throws {
    try await ClientDesk.open(wire) { desk in
      await fill(desk, 6)
      let pages = try await names(ImagePages(desk.client, ImageQuery(limit: 3)))
      #expect(pages == [["0", "1", "2"], ["3", "4", "5"]])
      #expect(await desk.asked().count == 3)
    }
  }

  @Test(arguments: Wire.both) func `a list of nothing has no page`(_ wire: Wire) async throws {
    try await ClientDesk.open(wire) { desk in
      let pages = try await names(ImagePages(desk.client))
      #expect(pages.isEmpty)
      #expect(await desk.asked() == ["GET /images/detail?limit=1000"])
    }
  }

  @Test(arguments: Wire.both) func `each page begins behind the last image of the page before`(
    _ wire: Wire
  ) async throws {
    try await ClientDesk.open(wire) { desk in
      await fill(desk, 5)
      let query = ImageQuery(type: nil, limit: 2, marker: "00000000-0000-4000-a000-000000000001")
      let pages = try await names(ImagePages(desk.client, query, firstLimit: 1))
      #expect(pages == [["1"], ["2", "3"], ["4"]])
      #expect(
        await desk.asked() == [
          "GET /images/detail?limit=1&marker=00000000-0000-4000-a000-000000000001",
          "GET /images/detail?limit=2&marker=00000000-0000-4000-a000-000000000002",
          "GET /images/detail?limit=2&marker=00000000-0000-4000-a000-000000000004",
        ])
    }
  }

  @Test(arguments: Wire.both, [(5000, 1000), (1001, 1000), (1000, 1000), (0, 1), (-7, 1)])
  func `a page is asked for 1 to 1,000 images`(
    _ wire: Wire, _ limit: (wanted: Int, asked: Int)
  ) async throws {
    try await ClientDesk.open(wire) { desk in
      var pages = ImagePages(desk.client, ImageQuery(limit: limit.wanted)).makeAsyncIterator()
      _ = try await pages.next()
      #expect(await desk.asked() == ["GET /images/detail?limit=\(limit.asked)"])
    }
  }

  @Test(arguments: Wire.both) func `a service that ignores the marker is asked twice and believed once`(
    _ wire: Wire
  ) async throws {
    try await ClientDesk.open(wire) { desk in
      await fill(desk, 3)
      await desk.answer(Self.page(["a", "b"]), times: 10)
      let pages = try await names(ImagePages(desk.client, ImageQuery(limit: 2)))
      #expect(pages == [["a", "b"]])
      #expect(await desk.asked().count == 2)
    }
  }

  @Test(arguments: Wire.both) func `a service that goes round in circles is left when a page comes again`(
    _ wire: Wire
  ) async throws {
    try await ClientDesk.open(wire) { desk in
      for _ in 0..<5 {
        await desk.answer(Self.page(["a", "b"]))
        await desk.answer(Self.page(["c", "d"]))
        await desk.answer(Self.page(["e", "f"]))
      }
      let pages = try await names(ImagePages(desk.client, ImageQuery(limit: 2)))
      #expect(pages == [["a", "b"], ["c", "d"], ["e", "f"]])
    }
  }

  @Test(arguments: Wire.both) func `a page that begins with its own marker ends the list`(
    _ wire: Wire
  ) async throws {
    try await ClientDesk.open(wire) { desk in
      await desk.answer(Self.page(["a", "b"]))
      await desk.answer(Self.page(["b", "c"]))
      let pages = try await names(ImagePages(desk.client, ImageQuery(limit: 2)))
      #expect(pages == [["a", "b"]])
    }
  }

  @Test(arguments: Wire.both) func `a short page with a link to a next is not the end`(
    _ wire: Wire
  ) async throws {
    try await ClientDesk.open(wire) { desk in
      // A service whose own maximum is lower than what it was asked for.
      await desk.answer(Self.page(["a", "b"], next: "\(desk.address.computeURL)/images/detail?marker=b"))
      await desk.answer(Self.page(["c"]))
      let pages = try await names(ImagePages(desk.client))
      #expect(pages == [["a", "b"], ["c"]])
    }
  }

  @Test(arguments: Wire.both, ["http://evil.invalid/v2.1/images?marker=x", "//evil.invalid", "", "%"])
  func `a link that leads elsewhere is not followed`(_ wire: Wire, _ link: String) async throws {
    try await ClientDesk.open(wire) { desk in
      await desk.answer(Self.page(["a"], next: link))
      await desk.answer(Self.page(["b"]))
      let pages = try await names(ImagePages(desk.client, ImageQuery(limit: 1000)))
      #expect(pages == [["a"], ["b"]])
      #expect(await desk.asked().last == "GET /images/detail?limit=1000&marker=a")
      #expect(await desk.sandbox.received.allSatisfy { $0.url.hasPrefix(desk.address.origin) })
    }
  }

  @Test(arguments: Wire.both) func `the list starts again when the marker has been deleted`(
    _ wire: Wire
  ) async throws {
    try await ClientDesk.open(wire) { desk in
      await fill(desk, 5)
      var pages = ImagePages(desk.client, ImageQuery(limit: 2)).makeAsyncIterator()
      var names: [[String?]] = []
      while let page = try await pages.next() {
        names.append(page.images.map(\.name))
        if names.count == 1 { await desk.sandbox.remove("00000000-0000-4000-a000-000000000002") }
      }
      #expect(names == [["0", "1"], ["0", "2"], ["3", "4"]])
    }
  }

  @Test(arguments: Wire.both) func `a marker that is gone from the start is an error`(_ wire: Wire)
    async throws
  {
    try await ClientDesk.open(wire) { desk in
      let error = await #expect(throws: NovaError.self) {
        try await names(ImagePages(desk.client, ImageQuery(marker: "gone")))
      }
      #expect(error?.kind == .badRequest)
      #expect(await desk.asked().count == 1)
    }
  }

  @Test(arguments: Wire.both) func `a list whose markers keep vanishing is given up`(_ wire: Wire)
    async throws
  {
    try await ClientDesk.open(wire) { desk in
      await fill(desk, 3)
      let vanished = StubCloud.error(400, "badRequest", "HTTP 400 Bad Request: No image found with ID x")
      await desk.sandbox.inject(
        .answer(vanished), into: RequestPattern { $0.url.contains("marker=") }, times: 1000)
      let error = await #expect(throws: NovaError.self) {
        try await names(ImagePages(desk.client, ImageQuery(limit: 1)))
      }
      #expect(error?.kind == .badRequest)
      #expect(await desk.asked().count == 8)
    }
  }

  @Test(
    arguments: Wire.both,
    [Fault.badGateway, .tooManyRequests(retryAfter: 1), .notJSON])
  func `after an error the list goes on from where it stood`(_ wire: Wire, _ fault: Fault) async throws {
    try await ClientDesk.open(wire) { desk in
      await fill(desk, 5)
      var pages = ImagePages(desk.client, ImageQuery(limit: 2)).makeAsyncIterator()
      var names = [try await pages.next()?.images.map(\.name)]
      await desk.sandbox.inject(fault, into: .compute, times: 2)
      for _ in 0..<2 { await #expect(throws: NovaError.self) { try await pages.next() } }
      for _ in 0..<3 { names.append(try await pages.next()?.images.map(\.name)) }
      #expect(names == [["0", "1"], ["2", "3"], ["4"], nil])
    }
  }

  /// A page as a service writes it.
  static func page(_ ids: [String], next: String? = nil) -> HTTPResponse {
    let images = ids.map { #"{"id": "\#($0)", "name": "\#($0)", "status": "ACTIVE"}"# }.joined(
      separator: ", ")
    let links = next.map { #", "images_links": [{"rel": "next", "href": "\#($0)"}]"# } ?? ""
    return .json(#"{"images": [\#(images)]\#(links)}"#)
  }
}
