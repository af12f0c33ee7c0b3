import Foundation
import NovaClient

// Sending what a review shows.
extension Browser {
  func send(_ review: Review) {
    guard review.canSend else {
      if let refusal = review.refusals.first, review.openConflicts == 0 {
        say(.warning, "\(refusal.name): \(refusal.reason)")
      } else {
        say(.warning, "First choose m (mine) or t (theirs) for each conflict.")
      }
      return
    }
    var review = review
    review.note = nil
    review.overtaken = []
    review.phase = .reading
    overlay = .review(review)
    slots.run(.save) { [self] in
      guard try await lookAgain() else { return }
      try await sendAll()
    } failed: { _ in
      // Only leaving ends it early; the draft and the journal's first line stay.
    }
  }

  /// Reads again what was read a while ago, of all images before anything is sent to one of them.
  ///
  /// - Returns: false when somebody has changed one, which the person has to see first.
  private func lookAgain() async throws -> Bool {
    guard case .review(let review) = overlay else { return false }
    // What is so already may have been changed again since. One write of everything takes along whatever came in.
    let old = review.items.filter { item in
      item.outcome == nil && item.merge != nil && item.plan?.refusal == nil
        && (!item.isFresh(at: time.now) || review.replacesAll && item.plan?.requests.isEmpty == false)
    }
    let saver = MetadataSaver(client: client)
    try await fewAtATime(old) { item in
      await Result { try await saver.read(item.id) }
    } done: { [self] item, result in
      guard case .review(var review) = overlay,
        let index = review.items.firstIndex(where: { $0.id == item.id })
      else { return }
      switch result {
      case .success(let now): review.take(now, for: index, at: time.now)
      case .failure(let error):
        let keys = item.merge.map { merge in merge.rows.filter(merge.sends).map(\.key) } ?? []
        review.items[index].outcome = SaveOutcome(failed: MetadataSaver.words(error), keys: keys)
      }
      overlay = .review(review)
    }
    guard case .review(let review) = overlay, review.overtaken.isEmpty else {
      askAgain()
      return false
    }
    return true
  }

  /// Shows the review again, with what somebody has changed meanwhile.
  private func askAgain() {
    guard case .review(var review) = overlay else { return }
    review.phase = .ready
    review.readAt = time.now
    review.note = SaveReport(review).overtaken
    review.goToConflict()
    overlay = .review(review)
  }

  private func sendAll() async throws {
    try Task.checkCancellation()
    guard case .review(var review) = overlay else { return }
    let sent = review.sending
    for index in review.items.indices where review.items[index].outcome == nil {
      guard let reason = review.items[index].plan?.refusal else { continue }
      review.items[index].outcome = SaveOutcome(failed: "left out: \(reason)")
    }
    guard !sent.isEmpty || !review.failed.isEmpty else {
      finishWithoutSending(review)
      return
    }
    // What was said to an earlier try is no answer to this one, least of all when it ends with the program.
    if drafts[review.draft]?.refusals != nil {
      drafts[review.draft]?.refusals = nil
      if let draft = drafts[review.draft] { write(draft) }
    }
    review.phase = .sending
    review.startedAt = time.now
    overlay = .review(review)
    guard await recordBegin(of: sent, review.save) else { return }
    let saver = MetadataSaver(client: client)
    try await fewAtATime(sent) { [self] in
      isSending
    } work: { [time] item in
      await Self.save(item, with: saver, time)
    } done: { [self] item, result in
      note(result, for: item)
    }
    await conclude(review.save, Set(sent.map(\.id)))
  }

  /// - Returns: false when the journal cannot be written, which the person is asked about.
  private func recordBegin(of items: [Review.Item], _ save: String) async -> Bool {
    guard !items.isEmpty else { return true }
    do {
      try await record(items, save)
    } catch {
      guard case .review(var review) = overlay, !review.goesWithoutJournal else { return true }
      review.phase = .ready
      review.goesWithoutJournal = true
      review.note =
        "The journal cannot be written (\(error)): z could not take this save back. Enter sends all the same."
      overlay = .review(review)
      return false
    }
    return true
  }

  private enum Saved: Sendable {
    case outcome(SaveOutcome)
    /// Somebody changed what the review showed; nothing was sent.
    case overtaken(now: [String: String])
  }

  private nonisolated static func save(
    _ item: Review.Item, with saver: MetadataSaver, _ time: any TimeSource
  ) async -> Saved {
    guard let merge = item.merge, let plan = item.plan else {
      preconditionFailure("only what has been read is sent")
    }
    // Of many images the last ones have waited for the first.
    if !item.isFresh(at: time.now) {
      do {
        let now = try await saver.read(item.id)
        if !now.isExactly(merge.now) { return .overtaken(now: now) }
      } catch {
        return .outcome(
          SaveOutcome(failed: MetadataSaver.words(error), keys: merge.rows.filter(merge.sends).map(\.key)))
      }
    }
    return .outcome(await saver.carryOut(plan, merge, on: item.id))
  }

  private var isSending: Bool {
    guard case .review(let review) = overlay else { return false }
    return review.phase == .sending
  }

  private func note(_ result: Saved, for item: Review.Item) {
    guard case .review(var review) = overlay,
      let index = review.items.firstIndex(where: { $0.id == item.id })
    else { return }
    switch result {
    case .overtaken(let now):
      review.take(now, for: index, at: time.now)
      // Those under way are as they were shown; for the others there may be something to decide now.
      if review.phase == .sending { review.phase = .stopping }
    case .outcome(let outcome):
      review.items[index].outcome = outcome
      if let after = outcome.after { feed.adopt(after, for: item.id) }
    }
    overlay = .review(review)
  }

  /// What was done goes into the journal; what did not arrive stays in the draft.
  private func conclude(_ save: String, _ sent: Set<Image.ID>) async {
    guard case .review(let begun) = overlay else { return }
    var fault: (any Error)?
    do { try await recordEnd(of: begun.items.filter { sent.contains($0.id) }, save) } catch { fault = error }
    guard case .review(var review) = overlay else { return }
    keepWhatFailed(of: review)
    guard review.overtaken.isEmpty else {
      askAgain()
      return
    }
    review.phase = .finished
    choices[review.draft] = nil
    if review.items.count == 1, review.failed.isEmpty {
      overlay = nil
    } else if review.items.count == 1 {
      overlay = nil
      if let draft = drafts[review.draft] { reopen(draft, after: review) }
    } else {
      overlay = .review(review)
    }
    notice = SaveReport(review, journalFault: fault).notice
    if let left = drafts[review.draft]?.lefts.last?.shown, overlay == nil {
      notice?.text +=
        " Not taken over: \"\(left)\"; e\(review.items.count == 1 ? "" : " on the same images") has it."
    }
  }
}
