import Pilot
import SandboxCloud
import Testing

/// What somebody does who edits metadata by hand, key by key on a real terminal.
@Suite(.serialized) struct EditingJourneyTests {
  @Test func `a value is changed, however fast the keys come`() async throws {
    try await withImage { image in
      let novalens = try await image.browse()
      await novalens.send("ei<C-u>scsi<Enter>")
      try await novalens.waitFor("was: ide")
      await novalens.send("<C-s>")
      try await novalens.waitFor("PUT …/metadata/hw_disk_bus")
      await novalens.send("<Enter>")
      try await novalens.waitFor("Saved 1 change to amber; z takes it back.")
      #expect(await image.held == ["hw_disk_bus": "scsi", "note": "first", "os_distro": "debian"])
      #expect(try image.drafts.isEmpty)
    }
  }

  @Test func `Tab completes keys and values, and the property is explained`() async throws {
    try await withImage { image in
      let novalens = try await image.browse()
      await novalens.send("eahw_cdrom<Tab>")
      try await novalens.waitFor("+ hw_cdrom_bus")
      await novalens.send("<Enter>sat<Tab>")
      try await novalens.waitUntil("the value is completed and explained") {
        $0.text.contains("sata") && $0.text.contains("hw_cdrom_bus: ")
      }
      await novalens.send("<Enter>w")
      try await novalens.waitFor("PUT …/metadata/hw_cdrom_bus")
      await novalens.send("<Enter>")
      try await novalens.waitFor("Saved 1 change")
      #expect(await image.held["hw_cdrom_bus"] == "sata")
    }
  }

  @Test func `a key is renamed, another deleted, a third deleted and brought back`() async throws {
    try await withImage { image in
      let novalens = try await image.browse()
      await novalens.send("edjR<C-u>remark<Enter>")
      try await novalens.waitFor("was called note")
      await novalens.send("kdd<C-s>")
      try await novalens.waitFor("DELETE …/metadata/note")
      await novalens.send("<Enter>")
      try await novalens.waitFor("Saved 3 changes")
      #expect(await image.held == ["os_distro": "debian", "remark": "first"])
    }
  }

  @Test func `every step is undone and done again`() async throws {
    try await withImage { image in
      let novalens = try await image.browse()
      await novalens.send("edjdjd")
      try await novalens.waitFor("3 unsaved changes")
      await novalens.send("zzz")
      try await novalens.waitFor("no changes")
      await novalens.send("zZZ")
      try await novalens.waitFor("2 unsaved changes")
      await novalens.send("<C-s>")
      try await novalens.waitFor("DELETE …/metadata/note")
      await novalens.send("<Enter>")
      try await novalens.waitFor("Saved 2 changes")
      #expect(await image.held == ["os_distro": "debian"])
    }
  }

  @Test func `what a colleague changes meanwhile is asked about, and nothing is sent before`() async throws {
    try await withImage { image in
      let novalens = try await image.browse()
      await novalens.send("ei<C-u>scsi<Enter>ji<C-u>mine<Enter>")
      try await novalens.waitFor("2 unsaved changes")
      await image.set("hw_disk_bus", to: "virtio")
      await image.set("note", to: "theirs")
      await image.set("os_distro", to: "fedora")
      await novalens.send("<C-s>")
      try await novalens.waitFor("2 conflicts open")
      await novalens.send("<Enter>")
      try await novalens.waitFor("First choose m (mine) or t (theirs)")
      #expect(await image.cloud.writes == 0)
      await novalens.send("mt<Enter>")
      try await novalens.waitFor("Saved 1 change")
      #expect(await image.held == ["hw_disk_bus": "scsi", "note": "theirs", "os_distro": "fedora"])
    }
  }

