import Foundation
import NovaClient
import SandboxCloud
import Testing

@Suite struct SandboxLifeTests {
  private func sandbox(isAlive: Bool = true) -> Sandbox {
    Sandbox(SandboxSettings(isAlive: isAlive, clock: .stopped(at: SandboxDesk.start)))
  }

  @Test func `a cloud that is not alive stands still`() async {
    let sandbox = sandbox(isAlive: false)
    let before = await sandbox.allImages
    await sandbox.advance(by: .seconds(3600))
    #expect(await sandbox.allImages == before)
  }

  @Test func `images are taken, saved, finished, failed, edited and deleted as time passes`() async {
    let sandbox = sandbox()
    let before = await sandbox.allImages
    let known = Set(before.map(\.id))
    var seen: [String: [ImageRecord.Status]] = [:]
    for _ in 0..<600 {
      await sandbox.advance(by: .seconds(1))
      for image in await sandbox.allImages.prefix(30) where !known.contains(image.id) {
        if seen[image.id]?.last != image.status { seen[image.id, default: []].append(image.status) }
      }
    }
    let courses = Set(seen.values)
    #expect(courses.contains([.queued, .saving, .active]))
    #expect(courses.contains([.queued, .saving, .killed]))
    let after = await sandbox.allImages
    let remaining = Set(after.map(\.id))
    #expect(seen.keys.contains { !remaining.contains($0) })
    let edited = after.filter { image in
      before.contains { $0.id == image.id && $0.properties != image.properties }
    }
    #expect(!edited.isEmpty)
    #expect(abs(after.count - before.count) <= 12)
  }

  @Test func `the same time passes the same way, in one step or in many`() async {
    let (one, many) = (sandbox(), sandbox())
    await one.advance(by: .seconds(300))
    for _ in 0..<100 { await many.advance(by: .seconds(3)) }
    #expect(await one.allImages == many.allImages)
    #expect(await one.imageCount == many.imageCount)
  }

  @Test func `a request sees what has happened until then`() async throws {
    let desk = try await SandboxDesk(imageCount: 40, isAlive: true)
    let first = try await desk.names("?limit=1")
    await desk.sandbox.advance(by: .seconds(30))
    #expect(try await desk.names("?limit=1") != first)
  }

  @Test func `somebody else can do everything to an image`() async throws {
    let desk = try await SandboxDesk()
    let id = await desk.sandbox.create("web-snapshot", status: .queued)
    func shown() async throws -> JSONValue? { try await desk.ask(.get, "/images/\(id)").json()["image"] }
    #expect(try await shown()?["progress"] == 25)
    await desk.sandbox.startSaving(id)
    #expect(try await shown()?["progress"] == 50)
    await desk.sandbox.advance(by: .seconds(7))
    await desk.sandbox.finish(id, size: 4096)
    #expect(try await shown()?["OS-EXT-IMG-SIZE:size"] == 4096)
    #expect(try await shown()?["updated"] == "2026-11-23T12:00:07Z")
    await desk.sandbox.set("k", to: "v", on: id)
    #expect(try await shown()?["metadata"] == ["k": "v"])
    await desk.sandbox.fail(id)
    #expect(try await shown()?["status"] == "ERROR")
    await desk.sandbox.remove(id)
    #expect(try await shown() == nil)
  }
}
