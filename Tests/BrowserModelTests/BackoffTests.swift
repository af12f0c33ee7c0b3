import Testing

@testable import BrowserModel

struct BackoffTests {
  @Test func `each wait is a little off, so that not all come back at once`() {
    let chances = [0, 0.25, 0.5, 1]
    for failures in 1...8 {
      let waits = chances.map { chance in
        var backoff = Backoff()
        for _ in 1..<failures { _ = backoff.next(chance: 1) }
        return backoff.next(chance: chance)
      }
      let longest = Duration.seconds(min(1 << (failures - 1), 60))
      #expect(waits.last == longest)
      #expect(waits.first == longest / 2)
      #expect(Set(waits).count == chances.count && waits == waits.sorted())
    }
  }

  @Test func `what the service asks for is obeyed, and never shortened`() {
    var backoff = Backoff()
    #expect(backoff.next(asked: .seconds(90), chance: 0) == .seconds(90))
    #expect(backoff.next(asked: .milliseconds(1), chance: 1) == .seconds(2))
    #expect(backoff.next(longest: .seconds(3), chance: 1) == .seconds(3))
  }
}
