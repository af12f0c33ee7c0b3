import Foundation
@testable import NovaClient
import SandboxCloud
import Testing

/// Images that cost a real service the whole page, or that do not fit.
@Suite struct UnreadableImageTests {
  /// Adds 40 images named 0, 1, 2 …, newest first; those in `bad` make every page with them a 500.
  private func fill(_ desk: ClientDesk, bad: Set<Int>) async {
    for number in 0..<40 {
      await desk.add("\(number)", secondsAgo: number + 1) { image in
        image.minDisk = [0, 5, 10][number % 3]
        image.properties = ["image_type": number.isMultiple(of: 2) ? "snapshot" : "backup"]
        if bad.contains(number) { image.properties["mappings"] = "no JSON" }
      }
    }
  }

  private func walk(_ pages: ImagePages) async throws -> (names: [String], unreadable: [UnreadableImage]) {
    var names: [String] = []
    var unreadable: [UnreadableImage] = []
    for try await page in pages {
      names += page.images.compactMap(\.name)
      unreadable += page.unreadable
    }
    return (names, unreadable)
  }

  @Test(arguments: Wire.both, [[0], [16, 17, 30], [39]])
  func `an image that spoils its page is stepped over`(_ wire: Wire, _ bad: Set<Int>) async throws {
    try await ClientDesk.open(wire) { desk in
      await fill(desk, bad: bad)
      for limit in [7, 1000] {
        let (names, unreadable) = try await walk(ImagePages(desk.client, ImageQuery(limit: limit)))
        #expect(names == (0..<40).filter { !bad.contains($0) }.map(String.init), "pages of \(limit)")
        #expect(unreadable.allSatisfy { $0.id == nil && $0.reason.contains("JSONDecodeError") })
        // Two that follow one another look like one.
        #expect((1...bad.count).contains(unreadable.count))
      }
    }
  }

  @Test(arguments: Wire.both) func `it is closed in on by halves`(_ wire: Wire) async throws {
    try await ClientDesk.open(wire) { desk in
      await fill(desk, bad: [21])
      var pages = ImagePages(desk.client, ImageQuery(limit: 32)).makeAsyncIterator()
      var counts: [Int] = []
      while let page = try await pages.next() {
        counts.append(page.images.count)
        if !page.unreadable.isEmpty { break }
      }
      // 32 fails, 16 is good, 8 fails, 4 is good, 2 fails, 1 is good; from there on it is tried anew.
      #expect(counts == [16, 4, 1, 1])
      let limits = await desk.asked().map { $0.dropFirst("GET /images/detail?".count).prefix(8) }
      #expect(limits.prefix(6).map { $0.filter(\.isNumber) } == ["32", "16", "8", "4", "2", "1"])
    }
  }

  @Test(arguments: Wire.both) func `the filters of a list count on the way around, too`(_ wire: Wire)
    async throws
  {
    try await ClientDesk.open(wire) { desk in
      await fill(desk, bad: [6])
      let query = ImageQuery(type: "snapshot", limit: 10)
      let (names, unreadable) = try await walk(ImagePages(desk.client, query))
      #expect(names == stride(from: 0, to: 40, by: 2).filter { $0 != 6 }.map(String.init))
      #expect(unreadable.count == 1)
    }
  }

  @Test(arguments: Wire.both) func `a service that fails at everything is in trouble, not at its end`(
    _ wire: Wire
  ) async throws {
    try await ClientDesk.open(wire) { desk in
      await fill(desk, bad: [])
      var pages = ImagePages(desk.client, ImageQuery(limit: 20)).makeAsyncIterator()
      #expect(try await pages.next()?.images.count == 20)
      await desk.sandbox.inject(.unexpected("RuntimeError"), into: .compute, times: .max)
      let error = await #expect(throws: NovaError.self) { try await pages.next() }
      #expect(error?.kind == .serverError && error?.message.contains("RuntimeError") == true)
      await desk.sandbox.removeFaults()
      var names: [String] = []
      while let page = try await pages.next() {
        names += page.images.compactMap(\.name)
        #expect(page.unreadable.isEmpty)
      }
      #expect(names == (20..<40).map(String.init))
    }
  }

