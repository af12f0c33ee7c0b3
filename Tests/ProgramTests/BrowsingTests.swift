import Foundation
import Pilot
import SandboxCloud
import Testing

/// The keys of a person who looks for an image, on the built program.
@Suite(.serialized) struct BrowsingTests {
  @Test func `the demo is there at once`() async throws {
    let novalens = try Workplace().start(["--demo"])
    try await novalens.waitUntil("the list is full of images") { terminal in
      terminal.cursor == (3, 1) && (3..<21).allSatisfy { terminal.text(row: $0).count > 40 }
    }
    await novalens.look { terminal in
      #expect(terminal.isAlternateScreen)
      #expect(terminal.text(row: 0).contains(" demo · RegionOne"))
      #expect(terminal.text(row: 2).hasPrefix("   NAME ▲"))
      #expect(terminal.text(row: 23).hasPrefix(" Enter open  / name  f filters"))
      #expect(terminal.cell(row: 3, column: 10).isReversed)
      #expect(!terminal.cell(row: 4, column: 10).isReversed)
    }
    await novalens.send("q")
    #expect(try await novalens.exitStatus() == 0)
  }

  @Test func `the terminal's cursor is where the keys go`() async throws {
    try await withCloud("amber", "birch", "cedar") { cloud in
      let novalens = try cloud.browse()
      try await novalens.waitUntil("the cursor is on the first row") {
        $0.text(row: 3).hasPrefix(" ▌ amber") && $0.isCursorVisible && $0.cursor == (3, 1)
      }
      await novalens.send("j")
      try await novalens.waitUntil("the cursor is a row lower") {
        $0.text(row: 4).hasPrefix(" ▌ birch") && $0.cursor == (4, 1)
      }
      await novalens.send("G")
      try await novalens.waitUntil("the cursor is at the end") { $0.cursor == (5, 1) }
      await novalens.send("/am")
      try await novalens.waitUntil("the cursor is in the field") {
        $0.text(row: 1).hasPrefix(" Name am") && $0.cursor == (1, 8)
      }
      await novalens.send("<Esc>f")
      try await novalens.waitUntil("the cursor is in the form") {
        $0.text(row: $0.cursor.row).contains("Name")
      }
    }
  }

  @Test func `a name filter counts while it is typed, and Esc takes it back`() async throws {
    try await withCloud("amber", "birch", "cedar", "cobalt") { cloud in
      let novalens = try cloud.browse()
      try await novalens.waitFor("4 images")
      await novalens.send("/c")
      try await novalens.waitFor("3 shown")
      await novalens.send("e")
      try await novalens.waitUntil("only the match is left") {
        $0.text(row: 1).hasSuffix(" 1 shown") && $0.text(row: 3).hasPrefix(" ▌ cedar")
          && $0.text(row: 4).isEmpty
      }
      await novalens.send("<Esc>")
      try await novalens.waitUntil("all are back") { $0.text(row: 6).hasPrefix("   cobalt") }
      await novalens.send("/!c<Enter>")
      try await novalens.waitUntil("the filter is kept") {
        $0.text(row: 1).hasPrefix(" Name !c") && $0.text(row: 3).hasPrefix(" ▌ amber")
      }
      await novalens.send("<Esc>")
      try await novalens.waitFor("Filter cleared.")
      try await novalens.waitUntil("all are back") { $0.text(row: 6).hasPrefix("   cobalt") }
    }
  }

  @Test func `the form filters, and marks a mistake in its field`() async throws {
    try await withCloud("small", "large") { cloud in
      for image in await cloud.sandbox.allImages where image.name == "large" {
        await cloud.sandbox.modify(image.id) { $0.minDisk = 20 }
      }
      let novalens = try cloud.browse()
      try await novalens.waitFor("2 images")
      await novalens.send("f<Tab><Tab><Tab>2oo")
      try await novalens.waitFor("✗ ")
      await novalens.send("<BS><BS>0<Enter>")
      try await novalens.waitUntil("only the match is left") {
        $0.text(row: 1).contains("Disk ≥ 20") && $0.text(row: 3).hasPrefix(" ▌ large")
          && $0.text(row: 4).isEmpty
      }
    }
  }

  @Test func `Enter opens all that is known of an image, and Esc closes it`() async throws {
    try await withCloud { cloud in
      let id = await cloud.sandbox.create("web-1", properties: ["os_distro": "debian"])
      let novalens = try cloud.browse()
      try await novalens.waitFor("1 image ")
      await novalens.send("<Enter>")
      try await novalens.waitUntil("the detail is shown") {
        $0.text.contains(id) && $0.text.contains("os_distro") && $0.text.contains("debian")
      }
      await novalens.send("<Esc>")
      try await novalens.waitUntil("the list is back") { $0.text(row: 2).hasPrefix("   NAME") }
      await novalens.send("y")
      try await novalens.waitFor(#""id" : "\#(id)""#)
      await novalens.send("q@")
      try await novalens.waitFor("/compute/v2.1/images/\(id.prefix(20))")
      await novalens.send("q?")
      try await novalens.waitFor("filter by name while typing")
      await novalens.send("qq")
      #expect(try await novalens.exitStatus() == 0)
    }
  }

  @Test func `an id is copied through the terminal`() async throws {
    try await withCloud { cloud in
      let id = await cloud.sandbox.create("web-1")
      let novalens = try cloud.browse()
      try await novalens.waitFor("1 image ")
      await novalens.send("c")
      try await novalens.waitFor("Copied the id of web-1")
      let sent = String(decoding: await novalens.received, as: UTF8.self)
      #expect(sent.contains("\u{1B}]52;c;\(Data(id.utf8).base64EncodedString())"))
    }
  }

  @Test func `a paste outside a field is no command`() async throws {
    try await withCloud("web-1") { cloud in
      let novalens = try cloud.browse()
      try await novalens.waitFor("1 image ")
      await novalens.send(bytes: Array("\u{1B}[200~qDy\rfq\u{1B}[201~".utf8))
      try await novalens.waitFor("What was pasted is not run as keys")
      await novalens.send("?")
      try await novalens.waitFor("filter by name while typing")
      #expect(await cloud.writes == 0)
    }
  }

  @Test func `every size of the window is drawn, whatever lies over the list`() async throws {
    let novalens = try Workplace().start(["--demo"])
    try await novalens.waitFor(" images")
    for keys in ["", "/", "<Esc>f", "<Esc>?", "q<Enter>", "<Esc>D"] {
      await novalens.send(keys)
      for (columns, rows) in [(120, 36), (20, 5), (200, 60), (1, 1), (80, 24)] {
        await novalens.resize(columns: columns, rows: rows)
        try await novalens.waitUntil("\(columns)×\(rows) is drawn after “\(keys)”") {
          guard columns >= 40 else { return ["Needs 40×10 or more", "…"].contains($0.text(row: rows / 2)) }
          // The clock stands in the last column but one.
          return $0.text(row: 0).count == columns - 1
        }
      }
    }
    await novalens.send("<Esc>")
    try await novalens.waitFor("Nothing was deleted.")
    await novalens.send("q")
    #expect(try await novalens.exitStatus() == 0)
  }
}
