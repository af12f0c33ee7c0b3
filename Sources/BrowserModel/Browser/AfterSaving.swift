import Foundation
import NovaClient

// What becomes of the draft when a save has ended, and of what could not be done.
extension Browser {
  /// The draft keeps the images, and of one image the keys, that are not yet as they were meant to be.
  func keepWhatFailed(of review: Review) {
    if review.isTakingBack, review.items.count == 1, let item = review.failed.first {
      // What could not be taken back is an edit like any other from now on.
      drafts[review.draft] = StoredDraft(
        id: review.draft, cloud: place.cloud, project: place.projectKey, subjects: [item.subject],
        history: .changing(item.subject.base, to: item.mine), saved: time.now)
    }
    guard var draft = drafts[review.draft] else { return }
    draft.settle(review)
    letGo(draft)
  }

  /// What is done needs no draft. What was typed and left in a field, or waits in a file, is no part of that.
  private func letGo(_ draft: StoredDraft) {
    guard draft.hasEdits || !draft.lefts.isEmpty || hasText(draft.id) else {
      forgetDraft(draft.id)
      return
    }
    drafts[draft.id] = draft
    write(draft)
  }

  func finishWithoutSending(_ review: Review) {
    guard review.failed.isEmpty else {
      var review = review
      review.phase = .finished
      overlay = .review(review)
      return
    }
    overlay = nil
    if var draft = drafts[review.draft] {
      draft.history = EditHistory()
      letGo(draft)
    }
    say(
      .information,
      review.givesWay
        ? "What others have set stays; nothing was sent."
        : "The service holds all of this already; nothing was sent.")
  }

  func tryAgain(_ review: Review) {
    // A choice that has been written is no answer to what somebody does afterwards, so conflicts are asked about again.
    let failed = review.failed.map {
      Review.Item(
        $0.subject, mine: $0.mine, origins: $0.origins,
        held: $0.outcome?.after ?? $0.merge?.now ?? $0.held)
    }
    guard !failed.isEmpty else { return }
    begin(
      Review(
        failed, draft: review.draft, replacesAll: review.replacesAll, isTakingBack: review.isTakingBack,
        save: review.save))
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
