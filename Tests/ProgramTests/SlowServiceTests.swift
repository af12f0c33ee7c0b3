import NovaClient
import Pilot
import SandboxCloud
import Synchronization
import Testing

/// With a service that never answers, keys do what they always do.
@Suite(.serialized) struct SlowServiceTests {
  @Test func `a list that has been read is moved in, filtered and left`() async throws {
    try await withCloud("amber", "birch") { cloud in
      let novalens = try cloud.browse("--interval=1s")
      try await novalens.waitFor("2 images")
      await cloud.sandbox.inject(.hang, times: .max)
      // It is waiting for an answer that never comes.
      try await novalens.waitFor("… waiting")
      await novalens.send("j")
      try await novalens.waitUntil("the cursor has moved") { $0.text(row: 4).hasPrefix(" ▌ birch") }
      await novalens.send("/am")
      try await novalens.waitFor("1 shown")
      await novalens.send("<Esc>?")
      try await novalens.waitFor("filter by name while typing")
      await novalens.send("<Esc><Enter>")
      try await novalens.waitFor("Metadata (")
      await novalens.send("<Esc>q")
      #expect(try await novalens.exitStatus() == 0)
    }
  }

  @Test func `the first image needs one answer of the images API`() async throws {
    try await withCloud(settings: SandboxSettings(imageCount: 60)) { cloud in
      let asked = Mutex(0)
      let later = RequestPattern { request in
        guard request.url.contains("/images") else { return false }
        return asked.withLock { count in
          count += 1
          return count > 1
        }
      }
      await cloud.sandbox.inject(.hang, into: later, times: .max)
      let novalens = try cloud.browse()
      try await novalens.waitUntil("the list is full of images") { terminal in
        (3..<21).allSatisfy { !terminal.text(row: $0).isEmpty }
      }
      await novalens.look { #expect($0.text(row: 0).contains("+ images")) }
    }
  }

  @Test(arguments: ["/identity/", "/compute/"])
  func `a list that never comes does not hold up the keys`(_ service: String) async throws {
    try await withCloud("amber") { cloud in
      await cloud.sandbox.inject(.hang, into: .path(service), times: .max)
      let novalens = try cloud.browse()
      try await novalens.waitFor("Reading images …")
      await novalens.send("/am")
      try await novalens.waitUntil("the filter is typed") { $0.text(row: 1).hasPrefix(" Name am") }
      await novalens.send("<Esc>?")
      try await novalens.waitFor("filter by name while typing")
      await novalens.send("q")
      try await novalens.waitFor("Esc cancels.")
      await novalens.send("<Esc>")
      try await novalens.waitFor("Cancelled: nothing is asked until p.")
      await novalens.send("q")
      #expect(try await novalens.exitStatus() == 0)
    }
  }

  @Test func `Esc cancels what is read for a review`() async throws {
    try await withImage { image in
      let novalens = try await image.browse()
      await novalens.send("ed")
      try await novalens.waitFor("1 unsaved change")
      await image.cloud.sandbox.inject(.hang, times: .max)
      await novalens.send("w")
      try await novalens.waitFor("Reading what the service holds now")
      await novalens.send("<Esc>")
      try await novalens.waitFor("i edit")
      await novalens.send("<Esc>@")
      try await novalens.waitUntil("it is cancelled, and not only left alone") {
        $0.text.contains("Requests, newest first") && $0.text.contains("cancelled")
      }
      #expect(await image.cloud.writes == 0)
    }
  }

  @Test func `a delete that hangs does not hold up leaving`() async throws {
    try await withCloud("amber") { cloud in
      let novalens = try cloud.browse()
      try await novalens.waitFor("1 image ")
      await cloud.sandbox.inject(.hang, times: .max)
      await novalens.send("D")
      try await novalens.waitFor("Delete this image?")
      await novalens.resize(columns: 100, rows: 24)
      try await novalens.waitFor(String(repeating: "─", count: 100))
      await novalens.send("y")
      try await novalens.waitFor("0 of 1")
      await novalens.send("<Esc>")
      try await novalens.waitFor("Stopping after those under way")
      await novalens.send("<C-c>")
      try await novalens.waitFor("Leave while images are being deleted?")
      await novalens.send("<C-c>")
      #expect(try await novalens.exitStatus() == 0)
    }
  }
}
