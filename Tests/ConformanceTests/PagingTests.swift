import Foundation
import NovaClient
import Testing

extension ConformanceTests {
  @Suite struct PagingTests {
    private func ids(_ pages: ImagePages) async throws -> [[Image.ID]] {
      var ids: [[Image.ID]] = []
      for try await page in pages { ids.append(page.images.map(\.id)) }
      return ids
    }

    @Test(arguments: [30, 249, 1000, 2000])
    func `pages of any length make up the whole list`(_ limit: Int) async throws {
      let client = try CloudUnderTest.here().client()
      let all = try await client.list().images.map(\.id)
      let pages = try await ids(ImagePages(client, ImageQuery(limit: limit)))
      #expect(pages.flatMap { $0 } == all)
      #expect(pages.dropLast().allSatisfy { $0.count == min(limit, 1000) })
    }

    @Test func `the first page may be shorter`() async throws {
      let client = try CloudUnderTest.here().client()
      let all = try await client.list().images.map(\.id)
      let pages = try await ids(ImagePages(client, ImageQuery(limit: 100), firstLimit: 18))
      #expect(pages.flatMap { $0 } == all)
      #expect(pages.prefix(2).map(\.count) == [18, 100])
    }

    @Test func `a page may be full and the last`() async throws {
      let client = try CloudUnderTest.here().client()
      let all = try await client.list().images.map(\.id)
      let full = try await client.listDetailed(ImageQuery(limit: all.count))
      #expect(full.images.map(\.id) == all && full.hasNextLink)
      let behind = try await client.listDetailed(ImageQuery(limit: all.count, marker: all.last))
      #expect(behind.images.isEmpty && !behind.hasNextLink)
      let short = try await client.listDetailed(ImageQuery(limit: all.count + 1))
      #expect(short.images.map(\.id) == all && !short.hasNextLink)
    }

    @Test(arguments: ["2000", "999999999999999999999"])
    func `a limit above 1,000 is obeyed`(_ limit: String) async throws {
      let cloud = try CloudUnderTest.here()
      let all = try await cloud.client().list().images.count
      let answer = try await cloud.get(["images"], [("limit", limit)])
      #expect(answer.json["images"]?.array?.count == all && answer.json["images_links"] == nil)
    }

    @Test(arguments: [
      ("0", "0 is less than the minimum of 1"), ("-1", "'-1' does not match '^[0-9]*$'"),
      ("abc", "'abc' does not match '^[0-9]*$'"), ("1.5", "'1.5' does not match '^[0-9]*$'"),
      ("+5", "'+5' does not match '^[0-9]*$'"), ("", "'' should be non-empty"),
    ])
    func `a limit that is none is refused`(_ limit: String, _ words: String) async throws {
      let answer = try await CloudUnderTest.here().get(["images", "detail"], [("limit", limit)])
      #expect(answer.error.kind == .badRequest)
      #expect(
        answer.error.message == "Invalid input for query parameters limit. Value: \(limit). \(words)")
    }

    @Test func `the link to the next page repeats the question`() async throws {
      let cloud = try CloudUnderTest.here()
      let answer = try await cloud.get(
        ["images", "detail"], [("status", "active"), ("limit", "2"), ("minDisk", "5")])
      let last = try #require(answer.json["images"]?.array?.last?["id"]?.string)
      let link = try #require(answer.json["images_links"]?.array?.first)
      #expect(link["rel"] == "next")
      #expect(
        link["href"]?.string?.hasSuffix("/images/detail?limit=2&minDisk=5&status=active&marker=\(last)")
          == true)
    }

    @Test func `an empty marker is none`() async throws {
      let cloud = try CloudUnderTest.here()
      let all = try await cloud.client().list().images.map(\.id.rawValue)
      let answer = try await cloud.get(["images"], [("marker", "")])
      #expect(answer.json["images"]?.array?.map { $0["id"]?.string } == all)
    }

    @Test(arguments: ["00000000-0000-4000-a000-000000000000", "nope"])
    func `a marker that is not there is refused`(_ marker: String) async throws {
      let client = try CloudUnderTest.here().client()
      let error = await #expect(throws: NovaError.self) {
        try await client.list(ImageQuery(marker: Image.ID(marker)))
      }
      #expect(error?.kind == .badRequest)
      #expect(error?.message == "HTTP 400 Bad Request: No image found with ID \(marker)")
    }

    @Test func `the list starts again when its marker is deleted meanwhile`() async throws {
      let cloud = try CloudUnderTest.here()
      let client = try cloud.client()
      let image = try await cloud.image(102)
      let all = try await client.list().images.map(\.id)
      let place = try #require(all.firstIndex(of: image.id))
      var pages = ImagePages(client, ImageQuery(limit: place + 1)).makeAsyncIterator()
      var found = Set(try await pages.next()?.images.map(\.id) ?? [])
      #expect(found.contains(image.id))
      try await client.delete(image.id)
      while let page = try await pages.next() { found.formUnion(page.images.map(\.id)) }
      #expect(found == Set(all))
    }

    @Test func `an image that spoils its page is stepped over and can be deleted`() async throws {
      let cloud = try CloudUnderTest.here()
      let client = try cloud.client()
      let image = try await cloud.image(142)
      let all = try await client.list().images.map(\.id)
      // The service takes this, and from then on cannot read the image.
      let write = await #expect(throws: NovaError.self) {
        try await client.setMetadataItem("mappings", to: "no JSON", of: image.id)
      }
      #expect(write?.message.hasSuffix("<class 'json.decoder.JSONDecodeError'>") == true)
      let reading = await #expect(throws: NovaError.self) { try await client.listDetailed() }
      #expect(reading?.kind == .serverError && reading?.message == write?.message)
      var found: [Image.ID] = []
      var unreadable: [UnreadableImage] = []
      for try await page in ImagePages(client, ImageQuery(limit: 100)) {
        found += page.images.map(\.id)
        unreadable += page.unreadable
      }
      try await client.delete(image.id)
      #expect(found == all.filter { $0 != image.id })
      #expect(unreadable.count == 1)
      #expect(try await client.list().images.map(\.id) == found)
    }
  }
}
