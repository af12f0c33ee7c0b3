import Foundation
import NovaClient

// Sending what a review shows, and what becomes of the draft.
extension Browser {
  func send(_ review: Review) {
    guard review.canSend else {
      if let refusal = review.refusals.first {
        say(.warning, refusal)
      } else {
        say(.warning, "First choose m (mine) or t (theirs) for each conflict.")
      }
      return
    }
    let isFresh = review.readAt.map { time.now.timeIntervalSince($0) < Self.freshness } ?? false
    // What is so already may have been changed again since, so an old review is looked at whole.
    let items = isFresh ? review.sending : review.items.filter { $0.merge != nil && $0.outcome == nil }
    guard !items.isEmpty else {
      finishWithoutSending(review)
      return
    }
    var review = review
    review.note = nil
    review.phase = .sending
    review.startedAt = time.now
    overlay = .review(review)
    let sent = review.sending
    let save = DraftStore.randomName()
    slots.run(.save) { [self] in
      let saver = MetadataSaver(client: client)
      if !sent.isEmpty { try await record(sent, save) }
      try await fewAtATime(items) { [self] in
        isSending
      } work: { [replacesAll = review.replacesAll] item in
        await Self.save(item, with: saver, replacesAll: replacesAll, isFresh: isFresh)
      } done: { [self] item, result in
        note(result, for: item)
      }
      try await conclude(save, Set(sent.map(\.id)))
    } failed: { [self] in
      notice = Notice(.problem, "Not saved: \($0)")
      if case .review(var review) = overlay {
        review.phase = .ready
        overlay = .review(review)
      }
    }
  }

  /// How long what the review shows counts as what the service holds, in seconds. After that the metadata is read
  /// once more before it is written, since a person takes time to read a review, and others go on working.
  private static let freshness = 1.0

  private enum Saved: Sendable {
    case outcome(SaveOutcome)
    /// Somebody changed what the review showed; nothing was sent.
    case changed(now: [String: String])
  }

  private nonisolated static func save(
    _ item: Review.Item, with saver: MetadataSaver, replacesAll: Bool, isFresh: Bool
  ) async -> Saved {
    guard let merge = item.merge else { preconditionFailure("only what has been read is sent") }
    if !isFresh {
      do {
        let now = try await saver.read(item.id)
        if now != merge.now { return .changed(now: now) }
      } catch {
        let reason = (error as? NovaError).map { Notice.reason($0, .savingMetadata("")) } ?? "\(error)"
        return .outcome(SaveOutcome(failed: reason, keys: merge.rows.filter(merge.sends).map(\.key)))
      }
    }
    let plan = MetadataPlan(merge, replacesAll: replacesAll)
    guard !plan.requests.isEmpty else {
      return .outcome(SaveOutcome(merge, after: merge.now, reasons: [:]))
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
    case .changed(let now):
      let choices = item.merge?.choices ?? [:]
      var fresh = merge(item.subject, review, now)
      // A choice between two values holds as long as theirs is still the same.
      for (key, choice) in choices where fresh.now[key] == item.merge?.now[key] {
        fresh.choose(choice, for: key)
      }
      review.items[index].merge = fresh
      review.note = "Somebody changed the metadata while you were looking: look again, then Enter."
    case .outcome(let outcome):
      review.items[index].outcome = outcome
      if let after = outcome.after { feed.adopt(after, for: item.id) }
    }
    overlay = .review(review)
  }

