import Foundation
import NovaClient

// Asking until there is an answer, and saying truly how things stand meanwhile.
extension Feed {
  /// Asks until there is an answer, and keeps the header true meanwhile.
  func persisting<Value: Sendable>(
    _ question: @MainActor () async throws -> Value
  ) async throws -> Value {
    while true {
      do {
        let value = try await answer(question)
        try Task.checkCancellation()
        worked()
        return value
      } catch let error as NovaError where error.kind != .notSignedIn {
        try Task.checkCancellation()
        let wait = backoff.next(asked: error.retryAfter, chance: chance())
        connection = .troubled(Connection.Trouble(error), retry: time.now + wait.seconds)
        try await slots.rest(wait)
      }
    }
  }

  /// Counts who is being waited for.
  private func answer<Value: Sendable>(_ question: @MainActor () async throws -> Value) async throws -> Value
  {
    waiting += 1
    if waiting == 1 { waitingSince = time.now }
    defer {
      waiting -= 1
      waitingSince = waiting == 0 ? nil : time.now
    }
    return try await question()
  }

  func worked() {
    backoff = Backoff()
    lastGood = time.now
    answered()
    if connection != .live, !isPaused { connection = .live }
  }

  /// Compares the service's clock with this machine's. Headers are to the second, so less than two is nothing.
  func noteClock(_ date: Date?) {
    guard let date else { return }
    let lead = date.timeIntervalSince(time.now)
    clockLead = abs(lead) < 2 ? 0 : lead
  }

  /// A question beside the walk and the watch has failed. How things stand with the cloud is for those two to say,
  /// who ask again.
  func failed(_ error: any Error) {
    if (error as? NovaError)?.kind == .notSignedIn {
      refused(error)
    } else {
      problem(Notice(error, while: .reading))
    }
  }

  /// The cloud refuses who we are. It is asked again when the person says so, or has corrected what one signs in
  /// with.
  func refused(_ error: any Error) {
    stopAsking()
    guard !isPaused else { return }
    connection = .notSignedIn(Connection.Trouble(error))
    guard let credentials else { return }
    slots.run(.credentials) { [self] in
      let refused = await credentials()
      while true {
        try await slots.rest(.seconds(5))
        let now = await credentials()
        try Task.checkCancellation()
        if let now, now != refused { break }
      }
      // In a task of its own, as this one ends by it.
      refresh([])
    } failed: { _ in
    }
  }
}