  @Test(arguments: Wire.both) func `one image that does not fit leaves the rest of the page`(
    _ wire: Wire
  ) async throws {
    try await ClientDesk.open(wire) { desk in
      let good = #"{"id": "1", "status": "ACTIVE"}"#
      for (odd, id) in [
        (#"{"id": "x", "name": "odd"}"#, "x"), (#"{"id": "x", "name": "odd", "status": 7}"#, "x"),
        (#"{"id": "x", "status": "ACTIVE", "minDisk": "much"}"#, "x"),
        (#"{"id": 5, "status": "ACTIVE"}"#, nil),
        ("null", nil), ("[]", nil), (#""text""#, nil), ("17", nil),
      ] as [(String, Image.ID?)] {
        await desk.answer(.json(#"{"images": [\#(odd), \#(good)]}"#))
        let page = try await desk.client.listDetailed()
        #expect(page.images.map(\.id) == ["1"], "\(odd)")
        #expect(page.unreadable.map(\.id) == [id], "\(odd)")
        #expect(page.unreadable.first?.reason.isEmpty == false)
        #expect(page.lastID == "1")
      }
    }
  }

  @Test(arguments: Wire.both) func `an image that does not fit is said by its name where that can be read`(
    _ wire: Wire
  ) async throws {
    try await ClientDesk.open(wire) { desk in
      await desk.answer(.json(#"{"images": [{"id": "x", "name": "odd", "status": null}]}"#))
      let page = try await desk.client.listDetailed()
      #expect(
        page.unreadable == [
          UnreadableImage(
            id: "x", name: "odd", reason: "the answer has an unexpected value at images.[0].status")
        ])
    }
  }

  @Test(arguments: [#"["x"]"#, #"[{"name": "odd"}]"#]) func `a page of nothing that has an id is told of`(
    _ images: String
  ) async throws {
    try await ClientDesk.open(.inProcess) { desk in
      await desk.answer(.json(#"{"images": \#(images)}"#))
      let (names, unreadable) = try await walk(ImagePages(desk.client, ImageQuery(limit: 2)))
      #expect(names == [] && unreadable.count == 1)
      #expect(await desk.asked().count == 1)
    }
  }

  @Test(arguments: [65_535, 65_536]) func `what no image service stores does not fit`(_ length: Int)
    async throws
  {
    try await ClientDesk.open(.inProcess) { desk in
      let long = String(repeating: "a", count: length)
      for (members, what) in [
        (#""name": "\#(long)""#, "its name"),
        (#""metadata": {"k": "\#(long)"}"#, "the value of a key of its metadata"),
        (#""metadata": {"\#(long)": "v"}"#, "a key of its metadata"),
        (#""metadata": {"k": [{"x": "\#(long)"}]}"#, "the value of a key of its metadata"),
      ] {
        await desk.answer(.json(#"{"images": [{"id": "x", "status": "ACTIVE", \#(members)}]}"#))
        let page = try await desk.client.listDetailed()
        let fits = length == TextLimit.bytes
        #expect(page.images.count == (fits ? 1 : 0))
        #expect(
          page.unreadable.first?.reason.hasPrefix("\(what) is longer than 65535 bytes") == (fits ? nil : true)
        )
        #expect((page.unreadable.first?.name?.count ?? 0) <= 255)
      }
      await desk.answer(.json(#"{"metadata": {"k": "\#(long)"}}"#))
      guard length > TextLimit.bytes else { return }
      let error = await #expect(throws: NovaError.self) { try await desk.client.metadata(of: "x") }
      #expect(error?.kind == .malformedAnswer && error?.message.contains("longer than") == true)
    }
  }

  @Test(arguments: Wire.both) func `the next page begins behind an image that does not fit`(
    _ wire: Wire
  ) async throws {
    try await ClientDesk.open(wire) { desk in
      await desk.answer(.json(#"{"images": [{"id": "a", "status": "ACTIVE"}, {"id": "x"}]}"#))
      await desk.answer(.json(#"{"images": [{"id": "y"}, {"id": "z"}]}"#))
      await desk.answer(.json(#"{"images": []}"#))
      let (_, unreadable) = try await walk(ImagePages(desk.client, ImageQuery(limit: 2)))
      #expect(unreadable.map(\.id) == ["x", "y", "z"])
      #expect(await desk.asked().map { $0.suffix(8) } == ["?limit=2", "marker=x", "marker=z"])
    }
  }
}
