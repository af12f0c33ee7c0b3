import BrowserModel
import NovaClient
import Testing

extension ConformanceTests {
  /// Every way to change metadata in the program: the service holds afterwards what the review has said.
  @Suite @MainActor struct EditingTests {
    /// A person who has the editor open on an image.
    private func editing(
      _ number: Int = 2,
      from items: [String: String] = ["hw_disk_bus": "ide", "note": "a", "os_distro": "x"],
      _ body: (EditingDesk, Image.ID) async throws -> Void
    ) async throws {
      try await CloudUnderTest.here().editing(number, from: items) { _, id in
        let desk = try await EditingDesk()
        try await desk.edit("=\(SeededImage(number: number).name)")
        try await body(desk, id)
        try desk.leave()
      }
    }

    @Test func `one changed key is read, written and read again, and nothing more`() async throws {
      try await editing { desk, id in
        try await desk.set("hw_disk_bus", to: "virtio")
        let requests = try await desk.requests { await desk.press(.review, .accept) }
        #expect(requests == ["GET metadata", "PUT metadata/hw_disk_bus", "GET metadata"])
        #expect(try await desk.held(id) == ["hw_disk_bus": "virtio", "note": "a", "os_distro": "x"])
      }
    }

    @Test func `ten added and changed keys are one write`() async throws {
      try await editing { desk, id in
        for number in 1...8 { try await desk.set("key-\(number)", to: "\(number)") }
        try await desk.set("note", to: "b")
        try await desk.set("os_distro", to: "debian")
        let requests = try await desk.requests { try await desk.save() }
        // The last one is the test's own.
        #expect(requests == ["GET metadata", "POST metadata", "GET metadata", "GET metadata"])
        #expect(try await desk.held(id).count == 11)
      }
    }

    @Test func `a draft that changes nothing sends nothing`() async throws {
      try await editing { desk, _ in
        let requests = try await desk.requests {
          try await desk.set("note", to: "b")
          try await desk.set("note", to: "a")
          try await desk.delete("hw_disk_bus")
          await desk.press(.undo, .review)
        }
        #expect(requests == [])
        #expect(desk.browser.notice?.text == "Nothing is changed, so there is nothing to send.")
        #expect(try desk.editor.session.changeCount == 0)
      }
    }

    @Test func `a rename adds before it deletes`() async throws {
      try await editing { desk, id in
        try await desk.rename("note", to: "remark")
        let requests = try await desk.requests { await desk.press(.review, .accept) }
        #expect(
          requests == ["GET metadata", "PUT metadata/remark", "DELETE metadata/note", "GET metadata"])
        #expect(try await desk.held(id) == ["hw_disk_bus": "ide", "remark": "a", "os_distro": "x"])
      }
    }

    @Test func `what is deleted is gone, and nothing else`() async throws {
      try await editing { desk, id in
        try await desk.delete("hw_disk_bus")
        try await desk.delete("os_distro")
        try await desk.save()
        #expect(try await desk.held(id) == ["note": "a"])
      }
    }

    @Test func `everything at once`() async throws {
      try await editing(17) { desk, id in
        try await desk.set("added", to: #"C:\path"#)
        try await desk.set("hw_disk_bus", to: "scsi")
        try await desk.rename("os_distro", to: "os_type")
        try await desk.delete("note")
        try await desk.set("mappings", to: #"[ {"virtual": "ami", "device": "sda1"} ]"#)
        try await desk.save()
        #expect(
          try await desk.held(id) == [
            "added": #"C:\path"#, "hw_disk_bus": "scsi", "os_type": "x",
            "mappings": #"[{"device":"sda1","virtual":"ami"}]"#,
          ])
      }
    }

    @Test func `what an external editor leaves is one write of everything`() async throws {
      try await editing { desk, id in
        try await desk.replace(with: "hw_disk_bus: virtio\nadded: \"two\\nlines\"\nos_distro: x\n")
        let requests = try await desk.requests { await desk.press(.review, .accept) }
        // Read once more right before it, since it takes along whatever came in between.
        #expect(requests == ["GET metadata", "GET metadata", "PUT metadata", "GET metadata"])
        let wanted = ["hw_disk_bus": "virtio", "added": "two\nlines", "os_distro": "x"]
        #expect(try await desk.held(id) == wanted)
      }
    }

    @Test func `a value that moves to another key in an external editor is not a 500`() async throws {
      try await editing { desk, id in
        try await desk.replace(with: "remark: a\nos_distro: y\n")
        try await desk.save()
        #expect(try await desk.held(id) == ["remark": "a", "os_distro": "y"])
      }
    }

    @Test func `a change is taken back`() async throws {
      try await editing { desk, id in
        let before = try await desk.held(id)
        try await desk.rename("note", to: "remark")
        try await desk.set("hw_disk_bus", to: "virtio")
        try await desk.save()
        await desk.press(.takeBack, .accept)
        #expect(desk.browser.overlay == nil)
        #expect(try await desk.held(id) == before)
      }
    }

    @Test func `the same goes to many, each from where it stands`() async throws {
      let cloud = try CloudUnderTest.here()
      let desk = try await EditingDesk()
      try await desk.edit("lab-image-0003", many: true)
      let ids = try desk.editor.session.subjects.map(\.id)
      #expect(ids.count == 10)
      let before = try await held(ids, desk)
      try await desk.set("hw_disk_bus", to: "virtio")
      try await desk.rename("lab_index", to: "index")
      try await desk.delete("os_distro")
      // One of them is public and the administrator's.
      let theirs = try await cloud.image(39).id
      await desk.press(.review)
      let review = try desk.review
      await desk.press(.accept)
      #expect(try desk.review.failed.map(\.id) == [theirs])
      for item in review.items {
        let merge = try #require(item.merge)
        #expect(try await desk.held(item.id) == (item.id == theirs ? merge.now : merge.result))
      }
      // What could be done is taken back as one.
      await desk.press(.accept, .drafts, .deleteKey, .confirm, .takeBack)
      #expect(try desk.review.items.count == 9)
      await desk.press(.accept, .accept)
      #expect(desk.browser.overlay == nil)
      #expect(try await held(ids, desk) == before, "\(desk.browser.notice?.text ?? "")")
      try desk.leave()
    }

    private func held(_ ids: [Image.ID], _ desk: EditingDesk) async throws -> [Image.ID: [String: String]] {
      var held: [Image.ID: [String: String]] = [:]
      for id in ids { held[id] = try await desk.held(id) }
      return held
    }
  }
}
