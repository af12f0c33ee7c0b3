import Glibc
import Pilot
import SandboxCloud
import Testing

/// Unsaved edits that are found under odd circumstances.
@Suite(.serialized) struct DraftJourneyTests {
  private static let folder = ".local/state/novalens/drafts"

  private func drafts(_ cloud: ServedCloud) throws -> Int {
    try cloud.workplace.files().keys.count { $0.hasPrefix(Self.folder) && $0.hasSuffix(".draft") }
  }

  private func cloud(_ body: (ServedCloud) async throws -> Void) async throws {
    try await withCloud("amber", "birch") { cloud in
      for image in await cloud.sandbox.allImages { await cloud.sandbox.set("note", to: "old", on: image.id) }
      try await body(cloud)
    }
  }

  private func start(_ cloud: ServedCloud, saying words: String = "2 images") async throws -> PtyProgram {
    let novalens = try cloud.browse()
    try await novalens.waitFor("RegionOne · demo")
    try await novalens.waitFor(words)
    try await novalens.waitFor("birch")
    return novalens
  }

  private func leave(_ novalens: PtyProgram) async throws {
    await novalens.send("q")
    try await novalens.waitFor("Leave with unsaved edits?")
    await novalens.send("y")
    #expect(try await novalens.exitStatus() == 0)
  }

  @Test func `a damaged draft is set aside and named, and stops nothing`() async throws {
    try await cloud { cloud in
      try cloud.workplace.write("{\"cloud\": \"sand", to: "\(Self.folder)/half.gone.draft")
      let novalens = try await start(cloud, saying: "A damaged draft was set aside (u names it).")
      await novalens.send("u")
      try await novalens.waitFor("half.gone.draft.damaged")
      await novalens.send("<Esc>ed")
      try await novalens.waitFor("1 unsaved change")
      try await leave(novalens, from: "<Esc>")
      let files = try cloud.workplace.files()
      #expect(files["\(Self.folder)/half.gone.draft.damaged"] == "{\"cloud\": \"sand")
      _ = try await start(cloud, saying: "1 draft with unsaved edits")
    }
  }

  private func leave(_ novalens: PtyProgram, from keys: String) async throws {
    await novalens.send(keys)
    try await novalens.waitFor("1 unsaved (u)")
    try await leave(novalens)
  }

  @Test func `edits of an image that is gone are counted, read and thrown away`() async throws {
    try await cloud { cloud in
      let novalens = try await start(cloud)
      await novalens.send("ed")
      try await novalens.waitFor("1 unsaved change")
      try await leave(novalens, from: "<Esc>")
      let amber = try #require(await cloud.sandbox.allImages.first { $0.name == "amber" })
      await cloud.sandbox.remove(amber.id)
      let next = try await start(cloud, saying: "1 draft with unsaved edits")
      try await next.waitFor("1 unsaved (u)")
      await next.look { #expect(!$0.text.contains("amber")) }
      await next.send("u")
      try await next.waitFor(amber.id)
      await next.send("<Enter>")
      try await next.waitUntil("the edit can be read, and why it cannot be sent") {
        $0.text.contains("will be deleted") && $0.text.contains("amber could not be read: it is gone")
      }
      await next.send("<Esc>")
      try await next.waitFor("1 unsaved (u)")
      await next.send("u")
      try await next.waitFor(amber.id)
      await next.send("D")
      try await next.waitFor("any other key")
      await next.send("y")
      try await next.waitFor("The unsaved edits of amber were thrown away.")
      #expect(try drafts(cloud) == 0)
      await next.send("q")
      #expect(try await next.exitStatus() == 0)
      #expect(await cloud.writes == 0)
    }
  }

  @Test func `two programs that edit the same image keep a draft each`() async throws {
    try await cloud { cloud in
      let first = try await start(cloud)
      await first.send("ed")
      try await first.waitFor("1 unsaved change")
      await first.send("<Esc>")
      try await first.waitFor("1 unsaved (u)")
      let second = try await start(cloud, saying: "1 draft is open in another novalens.")
      await second.send("ei<C-u>second<Enter>")
      try await second.waitFor("was: old")
      try await leave(second, from: "<Esc>")
      #expect(try drafts(cloud) == 2)
      await first.send("u")
      try await first.waitFor("1 change, ")
      await first.signal(SIGKILL)
      _ = try await first.exitStatus()
      let third = try await start(cloud, saying: "2 drafts with unsaved edits")
      await third.send("u")
      try await third.waitFor("Unsaved edits")
      await third.send("<Enter>")
      try await third.waitFor("will be deleted")
      // The one that was looked at last is the last of the list.
      await third.send("<Esc>")
      try await third.waitFor("2 unsaved (u)")
      await third.send("u<Enter>")
      try await third.waitFor("was: old")
      #expect(await cloud.writes == 0)
    }
  }
}
