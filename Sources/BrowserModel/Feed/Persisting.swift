import Foundation
import NovaClient

// Asking until there is an answer, and saying truly how things stand meanwhile.
extension Feed {
  /// For so many seconds of trouble it is asked again in each interval at the latest; after that it may take a minute.
  private static let hopeful: TimeInterval = 600
  private static let longestWait = Duration.seconds(60)

  /// Asks until there is an answer, and keeps the header true meanwhile.
  func persisting<Value: Sendable>(
    _ slot: Slot, _ question: @MainActor () async throws -> Value
  ) async throws -> Value {
    while true {
      try await heedPlea()
      do {
        let value = try await waiting(question)
        try Task.checkCancellation()
        worked(slot)
        return value
      } catch let error as NovaError where error.kind != .notSignedIn {
        try Task.checkCancellation()
        note(plea: error)
        givenUp = nil
        endRefresh(by: slot)
        let since = troubledSince ?? time.now
        troubledSince = since
        let isYoung = time.now.timeIntervalSince(since) < Self.hopeful
        let wait = backoff.next(
          asked: error.retryAfter, longest: isYoung ? min(interval, Self.longestWait) : Self.longestWait,
          chance: chance())
        connection = .troubled(Connection.Trouble(error), retry: time.now + wait.seconds)
        try await slots.rest(wait)
      }
    }
  }

  /// Notes for how long the service wants to be left alone, if it has said so.
  func note(plea error: any Error) {
    guard let error = error as? NovaError, let wait = error.retryAfter else { return }
    let until = time.now + wait.seconds
    guard until > plea?.until ?? .distantPast else { return }
    plea = Plea(trouble: Connection.Trouble(error), until: until)
  }

  /// What the service has asked for, as long as that lasts.
  var standingPlea: Plea? { plea.flatMap { $0.until > time.now ? $0 : nil } }

  /// Whether not even a person who wants it asks now.
  package var mustWait: Bool { standingPlea != nil }

  /// Waits as long as the service has asked for, whoever it was that it said so to.
  private func heedPlea() async throws {
    while let plea = standingPlea {
      givenUp = nil
      connection = .troubled(plea.trouble, retry: plea.until)
      try await slots.rest(.seconds(plea.until.timeIntervalSince(time.now)))
    }
  }

  /// Has the header say how long an answer has been waited for.
  func waiting<Value: Sendable>(_ question: @MainActor () async throws -> Value) async throws -> Value {
    let number = ticket()
    waits[number] = time.now
    defer { waits[number] = nil }
    return try await question()
  }

  func updateWaitingSince() { waitingSince = (Array(waits.values) + [givenUp].compactMap(\.self)).min() }

  /// What a person waits for is the round, and before the first page that one.
  private func endRefresh(by slot: Slot) {
    if slot != .walk || !reading.hasBegun { refreshedFrom = nil }
  }

  func worked(_ slot: Slot) {
    givenUp = nil
    endRefresh(by: slot)
    backoff = Backoff()
    troubledSince = nil
    lastGood = time.now
    answered()
    if connection != .live, !isPaused { connection = .live }
    // The walk has shown that the trouble from which a refresh began is over.
    if refreshedFrom != nil { refreshedFrom = standing }
  }

  /// Compares the service's clock with this machine's. Headers are to the second, so less than two is nothing.
  func noteClock(_ date: Date?) {
    guard let date else { return }
    let lead = date.timeIntervalSince(time.clock)
    clockLead = abs(lead) < 2 ? 0 : lead
  }

  /// A question beside the walk and the watch has failed. How things stand with the cloud is for those two to say,
  /// who ask again.
  func failed(_ error: any Error) {
    note(plea: error)
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
    guard !isPaused else { return problem(Notice(error, while: .reading)) }
    connection = .notSignedIn(Connection.Trouble(error))
    watchCredentials()
  }

  /// Asks again as soon as what one signs in with is another.
  func watchCredentials() {
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
      askNow()
    } failed: { _ in
    }
  }
}
