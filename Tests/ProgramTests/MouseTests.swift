import Pilot
import SandboxCloud
import Testing

/// The mouse, which is the terminal's own until somebody asks for it.
@Suite(.serialized) struct MouseTests {
  /// What a terminal sends for a button at a cell, counted from 0.
  private func press(_ button: Int, row: Int, column: Int) -> [UInt8] {
    Array("\u{1B}[<\(button);\(column + 1);\(row + 1)M\u{1B}[<\(button);\(column + 1);\(row + 1)m".utf8)
  }

  private func modes(_ novalens: PtyProgram) async -> [Substring] {
    let sent = String(decoding: await novalens.received, as: UTF8.self)
    return sent.ranges(of: "\u{1B}[?100").map { sent[$0.upperBound...].prefix(2) }
  }

  @Test func `a click moves, orders or tells more, the wheel scrolls`() async throws {
    try await withCloud(settings: SandboxSettings(imageCount: 60)) { cloud in
      let novalens = try cloud.browse("--mouse")
      try await novalens.waitFor("60 images")
      await novalens.send(bytes: press(0, row: 9, column: 20))
      try await novalens.waitUntil("the cursor is where the click was") { $0.cursor == (9, 1) }
      await novalens.send(bytes: press(65, row: 9, column: 20))
      try await novalens.waitUntil("three rows down") { $0.cursor == (12, 1) }
      await novalens.send(bytes: press(64, row: 9, column: 20))
      try await novalens.waitUntil("three rows up") { $0.cursor == (9, 1) }
      await novalens.send(bytes: press(0, row: 2, column: 40))
      try await novalens.waitFor("STATUS ▲")
      await novalens.send(bytes: press(0, row: 2, column: 40))
      try await novalens.waitFor("STATUS ▼")
      await novalens.send(bytes: press(0, row: 0, column: 60))
      try await novalens.waitUntil("that nothing is wrong is said, or since when an answer is awaited") {
        $0.text.contains("There is no trouble.") || $0.text.contains("Nothing has failed so far")
      }
      await novalens.send("f")
      try await novalens.waitFor("Filters")
      await novalens.send(bytes: press(0, row: 4, column: 5))
      try await novalens.waitUntil("the field is where the click was") { $0.cursor.row == 4 }
      await novalens.send("\u{1B}")
      try await novalens.waitUntil("the form has gone") { !$0.text.contains("Filters") }
      await novalens.send("?")
      try await novalens.waitFor("filter by name while typing")
      await novalens.send(bytes: press(65, row: 9, column: 20))
      try await novalens.waitUntil("the page has scrolled") { $0.text(row: 1).contains("4–") }
      await novalens.send("qq")
      #expect(try await novalens.exitStatus() == 0)
      #expect(await modes(novalens) == ["0h", "6h", "6l", "0l"])
      await expectGivenBack(novalens)
    }
  }

  @Test func `it is off, and a key turns it on and off`() async throws {
    try await withCloud("amber", "birch") { cloud in
      let novalens = try cloud.browse()
      try await novalens.waitFor("2 images")
      #expect(await modes(novalens).isEmpty)
      await novalens.send("m")
      try await novalens.waitFor("Mouse on")
      #expect(await modes(novalens) == ["0h", "6h"])
      await novalens.send("m")
      try await novalens.waitFor("Mouse off")
      #expect(await modes(novalens) == ["0h", "6h", "6l", "0l"])
      await novalens.send("q")
      #expect(try await novalens.exitStatus() == 0)
    }
  }

  @Test func `a click answers no question`() async throws {
    try await withCloud("amber") { cloud in
      let novalens = try cloud.browse("--mouse")
      try await novalens.waitFor("1 image ")
      await novalens.send("D")
      try await novalens.waitFor("Delete this image?")
      await novalens.send(bytes: press(0, row: 3, column: 10) + press(65, row: 3, column: 10))
      await novalens.send("n")
      try await novalens.waitFor("Nothing was deleted.")
      #expect(await cloud.writes == 0)
    }
  }

  @Test func `the editor gets a mouse of its own, and ours comes back`() async throws {
    try await withImage { image in
      let novalens = try await image.browse("--mouse", editor: "true")
      await novalens.send("E")
      try await novalens.waitFor("Nothing was changed")
      // Between, all that the editor could have left on is off.
      let calm = ["3l", "2l", "0l", "6l", "4l"]
      #expect(await modes(novalens).map(String.init) == ["0h", "6h", "6l", "0l"] + calm + ["0h", "6h"])
    }
  }
}
