import BrowserModel
import BrowserRig
import Foundation
import NovaClient
import SandboxCloud
import Testing

/// Ten minutes in which everything goes wrong that can: each state is told truly, it is live again by itself within one
/// interval of each fault's end, and nothing is missed.
@MainActor struct FaultScheduleTests {
  /// What goes wrong, and how the header calls it.
  private struct Trouble {
    var fault: Fault
    var word: String
    /// What stands behind the word, where that says more.
    var reason = ""
  }

  private static let troubles: [Trouble] = [
    Trouble(fault: .drop, word: "unreachable"),
    Trouble(fault: .dropAnswer, word: "unreachable"),
    Trouble(fault: .refused, word: "unreachable", reason: "connection refused by nova.invalid"),
    Trouble(fault: .unknownName, word: "unreachable", reason: "nova.invalid has no address"),
    Trouble(fault: .untrusted, word: "certificate not trusted", reason: "certificate has expired"),
    Trouble(fault: .cut(afterBytes: 7), word: "nonsense answered"),
    Trouble(fault: .notJSON, word: "nonsense answered"),
    Trouble(fault: .unexpected("Boom"), word: "service in trouble"),
    Trouble(fault: .badGateway, word: "service in trouble"),
    Trouble(fault: .tooManyRequests(retryAfter: 20), word: "asked to wait"),
    Trouble(fault: .unauthorized, word: "not signed in: token refused"),
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
      guard case .troubled(let shown, var retry) = rig.browser.feed.connection else {
        Issue.record("\(trouble.word): \(rig.browser.feed.connection)")
        continue
      }
      #expect(shown.word == trouble.word)
      let notice = ([shown.notice.text] + shown.notice.details).joined(separator: "\n")
      #expect(notice.contains(trouble.reason) || trouble.reason.isEmpty, "\(notice)")
      #expect(retry > rig.time.now)
      let lastGood = try #require(rig.browser.feed.lastGood)
      #expect(rig.time.now.timeIntervalSince(lastGood) > 40)
      #expect(rig.names.count == 31)
      // Keys are answered all the while.
      let before = rig.browser.cursor.row
      _ = rig.browser.perform(.move(.down))
      #expect(rig.browser.cursor.row == before + 1)
      await rig.sandbox.removeFaults()
      // What the service has asked for is obeyed to its end.
      if shown.word != "asked to wait" { retry = rig.time.now + 5 }
      while rig.time.now < retry { await rig.pass(1) }
      #expect(rig.browser.feed.connection == .live, "\(trouble.word)")
      #expect(rig.browser.log.lines.last?.words.hasSuffix("→ \(number)") == true)
    }
  }

  @Test(arguments: [(300, 5), (590, 5), (1500, 60)] as [(Int, Int)])
  func `it comes back within one interval, and within a minute when the trouble lasts`(
    lasting: Int, within: Int
  ) async throws {
    let rig = try BrowserRig(images: 30)
    await rig.start()
    await rig.sandbox.inject(.drop, into: .compute, times: 100_000)
    for _ in 0..<lasting { await rig.pass(1) }
    if within == 60, case .troubled(_, let retry) = rig.browser.feed.connection {
      // A service that has been away for long is spared.
      await rig.pass(retry.timeIntervalSince(rig.time.now))
      await rig.sandbox.forgetRequests()
      for _ in 0..<59 { await rig.pass(1) }
      #expect(await rig.sandbox.requests.isEmpty)
      await rig.pass(1)
    }
    let new = await rig.make("made in the dark")
    await rig.sandbox.removeFaults()
    for _ in 0..<within { await rig.pass(1) }
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
