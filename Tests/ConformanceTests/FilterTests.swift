import Foundation
import NovaClient
import Testing

extension ConformanceTests {
  /// What each parameter of a list finds: of all images those, in the same order, that its meaning picks.
  @Suite struct FilterTests {
    /// A question, as it goes over the wire, and what it means.
    private struct Question {
      var query: [(String, String)]
      var means: (Image) -> Bool

      init(_ query: (String, String)..., means: @escaping (Image) -> Bool) {
        self.query = query
        self.means = means
      }

      /// A question that finds nothing.
      static func none(_ name: String, _ value: String) -> Question { Question((name, value)) { _ in false } }
    }

    private func check(_ questions: [Question]) async throws {
      let cloud = try CloudUnderTest.here()
      let all = try await cloud.client().listDetailed().images
      for question in questions {
        let expected = all.filter(question.means).map(\.id.rawValue)
        let answer = try await cloud.get(["images", "detail"], question.query)
        #expect(answer.status == 200, "\(question.query): \(answer.text)")
        let found = answer.json["images"]?.array?.map { $0["id"]?.string }
        #expect(found == expected, "\(question.query)")
      }
    }

    @Test func `a name means exactly that name`() async throws {
      try await check([
        Question(("name", "lab-image-00010")) { $0.name == "lab-image-00010" },
        Question(("name", "in:lab-image-00010,lab-image-00011")) {
          $0.name == "lab-image-00010" || $0.name == "lab-image-00011"
        },
        .none("name", "lab-image"), .none("name", "LAB-IMAGE-00010"), .none("name", "lab-image-0001%"),
        .none("name", ""), .none("name", "é,漢 &=+"), .none("name", "lab-image-00010 "),
      ])
    }

    @Test func `names can be asked for several at a time, with commas in quotation marks`() async throws {
      try await check([
        Question(("name", "in:\"lab-image-00010\",lab-image-00011")) {
          $0.name == "lab-image-00010" || $0.name == "lab-image-00011"
        },
        Question(("name", "in:,lab-image-00010,")) { $0.name == "lab-image-00010" },
        Question(("name", "eq:lab-image-00010")) { $0.name == "lab-image-00010" },
        .none("name", "in:"), .none("name", "in:\"lab-image-00010,lab-image-00011\""),
        .none("name", "in:LAB-IMAGE-00010,lab"),
      ])
      let cloud = try CloudUnderTest.here()
      for (value, reason) in [
        ("web:1", "Unable to filter by unknown operator &#x27;web&#x27;."),
        ("in:a\"b", "Invalid filter value a&quot;b. There is no comma before opening quotation mark."),
        ("in:\"a\"b", "Invalid filter value &quot;a&quot;b. There is no comma after closing quotation mark."),
        ("in:\"a", "Invalid filter value &quot;a. The quote is not closed."),
      ] {
        let answer = try await cloud.get(["images"], [("name", value)])
        #expect(answer.status == 400)
        #expect(answer.json["badRequest"]?["message"]?.string == "HTTP 400 Bad Request: \(reason)")
      }
    }

    @Test func `a status is asked in the image service's words`() async throws {
      try await check([
        Question(("status", "ACTIVE")) { $0.status == .active },
        Question(("status", "active")) { $0.status == .active },
        Question(("status", "QUEUED")) { $0.status == .saving },
        Question(("status", "in:queued,saving")) { $0.status == .saving },
        Question(("status", "in:active,queued")) { _ in true },
        Question(("status", "in:deactivated,importing,uploading")) { $0.status == .unknown },
        Question(("status", "SAVING"), ("status", "ACTIVE")) { $0.status == .active },
        .none("status", "SAVING"), .none("status", "ERROR"), .none("status", "DELETED"),
        .none("status", "UNKNOWN"), .none("status", "killed"), .none("status", "bogus"), .none("status", ""),
      ])
    }

    @Test func `a disk and a memory mean exactly so much`() async throws {
      let sizes = [0, 1, 4, 5, 10, 20, 256, 512, 1024]
      try await check(
        sizes.flatMap { size in
          [
            Question(("minDisk", String(size))) { $0.minDisk == size },
            Question(("minRam", String(size))) { $0.minRAM == size },
          ]
        }
          + ["abc", "-1", "1.5", "", "gte:5"].flatMap { [.none("minDisk", $0), .none("minRam", $0)] })
    }

