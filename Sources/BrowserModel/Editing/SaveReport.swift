import NovaClient

/// The sentences that end a save.
struct SaveReport {
  let review: Review
  /// Why the journal does not hold it, if so.
  let journalFault: (any Error)?

  init(_ review: Review, journalFault: (any Error)? = nil) {
    self.review = review
    self.journalFault = journalFault
  }

  /// For the line at the bottom.
  var notice: Notice {
    if !review.failed.isEmpty { return Notice(.problem, failure + journal) }
    let weight: Notice.Weight = journalFault == nil && meanwhile.isEmpty ? .success : .warning
    return Notice(weight, success + rest + meanwhile + journal)
  }

  /// Before it is sent once more, since somebody changed what the review showed.
  var overtaken: String {
    let count = review.overtaken.count
    let whose = review.items.count == 1 ? "" : " of \(count) image\(count == 1 ? "" : "s")"
    let saved = review.items.count { $0.outcome?.isComplete ?? false }
    let waiting = review.items.count {
      $0.outcome == nil && !review.overtaken.contains($0.id) && !review.isSettled($0)
    }
    let wait = waiting == 0 ? "" : ", \(waiting) wait\(waiting == 1 ? "s" : "")"
    let others = saved == 0 ? "" : " \(saved) other\(saved == 1 ? " is" : "s are") saved\(wait)."
    return "Somebody changed the metadata\(whose) while you were looking.\(others) Look again, then Enter."
  }

  private var success: String {
    let arrived = review.items.reduce(0) { $0 + ($1.outcome?.arrived ?? 0) }
    let changes = arrived == 1 ? "1 change" : "\(arrived) changes"
    let count = review.items.count { ($0.outcome?.arrived ?? 0) > 0 }
    let isOne = review.items.count == 1
    let images = isOne ? review.items[0].subject.name : "\(count) image\(count == 1 ? "" : "s")"
    let done = review.isTakingBack ? "Took \(changes) to \(images) back" : "Saved \(changes) to \(images)"
    // Of several what was begun is not all, and what is said first is that the rest is in the draft.
    guard journalFault == nil, isOne || rest.isEmpty else { return "\(done)." }
    return isOne ? "\(done); z takes it back." : "\(done); z on one of them takes them back."
  }

  private var failure: String {
    guard review.items.count == 1 else {
      let count = review.failed.count
      return "\(count) image\(count == 1 ? "" : "s") could not be changed as wanted.\(rest)"
    }
    let outcome = review.items[0].outcome
    let reason =
      outcome?.firstFailed.map { key in
        (key.isEmpty ? "" : "\(ValueEscapes.escaped(key)): ") + (outcome?.reasons[key] ?? "")
      } ?? ""
    return "Not everything was \(review.isTakingBack ? "taken back" : "saved"). \(reason)"
  }

  /// Of those that were never begun.
  private var rest: String {
    let count = review.items.count { $0.outcome == nil && !review.isSettled($0) }
    guard count > 0 else { return "" }
    return " \(count) not begun, in the draft."
  }

  /// Of what is neither as the review has promised nor a failure of ours.
  private var meanwhile: String {
    let keys = Set(review.items.flatMap { $0.outcome?.changedByOthers ?? [] }).sorted()
    guard !keys.isEmpty else { return "" }
    let some = keys.prefix(3).joined(separator: ", ") + (keys.count > 3 ? " and \(keys.count - 3) more" : "")
    return " Meanwhile somebody else changed \(some)."
  }

  private var journal: String {
    journalFault.map { " The journal could not be written (\($0)), so z will not take it back." } ?? ""
  }
}
