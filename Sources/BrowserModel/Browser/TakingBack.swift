import Foundation
import NovaClient

// The journal of what was saved, and taking a save back.
extension Browser {
  /// Says in the journal what is about to be done, so that a program that ends in the middle leaves a trace.
  /// - Throws: `StateFault`.
  func record(_ items: [Review.Item], _ save: String) async throws {
    try await journal?.append(
      items.compactMap { item in
        item.merge.map { merge in
          let keys = merge.rows.filter(merge.sends).map(\.key)
          return entry(item, save, from: merge.now, to: merge.result, keys: keys, isDone: false)
        }
      })
  }

  /// Says what came of it: of an image that was not begun, nothing; of one that could not be read back, nobody knows,
  /// so that what was to be done stays the last word.
  /// - Throws: `StateFault`.
  func recordEnd(of items: [Review.Item], _ save: String) async throws {
    try await journal?.append(
      items.compactMap { item in
        guard let merge = item.merge else { return nil }
        guard let outcome = item.outcome else {
          return entry(item, save, from: merge.now, to: merge.now, keys: [], isDone: true)
        }
        return outcome.after.map { after in
          let keys = merge.rows.filter(merge.sends).map(\.key).filter { outcome.reasons[$0] == nil }
          return entry(item, save, from: merge.now, to: after, keys: keys, isDone: true)
        }
      })
  }

  private func entry(
    _ item: Review.Item, _ save: String, from before: [String: String], to after: [String: String],
    keys: [String], isDone: Bool
  ) -> Journal.Entry {
    Journal.Entry(
      save: save, time: time.now, cloud: place.cloud, project: place.projectKey,
      user: place.user ?? ProcessInfo.processInfo.userName,
      image: item.id, name: item.subject.name, before: before, after: after, keys: keys, isDone: isDone)
  }

  /// Offers to take the last save of the image under the cursor back, with all images that were saved with it.
  func takeBack() {
    guard !isReadOnly else {
      say(.warning, "Nothing is taken back: this session is read-only (--read-only).")
      return
    }
    guard let image = living() else { return }
    guard !hasDraft(image.id) else {
      let hasOwn = draftList.contains { $0.isAbout([image.id]) }
      say(
        .information,
        hasOwn
          ? "\(image.displayName) has unsaved edits; e goes on with them, and z undoes them there."
          : "\(image.displayName) has unsaved edits, with other images: first send them or throw them away (u)."
      )
      return
    }
    // At once, so that a key typed right behind this one is no command to what lies below the review.
    overlay = .gathering
    slots.run(.save) { [self] in
      let entries =
        await journal?.lastSave(of: image.id, cloud: place.cloud, project: place.projectKey) ?? []
      try Task.checkCancellation()
      guard overlay == .gathering else { return }
      guard !entries.isEmpty else {
        overlay = nil
        say(.information, "There is no save of \(image.displayName) to take back.")
        return
      }
      let items = entries.map { entry in
        Review.Item(EditSubject(id: entry.image, name: entry.name, base: entry.after), mine: entry.takenBack)
      }
      overlay = .review(
        Review(items, draft: DraftStore.randomName(), replacesAll: false, isTakingBack: true))
      try await readAll()
    } failed: { [self] in
      notice = Notice($0, while: .reading)
    }
  }
}
