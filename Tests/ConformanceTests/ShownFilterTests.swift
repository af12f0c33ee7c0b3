import BrowserModel
import Foundation
import NovaClient
import Testing

extension ConformanceTests {
  /// What the program shows for a filter that a person has typed: of all images those that a person would pick by hand
  /// from the full list, whatever the service's own filters mean.
  @Suite struct ShownFilterTests {
    /// A filter as it is typed into the form, and what a person means by it.
    struct Typed: Sendable {
      var texts: [FilterForm.Field: String] = [:]
      var status: ImageStatus?
      var type: ImageType?
      /// Whether at least one image is meant; otherwise none is.
      var finds = true
      var means: @Sendable (Image) -> Bool
    }

    private static func has(_ image: Image, _ text: String) -> Bool { image.name?.contains(text) ?? false }

    private static let server = SeededImage.servers[3]

    /// Each field alone.
    private static let single: [Typed] =
      [
        Typed(texts: [.name: "0012"]) { has($0, "0012") },
        Typed(texts: [.name: "LAB-Image-0001"]) { has($0, "lab-image-0001") },
        Typed(texts: [.name: "=lab-image-00010"]) { $0.name == "lab-image-00010" },
        Typed(texts: [.name: "=LAB-IMAGE-00010"], finds: false) { _ in false },
        Typed(texts: [.name: "!000"]) { !has($0, "000") },
        Typed(texts: [.name: "in:lab-image-00010"], finds: false) { _ in false },
        Typed(texts: [.name: "%"], finds: false) { _ in false },
        Typed(texts: [.minDisk: "5"]) { $0.minDisk >= 5 },
        Typed(texts: [.minDisk: ">= 6"]) { $0.minDisk >= 6 },
        Typed(texts: [.minDisk: "=5"]) { $0.minDisk == 5 },
        Typed(texts: [.minDisk: "<=5"]) { $0.minDisk <= 5 },
        Typed(texts: [.minDisk: "0"]) { _ in true }, Typed(texts: [.minDisk: "=0"]) { $0.minDisk == 0 },
        Typed(texts: [.minDisk: "21"], finds: false) { _ in false },
        Typed(texts: [.minRAM: "300"]) { $0.minRAM >= 300 },
        Typed(texts: [.minRAM: "1 GiB"]) { $0.minRAM >= 1024 },
        Typed(texts: [.minRAM: "=512"]) { $0.minRAM == 512 },
        Typed(texts: [.minRAM: "<=256"]) { $0.minRAM <= 256 },
        Typed(texts: [.server: server]) { $0.server?.id == server },
        Typed(texts: [.server: "https://x/servers/\(server)"]) { $0.server?.id == server },
        Typed(texts: [.server: "none"], finds: false) { _ in false },
        Typed(texts: [.changedSince: "2000-01-01"]) { _ in true },
        Typed(texts: [.changedSince: "2099-01-01T00:00Z"], finds: false) { _ in false },
      ]
      + ImageStatus.known.map { status in
        Typed(status: status, finds: status == .active || status == .saving) { $0.status == status }
      }
      + ImageType.allCases.map { type in Typed(type: type) { $0.type == type } }

    /// Several together.
    private static let combined: [Typed] = [
      Typed(texts: [.minDisk: "5"], status: .saving, type: .snapshot) {
        $0.status == .saving && $0.type == .snapshot && $0.minDisk >= 5
      },
      Typed(texts: [.minRAM: "512", .server: server], status: .active, type: .backup) {
        $0.status == .active && $0.type == .backup && $0.minRAM >= 512 && $0.server?.id == server
      },
      Typed(texts: [.name: "!1", .minDisk: "=10", .minRAM: "<=512"]) {
        !has($0, "1") && $0.minDisk == 10 && $0.minRAM <= 512
      },
      Typed(texts: [.name: "image-001", .changedSince: "2000-01-01"], type: .image) {
        has($0, "image-001") && $0.type == .image
      },
      Typed(
        texts: [.name: "0", .minDisk: "1", .minRAM: "256", .server: server], status: .active, type: .snapshot
      ) {
        $0.status == .active && $0.type == .snapshot && $0.minDisk >= 1 && $0.minRAM >= 256
          && $0.server?.id == server
      },
      Typed(status: .saving, type: .image) { $0.status == .saving && $0.type == .image },
    ]

    @Test @MainActor func `what is shown is what a person would pick by hand`() async throws {
      let client = try CloudUnderTest.here().client()
      let all = try await client.listDetailed().images
      let times = all.compactMap(\.updated).sorted()
      let browser = try await Self.open(client)
      defer { browser.stop() }
      #expect(browser.feed.listing.total == all.count)
      let middle = times[times.count / 2]
      let since = Typed(texts: [.changedSince: Timestamp.format(middle)]) {
        $0.updated.map { $0 >= middle } ?? false
      }
      for typed in Self.single + Self.combined + [since] {
        await Self.type(typed, into: browser)
        let expected = all.filter(typed.means).compactMap(\.name).sorted()
        #expect(browser.feed.listing.rows.map(\.image.name) == expected, "\(typed)")
        #expect(expected.isEmpty != typed.finds, "\(typed)")
      }
    }

    @Test @MainActor func `what the service is asked leaves nothing out that is shown`() async throws {
      let client = try CloudUnderTest.here().client()
      let browser = try await Self.open(client)
      defer { browser.stop() }
      var questions = 0
      for typed in Self.single + Self.combined {
        await Self.type(typed, into: browser)
        guard let question = browser.filter.serviceQuestion else { continue }
        questions += 1
        let answered = Set(try await client.list(question).images.map(\.id))
        let shown = Set(browser.feed.listing.rows.map(\.image.id))
        #expect(shown.isSubset(of: answered), "\(typed)")
      }
      #expect(questions > 15)
    }

    /// A browser that has read everything.
    @MainActor private static func open(_ client: ImagesClient) async throws -> Browser {
      let place = Place(cloud: "conformance")
      let browser = Browser(client: client, place: place, interval: .seconds(3600))
      browser.start { place }
      await browser.settled()
      try #require(browser.feed.reading.isComplete && browser.feed.connection == .live)
      return browser
    }

    /// Fills in the filter form, as by keys.
    @MainActor private static func type(_ typed: Typed, into browser: Browser) async {
      _ = browser.perform(.filterForm)
      _ = browser.perform(.clearForm)
      for field in FilterForm.Field.allCases {
        switch field {
        case .status: choose(ImageStatus.known.firstIndex { $0 == typed.status }, in: browser)
        case .type: choose(ImageType.allCases.firstIndex { $0 == typed.type }, in: browser)
        default: typed.texts[field].map { _ = browser.perform(.type(.insert($0))) }
        }
        _ = browser.perform(.nextField)
      }
      _ = browser.perform(.accept)
      await browser.settled()
    }

    @MainActor private static func choose(_ index: Int?, in browser: Browser) {
      for _ in 0..<(index.map { $0 + 1 } ?? 0) { _ = browser.perform(.type(.right)) }
    }
  }
}