  /// What was done goes into the journal; what did not arrive stays in the draft.
  private func conclude(_ save: String, _ sent: Set<Image.ID>) async throws {
    guard case .review(var review) = overlay else { return }
    try await journalize(review.items.filter { sent.contains($0.id) }, save)
    if review.note != nil {
      // Something changed meanwhile: nothing of it was sent.
      review.phase = .ready
      review.readAt = time.now
      overlay = .review(review)
      settleDraft(review)
      return
    }
    review.phase = .finished
    settleDraft(review)
    let failed = review.failed
    guard !sent.isEmpty || !failed.isEmpty else {
      finishWithoutSending(review)
      return
    }
    let arrived = review.items.reduce(0) { $0 + ($1.outcome?.arrived ?? 0) }
    let changes = arrived == 1 ? "1 change" : "\(arrived) changes"
    if review.items.count == 1, let only = review.items.first {
      takingBack = nil
      if let outcome = only.outcome, !outcome.isComplete, let draft = drafts[review.draft] {
        reopen(draft, refusals: outcome.reasons)
        let reason = outcome.reasons.sorted { $0.key < $1.key }.first.map { "\($0.key): \($0.value)" } ?? ""
        notice = Notice(.problem, "Not everything was saved. \(reason)")
      } else if let outcome = only.outcome, !outcome.isComplete {
        overlay = nil
        let reason = outcome.reasons.sorted { $0.key < $1.key }.first.map { "\($0.key): \($0.value)" } ?? ""
        notice = Notice(.problem, "Not everything was taken back. \(reason)")
      } else {
        overlay = nil
        let done =
          review.isTakingBack
          ? "Took \(changes) to \(only.subject.name) back" : "Saved \(changes) to \(only.subject.name)"
        say(.success, "\(done); z takes it back.")
      }
    } else if failed.isEmpty {
      let skipped = review.items.count { $0.outcome == nil && !(review.plan($0)?.requests.isEmpty ?? true) }
      overlay = nil
      takingBack = nil
      let rest = skipped > 0 ? " Stopped: \(skipped) images were left as they are." : ""
      let images = review.items.count { sent.contains($0.id) && $0.outcome != nil }
      let done =
        review.isTakingBack
        ? "Took \(changes) to \(images) images back" : "Saved \(changes) to \(images) images"
      say(.success, "\(done); z takes them back.\(rest)")
    } else {
      overlay = .review(review)
      notice = Notice(.problem, "\(failed.count) images could not be changed as wanted.")
    }
  }

  /// The draft keeps the images, and of one image the keys, that are not yet as they were meant to be.
  private func settleDraft(_ review: Review) {
    guard var draft = drafts[review.draft] else { return }
    if review.items.count == 1, let item = review.items.first {
      guard let outcome = item.outcome else { return }
      let wanted = draft.history.applied(to: draft.subjects[0].base)
      if let after = outcome.after { draft.subjects[0].base = after }
      var rest = draft.subjects[0].base
      for key in outcome.reasons.keys { rest[key] = wanted[key] }
      draft.history = .changing(draft.subjects[0].base, to: rest)
      draft.typing = nil
    } else {
      let unfinished = Set(
        review.items.filter { item in
          item.outcome.map { !$0.isComplete }
            ?? (item.merge?.openConflicts.isEmpty == false
              || review.plan(item)?.requests.isEmpty == false)
        }.map(\.id))
      draft.subjects.removeAll { !unfinished.contains($0.id) }
    }
    let hasSomething = !draft.history.edits.isEmpty || hasText(draft.id)
    guard !draft.subjects.isEmpty, hasSomething else { return forgetDraft(draft.id) }
    drafts[draft.id] = draft
    write(draft)
  }

  private func finishWithoutSending(_ review: Review) {
    guard review.failed.isEmpty else {
      var review = review
      review.phase = .finished
      overlay = .review(review)
      return
    }
    overlay = nil
    takingBack = nil
    forgetDraft(review.draft)
    say(.information, "The service holds all of this already; nothing was sent.")
  }

  func tryAgain(_ review: Review) {
    let failed = review.failed.map(\.subject)
    guard !failed.isEmpty else { return }
    begin(
      Review(failed, draft: review.draft, replacesAll: review.replacesAll, isTakingBack: review.isTakingBack))
  }

  /// Writes what failed into a file that other programs can read.
  func export(_ review: Review) {
    guard let folder = state?.folder("failures") else { return }
    let failures = review.failed.map { item -> JSONValue in
      [
        "image": .string(item.id.rawValue), "name": .string(item.subject.name),
        "reasons": .object(item.outcome?.reasons.mapValues { .string($0) } ?? [:]),
      ]
    }
    let name = "\(Timestamp.format(time.now)).json"
    do {
      try folder.replace(name, with: Data((JSONValue.array(failures).text(pretty: true) + "\n").utf8))
      say(.success, "Written to \(folder.file(name))")
    } catch {
      notice = Notice(.problem, "The failures could not be written: \(error)")
    }
  }
}
