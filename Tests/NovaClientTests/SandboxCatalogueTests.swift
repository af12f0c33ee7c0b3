import Foundation
import NovaClient
import SandboxCloud
import Testing

@Suite struct SandboxCatalogueTests {
  @Test(arguments: [0, 1, 10, 240, 3000])
  func `the account demo lists as many images as were asked for`(_ count: Int) async throws {
    #expect(try await SandboxDesk(imageCount: count).names("").count == count)
    #expect(try await SandboxDesk(imageCount: count, listsFailed: true).names("").count == count)
  }

  @Test func `the same settings make the same cloud, another seed another`() async {
    func images(_ seed: UInt64) async -> [ImageRecord] {
      await Sandbox(SandboxSettings(seed: seed, clock: .stopped(at: SandboxDesk.start))).allImages
    }
    let first = await images(1)
    #expect(await images(1) == first)
    #expect(await images(2).map(\.id) != first.map(\.id))
    #expect(Set(first.map(\.id)).count == first.count)
    #expect(first.allSatisfy { UUID(uuidString: $0.id) != nil })
  }

  @Test func `the cloud has of everything that a program must show`() async throws {
    let images = try await SandboxDesk(imageCount: 240, listsFailed: true).sandbox.allImages
    let statuses = Set(images.map(\.status))
    #expect(statuses.isSuperset(of: [.queued, .saving, .active, .killed, .deactivated]))
    let types = Set(images.map { $0.properties["image_type"] })
    #expect(types == [nil, "snapshot", "backup"])
    #expect(Set(images.map(\.visibility)) == [.public, .private, .shared, .community])
    #expect(images.contains { $0.name == nil })
    #expect(images.contains { $0.isProtected })
    #expect(images.contains { $0.owner == Accounts.altProject.id })
    #expect(images.contains { $0.name?.contains("\u{1B}") == true })
    #expect(images.contains { $0.properties.entries.count == 128 })
    #expect(images.contains { $0.properties["description"]?.contains("\n") == true })
  }

  @Test func `the youngest images are minutes old, the oldest nearly two years, none from the future`()
    async throws
  {
    let images = try await SandboxDesk(imageCount: 240).sandbox.allImages
    let ages = images.map { SandboxDesk.start.timeIntervalSince($0.created) }
    #expect(ages == ages.sorted())
    #expect(try #require(ages.first) < 3600)
    #expect(try #require(ages.last) > 600 * 86_400)
    #expect(images.allSatisfy { $0.updated >= $0.created && $0.updated <= SandboxDesk.start })
  }

  @Test func `ten thousand images are made and read in good time`() async throws {
    let clock = ContinuousClock()
    var desk: SandboxDesk?
    let making = try await clock.measure { desk = try await SandboxDesk(imageCount: 10_000) }
    let made = try #require(desk)
    let reading = await clock.measure { _ = await made.ask(.get, "/images/detail?limit=1000") }
    // A debug build on a busy machine takes a tenth of these.
    #expect(making < .seconds(5))
    #expect(reading < .seconds(5))
  }
}
