import BrowserModel
import BrowserRig
import Foundation
import NovaClient
import Testing

/// Answers that overtake each other: what is shown never goes back, and never stays behind.
struct ReadingOrderTests {
  /// A question: when it was asked, which state of the image it saw, and what was asked last when its answer came.
  private struct Question {
    var ticket: Int
    var version: Int
  }

  private static func image(_ version: Int, updated: Int) -> Image {
    Image(
      id: "a", name: "web", created: Date(timeIntervalSince1970: 0),
      updated: Date(timeIntervalSince1970: TimeInterval(updated)), metadata: ["version": .integer(version)])
  }

  private static func version(_ catalogue: Catalogue) async -> Int {
    guard case .integer(let version) = await catalogue.image("a")?.metadata["version"] else { return -1 }
    return version
  }

  /// Questions and answers by chance while an image changes.
  ///
  /// - Parameters:
  ///   - updated: the service's time of change of each version.
  ///   - seen: gets what the catalogue holds after each answer, and what is.
  private static func run(
    seed: UInt64, updated: [Int], seen: (_ held: Int, _ now: Int) -> Void
  ) async {
    var dice = Dice(seed: seed)
    let catalogue = Catalogue()
    var now = 0
    var tickets = 0
    // Asked, and not yet looked at by the service; then looked at, and not yet answered.
    var asked: [Int] = []
    var answers: [Question] = []
    for _ in 0..<200 {
      switch Int.random(in: 0..<4, using: &dice) {
      case 0 where now < updated.count - 1: now += 1
      case 1 where asked.count + answers.count < 4:
        tickets += 1
        asked.append(tickets)
      case 2 where !asked.isEmpty:
        let ticket = asked.remove(at: Int.random(in: 0..<asked.count, using: &dice))
        answers.append(Question(ticket: ticket, version: now))
      case 3 where !answers.isEmpty:
        let answer = answers.remove(at: Int.random(in: 0..<answers.count, using: &dice))
        await catalogue.merge(
          Readings(
            [image(answer.version, updated: updated[answer.version])], ticket: answer.ticket,
            answered: tickets))
        seen(await version(catalogue), now)
      default: break
      }
    }
    for ticket in asked { answers.append(Question(ticket: ticket, version: now)) }
    for answer in answers {
      await catalogue.merge(
        Readings(
          [image(answer.version, updated: updated[answer.version])], ticket: answer.ticket, answered: tickets)
      )
    }
    // When everybody has been answered, one more question shows what is.
    await catalogue.merge(
      Readings([image(now, updated: updated[now])], ticket: tickets + 1, answered: tickets + 1))
    seen(await version(catalogue), now)
  }

  @Test(arguments: 0..<100) func `while the service's times go on, nothing that was overtaken is shown`(
    seed: Int
  ) async {
    var highest = -1
    var last = (held: -1, now: 0)
    await Self.run(seed: UInt64(seed), updated: (0..<100).map { $0 }) { held, now in
      #expect(held >= highest)
      highest = max(highest, held)
      last = (held, now)
    }
    #expect(last.held == last.now)
  }

  @Test(arguments: 0..<100) func `whatever the times say, a question asked after the last answer counts`(
    seed: Int
  ) async {
    var dice = Dice(seed: UInt64(seed) + 1000)
    // Clocks are set, and images are replaced from a backup.
    let updated = (0..<100).map { _ in Int.random(in: 0..<50, using: &dice) }
    var last = (held: -1, now: 0)
    await Self.run(seed: UInt64(seed), updated: updated) { held, now in last = (held, now) }
    #expect(last.held == last.now)
  }

  @Test func `what overtakes is told in the order in which it was found out`() {
    var order = InOrder<String>()
    #expect(order.take("b", 1).isEmpty)
    #expect(order.take("c", 2).isEmpty)
    #expect(order.take("a", 0) == ["a", "b", "c"])
    #expect(order.take("d", 3) == ["d"])
  }
}
