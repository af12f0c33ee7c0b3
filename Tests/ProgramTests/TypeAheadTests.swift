import Pilot
import SandboxCloud
import Testing

/// Keys that come before their time, in pieces, or too late.
@Suite(.serialized) struct TypeAheadTests {
  @Test func `what is typed before the program is there is not lost`() async throws {
    try await withCloud("amber") { cloud in
      let novalens = try cloud.browse()
      await novalens.send("?")
      try await novalens.waitFor("filter by name while typing")
    }
  }

  @Test func `keys typed behind a review do not send it`() async throws {
    try await withImage { image in
      let gate = Gate()
      await image.cloud.sandbox.inject(.hold(gate), into: .path("/compute/v2.1/images/\(image.image)"))
      let novalens = try await image.browse()
      await novalens.send("ed")
      try await novalens.waitFor("1 unsaved change")
      await novalens.send("w<Enter><Enter>")
      await gate.arrival()
      await novalens.send("<Enter>")
      await gate.open()
      try await novalens.waitFor("Will send")
      await novalens.send("<Esc>")
      try await novalens.waitFor("i edit")
      #expect(await image.cloud.writes == 0)
      // The same key does it once the review is seen.
      await novalens.send("w")
      try await novalens.waitFor("Will send")
      await novalens.send("<Enter>")
      try await novalens.waitFor("Saved 1 change")
    }
  }

  @Test(arguments: ["qy", "qyyyy", "<C-c>y", "<C-c><C-c>"])
  func `keys typed behind the question about leaving do not answer it`(_ burst: String) async throws {
    try await withImage { image in
      let novalens = try await image.browse()
      await novalens.send("ed<Esc>")
      try await novalens.waitFor("1 unsaved change is kept")
      await novalens.send(burst)
      try await novalens.waitFor("Leave with unsaved edits?")
      await novalens.send("n")
      try await novalens.waitFor("✎▌ amber")
      await novalens.send("q")
      try await novalens.waitFor("Leave with unsaved edits?")
      await novalens.send("<C-c>")
      #expect(try await novalens.exitStatus() == 0)
    }
  }

  @Test func `an Esc typed behind a question does not answer it either`() async throws {
    try await withCloud("amber") { cloud in
      let novalens = try cloud.browse()
      try await novalens.waitFor("1 image ")
      await novalens.send("D<Esc>")
      try await novalens.waitFor("This cannot be undone.")
      // An Esc that was still waiting would be a key now, before this one.
      await novalens.send("y")
      try await novalens.waitFor("Deleted amber")
    }
  }

  @Test func `a Ctrl-C typed before the question is there counts`() async throws {
    try await withCloud("amber") { cloud in
      let novalens = try cloud.browse()
      try await novalens.waitFor("1 image ")
      // So many redraws that the last key comes before the picture.
      await novalens.send(String(repeating: "<C-l>", count: 300))
      try await novalens.waitUntilBlocked()
      await novalens.send("D<C-c>")
      #expect(try await novalens.exitStatus() == 0)
    }
  }

  @Test func `a key typed while half of a question is there does not answer it`() async throws {
    try await withCloud { cloud in
      for number in 10..<60 { await cloud.sandbox.create("a name that takes its room \(number)") }
      let novalens = try cloud.browse(columns: 200, rows: 60)
      try await novalens.waitFor("50 images ")
      await novalens.send("*")
      try await novalens.waitFor("50 marked")
      await novalens.send(String(repeating: "<C-l>", count: 10))
      try await novalens.waitUntilBlocked()
      await novalens.send("D")
      // As long as it is held up, the question cannot be there as a whole.
      while try await novalens.take(1024) {
        if try await novalens.isWriting() { await novalens.send("y") }
      }
      try await novalens.waitFor("This cannot be undone.")
      await novalens.send("n")
      try await novalens.waitFor("Nothing was deleted.")
    }
  }

  @Test func `a key typed as soon as the question is there answers it`() async throws {
    try await withCloud("amber") { cloud in
      let novalens = try cloud.browse()
      try await novalens.waitFor("1 image ")
      for _ in 0..<100 {
        _ = try await novalens.time("D", until: "the question is there") {
          $0.text.contains("This cannot be undone.")
        }
        _ = try await novalens.time("n", until: "it is answered") { $0.text.contains("Nothing was deleted.") }
      }
    }
  }

  /// How long a torn key may take is seen where there is no clock, in KeyDecoderTests; here a busy machine may be too slow
  /// now and then, but then nothing else happens.
  @Test func `an arrow key that a line tears in two is one key`() async throws {
    try await withCloud("amber", "birch") { cloud in
      let novalens = try cloud.browse()
      try await novalens.waitFor("2 images")
      var hasMoved = false
      for _ in 0..<20 where !hasMoved {
        try await novalens.sendAlone(0x1B)
        await novalens.send("[B?")
        try await novalens.waitFor("filter by name while typing")
        await novalens.send("q")
        try await novalens.waitUntil("the list is back") { $0.text(row: 23).hasPrefix(" Enter open") }
        hasMoved = await novalens.look { $0.cursor == (4, 1) }
      }
      #expect(hasMoved)
    }
  }

  @Test func `the tail of an arrow key that comes too late is no command`() async throws {
    try await withCloud("amber", "birch") { cloud in
      let novalens = try cloud.browse()
      try await novalens.waitFor("2 images")
      await novalens.send("/am<Enter>")
      try await novalens.waitFor("1 shown")
      await novalens.send("<Esc>")
      // Esc was given up for a key of its own.
      try await novalens.waitFor("Filter cleared.")
      // `A` and `B` would be nothing, but `D` asks about deleting: it is the end of the left arrow.
      await novalens.send("[D")
      await novalens.send("j")
      try await novalens.waitUntil("the cursor has moved") { $0.cursor == (4, 1) }
      await novalens.look { #expect(!$0.text.contains("Delete this image?")) }
    }
  }

  @Test func `Ctrl-S and Ctrl-Q are keys, and stop no output`() async throws {
    try await withImage { image in
      let novalens = try await image.browse()
      await novalens.send("ed<C-q><C-s>")
      try await novalens.waitFor("Will send")
    }
  }
}
