import Foundation
package import NovaClient

/// What the person is looking at, which the watch goes by: what changes there is to be seen soonest.
package struct Watched: Hashable, Sendable {
  /// The image under the cursor.
  package var cursor: Image?
  /// What the person waits for.
  package var followed: [Image] = []
  /// The rows on the screen.
  package var screen: [Image] = []
  /// Whether nobody has pressed a key for a long time.
  package var isUnattended = false
  /// Whether an answer is being waited for that the sweep must not delay.
  package var isBusy = false

  package init() {}

  /// Whether something is being saved that the person sees or waits for, which is a reason to hurry.
  func includesSaving(_ now: Date) -> Bool {
    followed.contains { $0.status == .saving } || screen.contains { $0.isStillSaving(now) }
  }
}

extension Image {
  /// Whether it is being saved, and may be done soon: what has been for a day never will be.
  func isStillSaving(_ now: Date) -> Bool {
    status == .saving && created.map { now.timeIntervalSince($0) < 86_400 } ?? true
  }
}
