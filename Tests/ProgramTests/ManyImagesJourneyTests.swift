import NovaClient
import Pilot
import SandboxCloud
import Testing

/// What somebody does whose edits to many images do not all go through at once.
@Suite(.serialized) struct ManyImagesJourneyTests {
  /// Marks all images, gives `note` another value and waits until the review can be answered.
  private func review(_ cloud: ServedCloud, _ count: Int) async throws -> PtyProgram {
    let novalens = try await cloud.editAll(count)
    await novalens.send("i<C-u>new<Enter>w")
    try await novalens.waitFor("note: \(count) old → new")
    try await novalens.waitFor("\(count) requests to \(count) images")
    return novalens
  }

  private func notes(_ cloud: ServedCloud) async -> [String?] {
    await cloud.sandbox.allImages.map { $0.properties["note"] }
  }

  private func writes(to image: ImageRecord) -> RequestPattern {
    .path("/compute/v2.1/images/\(image.id)/metadata", .put)
  }

  @Test func `Esc stops after those under way, and the draft goes on with the rest`() async throws {
    try await withCloud("amber", "birch", "cedar", "dune", "elm", "fir") { cloud in
      let novalens = try await review(cloud, 6)
      let gate = Gate()
      for image in await cloud.sandbox.allImages.filter({ $0.name ?? "" < "e" }) {
        await cloud.sandbox.inject(.hold(gate), into: writes(to: image))
      }
      await novalens.send("<Enter>")
      await gate.arrival(4)
      try await novalens.waitFor("0 of 6")
      await novalens.send("<Esc>")
      try await novalens.waitFor("Stopping after those under way")
      await gate.open()
      try await novalens.waitFor("4 images as wanted, 2 not begun")
      try await novalens.waitFor("elm: not begun, stays in the draft")
      #expect(await cloud.writes == 4)
      await novalens.send("<Enter>")
      try await novalens.waitFor("1 unsaved (u)")
      await novalens.send("u")
      try await novalens.waitFor("2 images")
      await novalens.send("<Enter>")
      try await novalens.waitFor("2 images · editing metadata")
      await novalens.send("w")
      try await novalens.waitFor("2 requests to 2 images")
      await novalens.send("<Enter>")
      try await novalens.waitFor("Saved 2 changes to 2 images")
      #expect(await notes(cloud).allSatisfy { $0 == "new" })
      #expect(await cloud.writes == 6)
    }
  }

  @Test func `what failed is written to a file, and tried again`() async throws {
    try await withCloud("amber", "birch", "cedar") { cloud in
      let novalens = try await review(cloud, 3)
      let birch = try #require(await cloud.sandbox.allImages.first { $0.name == "birch" })
      await cloud.sandbox.inject(.badGateway, into: writes(to: birch))
      await novalens.send("<Enter>")
      try await novalens.waitFor("2 images as wanted, 1 not")
      try await novalens.waitFor("✗ birch · note: the service is not available")
      await novalens.send("x")
      try await novalens.waitFor("Written to ")
      let files = try cloud.workplace.files().filter { $0.key.contains("/failures/") }
      #expect(files.count == 1 && files.values.allSatisfy { $0.contains(birch.id) && $0.contains("502") })
      await novalens.send("r")
      try await novalens.waitFor("PUT …/metadata/note")
      #expect(await notes(cloud).count { $0 == "new" } == 2)
      await novalens.send("<Enter>")
      try await novalens.waitFor("Saved 1 change to birch")
      #expect(await notes(cloud).allSatisfy { $0 == "new" })
    }
  }

  @Test func `a long review is gone through to its end`() async throws {
    let settings = SandboxSettings(imageCount: 0)
    try await withCloud(settings: settings) { cloud in
      for number in 10..<50 { await cloud.sandbox.create("node-\(number)", size: 1 << 30) }
      let novalens = try await review(cloud, 40)
      try await novalens.waitFor("more ▼")
      await novalens.look { #expect(!$0.text.contains("node-49")) }
      await novalens.send("G")
      try await novalens.waitFor("~ node-49: note old → new")
      try await novalens.waitFor("more ▲")
      #expect(await cloud.writes == 0)
    }
  }
}