  @Test func `the same goes to all that are marked, and z takes it back as one`() async throws {
    try await withCloud("amber", "birch", "cedar") { cloud in
      let novalens = try await cloud.editAll(3)
      await novalens.send("i<C-u>new<Enter>ahw_disk_bus<Enter>virtio<Enter>w")
      try await novalens.waitFor("note: 3 old → new")
      await novalens.send("<Enter>")
      try await novalens.waitFor("Saved 6 changes to 3 images")
      for image in await cloud.sandbox.allImages {
        #expect(image.properties["note"] == "new" && image.properties["hw_disk_bus"] == "virtio")
      }
      await novalens.send("<Enter>z")
      try await novalens.waitFor("note: 3 new → old")
      await novalens.send("<Enter>")
      try await novalens.waitFor("Took 6 changes to 3 images back")
      for image in await cloud.sandbox.allImages {
        #expect(image.properties["note"] == "old" && image.properties["hw_disk_bus"] == nil)
      }
    }
  }

  @Test func `an image of a draft of several is edited by itself`() async throws {
    try await withCloud("amber", "birch") { cloud in
      let novalens = try await cloud.editAll(2)
      await novalens.send("i<C-u>both<Enter>")
      try await novalens.waitFor("1 unsaved change")
      await novalens.send("<Esc><Esc>")
      try await novalens.waitFor("Marks cleared")
      await novalens.send("e")
      try await novalens.waitFor("Unsaved edits of 2 images, it among them, are kept: Esc and u list them.")
      await novalens.send("i<C-u>one<Enter>w")
      try await novalens.waitFor("PUT …/metadata/note")
      await novalens.send("<Enter>")
      try await novalens.waitFor("Saved 1 change")
      await novalens.send("u")
      try await novalens.waitFor("1 change, ")
      await novalens.send("<Enter>w")
      try await novalens.waitFor("1 conflict open")
      await novalens.send("t<Enter>")
      try await novalens.waitFor("Saved 1 change")
      #expect(Set(await cloud.sandbox.allImages.map { $0.properties["note"] }) == ["one", "both"])
    }
  }

  @Test func `what a colleague does to an item that is being renamed is asked about`() async throws {
    try await withImage { image in
      let novalens = try await image.browse()
      await novalens.send("eR<C-u>hw_cdrom_bus<Enter>")
      try await novalens.waitFor("renamed to hw_cdrom_bus")
      await image.set("hw_disk_bus", to: "scsi")
      await novalens.send("w")
      try await novalens.waitFor("t theirs: scsi")
      await novalens.send("t<Enter>")
      try await novalens.waitFor("Saved 2 changes")
      #expect(await image.held == ["hw_cdrom_bus": "scsi", "note": "first", "os_distro": "debian"])
    }
  }

  @Test func `a second program says that the first has unsaved edits of the image`() async throws {
    try await withImage { image in
      let novalens = try await image.browse()
      await novalens.send("ed")
      try await novalens.waitFor("1 unsaved change")
      let second = try await image.browse()
      await second.send("e")
      try await second.waitFor("Another novalens has unsaved edits of it open.")
      await second.send("jd")
      try await second.waitFor("1 unsaved change")
      #expect(try image.drafts.count == 2)
    }
  }

  @Test func `a save is taken back`() async throws {
    try await withImage { image in
      let novalens = try await image.browse()
      await novalens.send("edw")
      try await novalens.waitFor("DELETE …/metadata/hw_disk_bus")
      await novalens.send("<Enter>")
      try await novalens.waitFor("Saved 1 change")
      await novalens.send("z")
      try await novalens.waitFor("PUT …/metadata/hw_disk_bus")
      await novalens.send("<Enter>")
      try await novalens.waitFor("Took 1 change to amber back")
      #expect(await image.held["hw_disk_bus"] == "ide")
    }
  }

