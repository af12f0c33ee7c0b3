import Foundation
import NovaClient

// The journal of what was saved, and taking a save back.
extension Browser {
  /// Says in the journal what is about to be done, so that a program that ends in the middle leaves a trace.
  func record(_ items: [Review.Item], _ save: String) async throws {
    try await journal?.append(
      items.map { item in
        entry(item, save, before: item.merge?.now ?? [:], after: item.merge?.result ?? [:], isDone: false)
      })
  }

  func journalize(_ items: [Review.Item], _ save: String) async throws {
    let entries = items.compactMap { item -> Journal.Entry? in
      guard let outcome = item.outcome, let after = outcome.after, let merge = item.merge else { return nil }
      return entry(item, save, before: merge.now, after: after, isDone: true)
    }
    if !entries.isEmpty { try await journal?.append(entries) }
  }

  private func entry(
    _ item: Review.Item, _ save: String, before: [String: String], after: [String: String], isDone: Bool
  ) -> Journal.Entry {
    Journal.Entry(
      save: save, time: time.now, cloud: place.cloud, project: place.project ?? "", user: place.user ?? "",
      image: item.id, name: item.subject.name, before: before, after: after, isDone: isDone)
  }

  /// Offers to take the last save of the image under the cursor back, with all images that were saved with it.
  func takeBack() {
    guard !isReadOnly else {
      say(.warning, "Nothing is taken back: this session is read-only (--read-only).")
      return
    }
    guard let image = current else { return }
    guard !hasDraft(image.id) else {
      say(
        .information, "\(image.displayName) has unsaved edits; e goes on with them, and z undoes them there.")
      return
    }
    // At once, so that a key typed right behind this one is no command to what lies below the review.
    overlay = .gathering
    slots.run(.save) { [self] in
      let entries =
        await journal?.lastSave(of: image.id, cloud: place.cloud, project: place.project ?? "") ?? []
      try Task.checkCancellation()
      let real = entries.filter { $0.before != $0.after }
      guard overlay == .gathering else { return }
      guard !real.isEmpty else {
        overlay = nil
        say(.information, "There is no save of \(image.displayName) to take back.")
        return
      }
      let draft = DraftStore.randomName()
      let subjects = real.map { EditSubject(id: $0.image, name: $0.name, base: $0.after) }
      let wanted = Dictionary(real.map { ($0.image, $0.before) }, uniquingKeysWith: { first, _ in first })
      takingBack = TakingBack(draft: draft, wanted: wanted)
      overlay = .review(Review(subjects, draft: draft, replacesAll: false, isTakingBack: true))
      try await readAll()
    } failed: { [self] in
      notice = Notice($0, while: .reading)
    }
  }
}

/// A save that is being taken back: what each image is to hold again.
struct TakingBack: Hashable, Sendable {
  let draft: String
  let wanted: [Image.ID: [String: String]]
}
