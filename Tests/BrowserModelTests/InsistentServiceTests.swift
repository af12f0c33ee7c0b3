import BrowserModel
import BrowserRig
import Foundation
import NovaClient
import SandboxCloud
import Testing

/// Questions that hang while the service has long been well again.
@MainActor struct InsistentServiceTests {
  private let changes = RequestPattern { $0.url.contains("changes-since") }

  /// Lets time pass while something hangs, so that nobody can wait for all to be settled.
  private func pass(_ seconds: Int, _ rig: BrowserRig) async {
    for _ in 0..<seconds {
      await rig.sandbox.advance(by: .seconds(1))
      rig.time.advance(by: 1)
      while rig.browser.now != rig.time.now { await Task.yield() }
      for _ in 0..<200 { await Task.yield() }
    }
  }

  @Test(arguments: [9, 11, 14, 17, 19, 23, 28])
  func `when a service has hung, it is live again within an interval of the end`(seconds: Int) async throws {
    let rig = try BrowserRig(images: 5)
    await rig.start()
    await rig.sandbox.inject(.hang, into: .compute, times: 1000)
    await pass(seconds, rig)
    #expect(rig.browser.feed.connection == .live)
    let waiting = try #require(rig.browser.feed.waitingSince)
    #expect(rig.browser.now.timeIntervalSince(waiting) == Double(seconds - 5))
    await rig.make("made in the dark")
    await rig.sandbox.removeFaults()
    await pass(5, rig)
    #expect(rig.browser.feed.waitingSince == nil)
    #expect(rig.names.contains("made in the dark"))
  }

  @Test func `a service that is merely slow is asked twice at most, and then waited for`() async throws {
    let rig = try BrowserRig(images: 5)
    await rig.start()
    let gate = Gate()
    await rig.sandbox.inject(.hold(gate), into: changes, times: 1000)
    await rig.sandbox.forgetRequests()
    await pass(30, rig)
    let asked = await rig.sandbox.requests
    #expect(asked.count { $0.contains("changes-since") } <= 2, "\(asked)")
    #expect(asked.count { $0.hasSuffix("/images?limit=1") } <= 1, "\(asked)")
    #expect(rig.browser.feed.waitingSince != nil)
    await gate.open()
    await rig.browser.settled()
    #expect(rig.browser.feed.waitingSince == nil && rig.browser.feed.connection == .live)
  }
  @Test func `who asks anew while an answer hangs is not told that all is well`() async throws {
    let rig = try BrowserRig(images: 5)
    await rig.start()
    await rig.sandbox.inject(.hang, into: .compute, times: 1000)
    await pass(20, rig)
    let since = try #require(rig.browser.feed.waitingSince)
    // Enough for it to be asked anew, and the question before to be given up.
    _ = rig.browser.perform(.refresh)
    for _ in 0..<3 {
      #expect(rig.browser.feed.waitingSince == since)
      await pass(1, rig)
    }
    await rig.sandbox.removeFaults()
    await pass(5, rig)
    #expect(rig.browser.feed.waitingSince == nil && rig.browser.feed.connection == .live)
  }
}