  @Test func `unsaved edits are marked, listed, gone on with and thrown away`() async throws {
    try await withImage { image in
      let novalens = try await image.browse()
      await novalens.send("ed<Esc>")
      try await novalens.waitFor("1 unsaved change is kept")
      try await novalens.waitFor("✎▌ amber")
      await novalens.send("u")
      try await novalens.waitFor("1 change, ")
      await novalens.send("<Enter>")
      try await novalens.waitFor("1 unsaved change")
      await novalens.send("<Esc>u")
      try await novalens.waitFor("Unsaved edits")
      await novalens.send("D")
      try await novalens.waitFor("Throw the unsaved edits of amber away?")
      await novalens.send("n")
      try await novalens.waitUntil("they are there still") { !$0.text.contains("Throw the unsaved edits") }
      await novalens.send("D")
      try await novalens.waitFor("Throw the unsaved edits of amber away?")
      await novalens.send("y")
      try await novalens.waitFor("were thrown away")
      #expect(try image.drafts.isEmpty)
      #expect(await image.cloud.writes == 0)
    }
  }

  @Test func `leaving with unsaved edits asks, and the next start brings them back`() async throws {
    try await withImage { image in
      let novalens = try await image.browse()
      await novalens.send("ed<Esc>q")
      try await novalens.waitFor("Leave with unsaved edits?")
      await novalens.send("n")
      try await novalens.waitFor("✎▌ amber")
      await novalens.send("q")
      try await novalens.waitFor("Leave with unsaved edits?")
      await novalens.send("y")
      #expect(try await novalens.exitStatus() == 0)
      let next = try await image.browse(saying: "1 draft with unsaved edits")
      await next.send("e")
      try await next.waitFor("1 unsaved change")
      try await next.waitFor("will be deleted")
    }
  }

  @Test func `a read-only session shows the editor and changes nothing`() async throws {
    try await withImage { image in
      let novalens = try await image.browse("--read-only")
      await novalens.send("edaiRw")
      try await novalens.waitUntil("the editor says why") {
        $0.text.contains("This session is read-only") && $0.text.contains("no changes")
      }
      await novalens.send("<Esc>z")
      try await novalens.waitFor("Nothing is taken back: this session is read-only")
      #expect(await image.cloud.writes == 0)
      #expect(try image.drafts.isEmpty)
    }
  }

  @Test func `a file takes the place of all`() async throws {
    try await withImage { image in
      try image.cloud.workplace.write("hw_disk_bus: virtio\nnote: first\n", to: "wanted.yaml")
      let novalens = try await image.browse()
      await novalens.send("erwan<Tab>")
      try await novalens.waitFor("Replace all with the file wanted.yaml")
      await novalens.send("<Enter>")
      try await novalens.waitFor("2 unsaved changes")
      await novalens.send("w")
      try await novalens.waitFor("PUT …/metadata  (all 2)")
      await novalens.send("<Enter>")
      try await novalens.waitFor("Saved 2 changes to amber")
      #expect(await image.held == ["hw_disk_bus": "virtio", "note": "first"])
    }
  }

  @Test func `what is pasted is data, line breaks and all`() async throws {
    try await withImage { image in
      let novalens = try await image.browse()
      await novalens.send("eji<C-u>")
      await novalens.send(bytes: Array("\u{1B}[200~one\nw\ttwo\\n\u{1B}[201~".utf8))
      try await novalens.waitFor(#"one\nw\ttwo\\n"#)
      await novalens.send("<Enter>w")
      try await novalens.waitFor("PUT …/metadata/note")
      await novalens.send("<Enter>")
      try await novalens.waitFor("Saved 1 change")
      #expect(await image.held["note"] == "one\nw\ttwo\\n")
    }
  }

  @Test func `without Unicode one sees all the same what one types`() async throws {
    try await withImage { image in
      let novalens = try image.cloud.browse(environment: ["LC_ALL": "C"])
      try await novalens.waitFor("amber")
      await novalens.send("eji<C-u>grö日<Left>ß")
      try await novalens.waitFor(#"gr\u{f6}\u{df}\u{65e5}"#)
      await novalens.send("<Enter>")
      try await novalens.waitFor("was: first")
      try await novalens.waitFor(#"gr\u{f6}\u{df}\u{65e5}"#)
      await novalens.send("w")
      try await novalens.waitFor("/metadata/note")
      await novalens.send("<Enter>")
      try await novalens.waitFor("Saved 1 change")
      #expect(await image.held["note"] == "größ日")
    }
  }
}
