import BrowserModel
import NovaClient
import Testing

extension ConformanceTests {
  /// What cannot be done is said where it was typed and not sent, or, where only the service knows, at the entry.
  @Suite @MainActor struct EditingRefusalTests {
    /// An item that no service would store, and a part of the reason.
    private static let items: [(key: String, value: String, reason: String)] =
      [
        (String(repeating: "k", count: 256), "v", "255 characters"), ("a/b", "v", "\"/\""),
        ("caf\u{E9}", "v", "é"),
        (" lead", "v", "space"), ("trail ", "v", "space"), ("orig", "v", "already"),
        ("long", String(repeating: "v", count: 256), "255 characters"), ("smile", "a😀", "😀"),
        ("mappings", "no JSON", "JSON list"), ("mappings", "{}", "JSON list"),
        ("block_device_mapping", "[1,", "JSON list"), ("kernel_id", "none", "change nothing"),
      ]
      + [
        "name", "owner", "id", "visibility", "min_disk", "min_ram", "checksum", "disk_format",
        "container_format", "os_hidden", "size", "status", "protected", "tags", "created_at", "updated_at",
        "os_glance_x",
      ].map { ($0, "v", $0.hasPrefix("os_glance") ? "os_glance" : "\"\($0)\"") }

    @Test func `nothing that a service would not store is taken, or sent`() async throws {
      try await CloudUnderTest.here().editing(5) { _, id in
        let desk = try await EditingDesk()
        try await desk.edit("=\(SeededImage(number: 5).name)")
        let requests = try await desk.requests {
          for (key, value, reason) in Self.items {
            await desk.press(.addKey, .type(.insert(key)), .accept)
            if try desk.editor.field?.kind == .newValue {
              await desk.press(.type(.insert(value)), .accept)
            }
            let refused = try desk.editor.field?.refused
            #expect(refused?.contains(reason) == true, "\(key.prefix(20)): \(refused ?? "taken")")
            await desk.press(.back)
          }
          await desk.press(.review)
        }
        #expect(requests == [])
        #expect(try desk.editor.session.changeCount == 0)
        try desk.leave()
      }
    }

    @Test func `the 129th item is refused, also when somebody else was faster`() async throws {
      let items = Dictionary(uniqueKeysWithValues: (0..<127).map { ("k\($0)", "v") })
      try await CloudUnderTest.here().editing(2, from: items) { client, id in
        let desk = try await EditingDesk()
        try await desk.edit("=\(SeededImage(number: 2).name)")
        try await desk.set("mine", to: "v")
        await desk.press(.addKey, .type(.insert("more")), .accept)
        #expect(try desk.editor.field?.refused == "an image can have 128 items")
        await desk.press(.back)
        _ = try await client.setMetadataItem("theirs", to: "v", of: id)
        await desk.press(.review)
        let requests = try await desk.requests { await desk.press(.accept) }
        #expect(requests == [])
        #expect(desk.browser.notice?.text.contains("129 items") == true)
        #expect(try await desk.held(id) == items.merging(["theirs": "v"]) { $1 })
        await desk.press(.back)
        #expect(try desk.editor.session.changeCount == 1)
        try desk.leave()
      }
    }

    @Test(arguments: [(2, CloudUnderTest.Account.reader), (19, .member), (19, .alt)])
    func `who may not is told so at the entry, and keeps the draft`(
      _ number: Int, _ account: CloudUnderTest.Account
    ) async throws {
      let desk = try await EditingDesk(account)
      try await desk.edit("=\(SeededImage(number: number).name)")
      let id = try #require(try desk.editor.session.subjects.first).id
      let before = try await desk.held(id)
      try await desk.set("architecture", to: "other")
      await desk.press(.review, .accept)
      let editor = try desk.editor
      #expect(editor.refusals.keys.sorted() == ["architecture"])
      #expect(editor.session.changeCount == 1)
      #expect(desk.browser.drafts.count == 1)
      #expect(desk.browser.notice?.weight == .problem)
      #expect(try await desk.held(id) == before)
      try desk.leave()
    }

    @Test func `a rename that is refused is not half done`() async throws {
      let desk = try await EditingDesk(.reader)
      try await desk.edit("=\(SeededImage(number: 2).name)")
      let id = try #require(try desk.editor.session.subjects.first).id
      let before = try await desk.held(id)
      try await desk.rename("architecture", to: "arch")
      await desk.press(.review)
      let requests = try await desk.requests { await desk.press(.accept) }
      // The key that goes is not asked for when the one that comes was refused.
      #expect(requests.filter { !$0.hasPrefix("GET") } == ["PUT metadata/arch"])
      #expect(try desk.editor.refusals["arch"] != nil)
      #expect(try desk.editor.session.changeCount == 2 && desk.browser.drafts.count == 1)
      #expect(try await desk.held(id) == before)
      try desk.leave()
    }
  }
}
