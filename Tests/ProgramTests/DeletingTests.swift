import Pilot
import SandboxCloud
import Testing

/// The one thing that cannot be undone.
@Suite(.serialized) struct DeletingTests {
  /// Waits for the question, and until keys can answer it.
  private func waitForQuestion(_ novalens: PtyProgram, _ question: String = "Delete this image?") async throws
  {
    try await novalens.waitFor(question)
    // Keys that were typed before it was drawn are dropped just after that. When the program has drawn another size,
    // it has done so.
    await novalens.resize(columns: 82, rows: 24)
    try await novalens.waitUntil("the question is as wide as the window") { terminal in
      (0..<24).contains { terminal.text(row: $0) == String(repeating: "─", count: 82) }
    }
  }

  @Test func `y deletes the image that the question names`() async throws {
    try await withCloud("amber", "birch") { cloud in
      let novalens = try cloud.browse()
      try await novalens.waitFor("2 images")
      await novalens.send("jD")
      try await waitForQuestion(novalens)
      let birch = try #require(await cloud.sandbox.allImages.first { $0.name == "birch" })
      await novalens.look { #expect($0.text.contains("birch") && $0.text.contains(birch.id)) }
      await novalens.send("y")
      try await novalens.waitFor("Deleted birch.")
      #expect(await cloud.sandbox.allImages.map(\.name) == ["amber"])
      #expect(await cloud.writes == 1)
    }
  }

  @Test func `in a window too small to show the question nothing can be answered`() async throws {
    try await withCloud("amber") { cloud in
      let novalens = try cloud.browse()
      try await novalens.waitFor("1 image ")
      await novalens.resize(columns: 20, rows: 5)
      try await novalens.waitFor("Needs 40×10")
      await novalens.send("Dy")
      await novalens.resize(columns: 80, rows: 24)
      try await novalens.waitFor("1 image ")
      // Later keys are answered, so these have been seen; a question that came late is left.
      await novalens.send("<Esc>/amb")
      try await novalens.waitFor("1 shown")
      #expect(await cloud.writes == 0)
      #expect(await cloud.sandbox.allImages.map(\.name) == ["amber"])
    }
  }

  @Test(arguments: ["Dy", "Dyyyy", "D<Enter>y"])
  func `what is typed before the question is there is no answer`(_ burst: String) async throws {
    try await withCloud("amber") { cloud in
      let novalens = try cloud.browse()
      try await novalens.waitFor("1 image ")
      await novalens.send(burst)
      try await waitForQuestion(novalens)
      await novalens.send("<Esc>")
      try await novalens.waitFor("Nothing was deleted.")
      #expect(await cloud.writes == 0)
    }
  }

  @Test(arguments: ["<Enter>", "n", "Y", "D", "<Space>"])
  func `any other key keeps the image`(_ key: String) async throws {
    try await withCloud("amber") { cloud in
      let novalens = try cloud.browse()
      try await novalens.waitFor("1 image ")
      await novalens.send("D")
      try await waitForQuestion(novalens)
      await novalens.send(key)
      try await novalens.waitFor("Nothing was deleted.")
      #expect(await cloud.writes == 0)
    }
  }

  @Test func `marked images are deleted together, and what could not be is named`() async throws {
    try await withCloud("amber", "birch", "cedar", "dune") { cloud in
      let cedar = try #require(await cloud.sandbox.allImages.first { $0.name == "cedar" })
      await cloud.sandbox.modify(cedar.id) { $0.isProtected = true }
      let novalens = try cloud.browse()
      try await novalens.waitFor("4 images")
      await novalens.send("j<Space><Space>")
      try await novalens.waitFor("2 marked")
      // The rows move under the question; it is about the marked ones all the same.
      await novalens.send("gD")
      try await waitForQuestion(novalens, "Delete the 2 marked images")
      await novalens.send("y")
      try await novalens.waitFor("2 images: 1 deleted, 1 failed")
      try await novalens.waitFor("cedar was not deleted: it is protected")
      #expect(Set(await cloud.sandbox.allImages.map(\.name)) == ["amber", "cedar", "dune"])
    }
  }
}
