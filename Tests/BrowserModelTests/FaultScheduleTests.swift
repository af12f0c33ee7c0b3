import BrowserModel
import BrowserRig
import Foundation
import NovaClient
import SandboxCloud
import Testing

/// Ten minutes in which everything goes wrong that can: each state is told truly, and in the end nothing is missed.
@MainActor struct FaultScheduleTests {
  /// What goes wrong, and how the header calls it.
  private struct Trouble {
    var fault: Fault
    var word: String
  }

  private static let troubles: [Trouble] = [
    Trouble(fault: .drop, word: "unreachable"),
    Trouble(fault: .dropAnswer, word: "unreachable"),
    Trouble(fault: .cut(afterBytes: 7), word: "nonsense answered"),
    Trouble(fault: .notJSON, word: "nonsense answered"),
    Trouble(fault: .unexpected("Boom"), word: "service in trouble"),
    Trouble(fault: .badGateway, word: "service in trouble"),
    Trouble(fault: .tooManyRequests(retryAfter: 20), word: "asked to wait"),
    Trouble(fault: .nested(levels: 2000), word: "nonsense answered"),
    Trouble(fault: .endless, word: "nonsense answered"),
  ]

  @Test func `each fault is told truly, and within one interval of its end all that happened is there`()
    async throws
  {
    let rig = try BrowserRig(images: 30, rows: 18)
    let id = await rig.make("web")
    await rig.start()
    var number = 0
    for trouble in Self.troubles {
      await rig.sandbox.inject(trouble.fault, into: .compute, times: 10_000)
      for _ in 0..<50 {
        await rig.pass(1)
        if rig.time.now.timeIntervalSince1970.truncatingRemainder(dividingBy: 10) == 0 {
          number += 1
          await rig.sandbox.set("n", to: "\(number)", on: id.rawValue)
        }
      }
      guard case .troubled(let shown, let retry) = rig.browser.feed.connection else {
        Issue.record("\(trouble.word): \(rig.browser.feed.connection)")
        continue
      }
      #expect(shown.word == trouble.word)
      #expect(retry > rig.time.now)
      let lastGood = try #require(rig.browser.feed.lastGood)
      #expect(rig.time.now.timeIntervalSince(lastGood) > 40)
      #expect(rig.names.count == 31)
      // Keys are answered all the while.
      let before = rig.browser.cursor.row
      _ = rig.browser.perform(.move(.down))
      #expect(rig.browser.cursor.row == before + 1)
      await rig.sandbox.removeFaults()
      await rig.perform(.refresh)
      #expect(rig.browser.feed.connection == .live)
      #expect(rig.browser.log.lines.last?.words.hasSuffix("→ \(number)") == true)
    }
  }

  @Test func `without a key it comes back by itself, at the latest a minute after the fault`() async throws {
    let rig = try BrowserRig(images: 30)
    await rig.start()
    await rig.sandbox.inject(.drop, into: .compute, times: 10_000)
    for _ in 0..<300 { await rig.pass(1) }
    let new = await rig.make("made in the dark")
    await rig.sandbox.removeFaults()
    for _ in 0..<60 { await rig.pass(1) }
    #expect(rig.browser.feed.connection == .live)
    #expect(rig.browser.log.lines.map(\.image) == [new])
  }

  @Test func `refused tokens, slow answers and a clock that jumps leave nothing out`() async throws {
    let rig = try BrowserRig(images: 30, rows: 18)
    let id = await rig.make("web")
    await rig.start()
    var expected: [String] = []
    for number in 0..<60 {
      switch number % 6 {
      case 0: await rig.sandbox.revokeTokens()
      case 1: rig.slowness = 1
      case 2: rig.slowness = 0
      case 3: await rig.sandbox.advance(by: .seconds(-1000))
      case 4: await rig.sandbox.advance(by: .seconds(3000))
      default: await rig.sandbox.inject(.drop, into: .compute, times: 2)
      }
      await rig.sandbox.set("n", to: "\(number)", on: id.rawValue)
      expected.append("web: n: \(number == 0 ? "–" : "\(number - 1)") → \(number)")
      for _ in 0..<25 { await rig.pass(1) }
      #expect(rig.browser.feed.connection == .live)
    }
    #expect(rig.changes == expected)
  }
}