    @Test func `a type is what the metadata says`() async throws {
      try await check([
        Question(("type", "snapshot")) { $0.type == .snapshot },
        Question(("type", "backup")) { $0.type == .backup },
        .none("type", "image"), .none("type", "SNAPSHOT"), .none("type", "base"), .none("type", ""),
      ])
    }

    @Test func `a server is an id or the end of a URL`() async throws {
      let server = SeededImage.servers[1]
      try await check([
        Question(("server", server)) { $0.server?.id == server },
        Question(("server", "http://elsewhere:1/v2.1/servers/\(server)")) { $0.server?.id == server },
        .none("server", "http://elsewhere/servers/\(server)/"), .none("server", server.uppercased()),
        .none("server", "none"),
      ])
    }

    @Test func `changed since means at that time or later, in any usual form`() async throws {
      let all = try await CloudUnderTest.here().client().listDetailed().images
      let times = all.compactMap(\.updated).sorted()
      for place in [0, times.count / 2, times.count * 9 / 10, times.count - 1] {
        let time = times[place]
        try await check([
          Question(("changes-since", Timestamp.format(time))) { $0.updated.map { $0 >= time } ?? false }
        ])
      }
      let last = try #require(times.last)
      let bare = String(Timestamp.format(last).dropLast())
      try await check(
        [bare, bare + "+00:00", bare + ".000000Z", bare.replacingOccurrences(of: "T", with: " ")].map {
          form in
          Question(("changes-since", form)) { $0.updated == last }
        })
      try await check([.none("changes-since", "2099-01-01T00:00:00Z")])
    }

    @Test(arguments: [
      "bogus", "", "1795435200", "2026-02-30T00:00:00Z", "2026-11-23t00:00:00Z", "gte:2026-11-23",
    ])
    func `changed since something that is no time is refused`(_ time: String) async throws {
      let answer = try await CloudUnderTest.here().get(["images"], [("changes-since", time)])
      #expect(answer.error.kind == .badRequest)
      #expect(
        answer.error.message
          == #"HTTP 400 Bad Request: Bad "updated_at" query filter format. Use ISO 8601 DateTime notation."#)
    }

    @Test func `parameters combine with AND`() async throws {
      let server = SeededImage.servers[2]
      try await check([
        Question(("minDisk", "5"), ("minRam", "512")) { $0.minDisk == 5 && $0.minRAM == 512 },
        Question(("server", server), ("type", "backup")) { $0.server?.id == server && $0.type == .backup },
        Question(("minDisk", "10"), ("minRam", "512"), ("status", "ACTIVE"), ("type", "snapshot")) {
          $0.minDisk == 10 && $0.minRAM == 512 && $0.status == .active && $0.type == .snapshot
        },
        Question(("name", "lab-image-00010"), ("status", "in:queued,saving")) { _ in false },
      ])
    }

    @Test func `other spellings are ignored`() async throws {
      try await check([
        Question(
          ("min_disk", "5"), ("min_ram", "512"), ("changes_since", "2099-01-01T00:00:00Z"),
          ("image_type", "backup"), ("instance_uuid", "x"), ("owner", "x"), ("visibility", "public"),
          ("sort_key", "name"), ("minDisk", "5")
        ) { $0.minDisk == 5 }
      ])
    }

    @Test func `the list of names understands the same`() async throws {
      let client = try CloudUnderTest.here().client()
      let query = ImageQuery(
        changesSince: Date(timeIntervalSince1970: 0), server: SeededImage.servers[1], status: "active",
        minDisk: 10,
        minRAM: 256, type: "backup", limit: 3,
        marker: try await client.list(ImageQuery(limit: 1)).images.first?.id)
      let details = try await client.listDetailed(query).images
      let names = try await client.list(query).images
      #expect(names.map(\.id) == details.map(\.id))
      let server = SeededImage.servers[1]
      #expect(
        !details.isEmpty
          && details.allSatisfy {
            $0.server?.id == server && $0.status == .active && $0.minDisk == 10 && $0.minRAM == 256
              && $0.type == .backup
          })
    }

    @Test func `filters and pages go together`() async throws {
      let client = try CloudUnderTest.here().client()
      let all = try await client.listDetailed().images
      let expected = all.filter { $0.type == .backup && $0.status == .active }.map(\.id)
      var found: [Image.ID] = []
      for try await page in ImagePages(client, ImageQuery(status: "active", type: "backup", limit: 20)) {
        found += page.images.map(\.id)
      }
      #expect(found == expected && found.count > 40)
    }
  }
}
