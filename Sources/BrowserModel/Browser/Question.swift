package import Foundation
package import NovaClient

/// Something on the screen that one key answers, or closes. A key that was typed before it was drawn is no answer to
/// it, and what is equal is the same question.
package enum Question: Hashable, Sendable {
  case delete([Image.ID])
  /// Leaving while something is being sent, or with unsaved edits.
  case quit(isWriting: Bool)
  /// Throwing a draft away.
  case discard(String)
  /// The review as it was read at a time; read again, or with something new said on top, it is another question.
  case send(readAt: Date?, note: String?)
  /// What came of a delete or a save, which has yet to be seen.
  case results
}

extension Browser {
  /// The question that keys would answer now.
  package var question: Question? {
    switch context {
    case .quitQuestion: .quit(isWriting: isWriting)
    case .discardQuestion: draftToDiscard.map { .discard($0.id) }
    case .deleteResults, .reviewResults: .results
    case .deleteQuestion:
      if case .deletion(let deletion) = overlay { .delete(deletion.targets.map(\.id)) } else { nil }
    case .review, .reviewConflict:
      if case .review(let review) = overlay, review.phase == .ready {
        .send(readAt: review.readAt, note: review.note)
      } else {
        nil
      }
    default: nil
    }
  }
}
