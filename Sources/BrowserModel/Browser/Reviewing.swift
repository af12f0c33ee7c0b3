import Foundation
package import NovaClient

// The review: reading what the service holds now, and choosing in conflicts.
extension Browser {
  /// Reads what the service holds now and shows what would be changed.
  func review(_ editor: MetadataEditor) {
    let session = editor.session
    guard session.hasChanges else {
      say(.information, "Nothing is changed, so there is nothing to send.")
      return
    }
    let chosen = choices[editor.draft] ?? [:]
    let origins = session.history.origins
    begin(
      Review(
        session.subjects.map { subject in
          Review.Item(
            subject, mine: session.mine(subject), origins: origins, chosen: chosen[subject.id],
            held: editor.held[subject.id])
        },
        draft: editor.draft, replacesAll: session.history.replacesAll,
        save: drafts[editor.draft]?.begunBy ?? DraftStore.randomName()))
  }

  func begin(_ review: Review) {
    overlay = .review(review)
    slots.run(.save) { [self] in
      try await readAll()
    } failed: { [self] in
      notice = Notice($0, while: .reading)
    }
  }

  /// Reads every image of the review, four at a time.
  func readAll() async throws {
    guard case .review(let review) = overlay else { return }
    let saver = MetadataSaver(client: client)
    let visibility = visibility
    let deadline = time.now + Self.patienceForVisibility
    try await fewAtATime(review.items.map(\.id)) { [time] id in
      async let seen = Self.seen(id, visibility, until: deadline, time)
      return (await Result { try await saver.read(id) }, await seen)
    } done: { [self] id, answer in
      take(answer.0, answer.1, for: id)
    }
    guard case .review(var review) = overlay else { return }
    if review.items.count == 1, let outcome = review.items[0].outcome {
      // What cannot be read cannot be compared; the draft waits.
      leaveReview(review)
      let name = review.items[0].subject.name
      notice = Notice(.problem, "\(name) could not be read: \(outcome.reasons.values.first ?? "")")
      return
    }
    review.readAt = time.now
    review.phase = .ready
    review.goToConflict()
    overlay = .review(review)
  }

  /// Seconds that a review waits for the image service, which it can do without.
  private static let patienceForVisibility: TimeInterval = 2

  /// Whether a write would take the image from somebody's eyes.
  nonisolated static func seen(
    _ id: Image.ID, _ visibility: VisibilityReading?, until deadline: Date, _ time: any TimeSource
  ) async -> Review.Visibility {
    guard let visibility, time.now < deadline else { return .unknown }
    let told = try? await first {
      try await visibility(id)
    } or: {
      try await time.sleep(until: deadline)
    }
    // Not being told is no reason not to go on; the review then says what could be.
    switch told ?? nil {
    // With whom, if with anybody, only another question would tell.
    case .shared: return .becomesPrivate("open to the projects it is shared with")
    case .community: return .becomesPrivate("open to the community")
    case .private, .public: return .stays
    case .other, nil: return .unknown
    }
  }

  private func take(
    _ result: Result<[String: String], any Error>, _ seen: Review.Visibility, for id: Image.ID
  ) {
    guard case .review(var review) = overlay, let index = review.items.firstIndex(where: { $0.id == id })
    else {
      return
    }
    switch result {
    case .success(let now): review.items[index].compare(with: now, at: time.now)
    case .failure(let error):
      let reason = (error as? NovaError).map { Notice.reason($0) } ?? "\(error)"
      review.items[index].outcome = SaveOutcome(failed: reason)
    }
    review.items[index].visibility = seen
    overlay = .review(review)
  }

  func performInReview(_ command: Command, _ review: Review) {
    var review = review
    switch (review.phase, command) {
    case (.ready, .chooseMine): review.choose(.mine)
    case (.ready, .chooseTheirs): review.choose(.theirs)
    case (.ready, .move(let motion)):
      review.move(motion, height: viewport.pageRows, linesBelow: viewport.pageLines)
    case (.ready, .accept):
      send(review)
      return
    case (.sending, .move(let motion)), (.stopping, .move(let motion)), (.finished, .move(let motion)):
      review.scroll.move(motion, lines: viewport.pageLines, height: viewport.pageRows)
    case (.finished, .retry):
      tryAgain(review)
      return
    case (.finished, .export) where !review.failed.isEmpty:
      export(review)
      return
    case (.finished, .accept):
      overlay = nil
      return
    default: return
    }
    overlay = .review(review)
  }

  /// One step back from the review: to the editor, or, while it is being sent, stopping after what is under way.
  func leaveReview(_ review: Review) {
    var review = review
    switch review.phase {
    case .reading, .ready:
      slots.cancel(.save)
      overlay = nil
      // Who goes back for another edit need not choose again.
      guard let draft = drafts[review.draft] else { return }
      choices[review.draft] = review.items.reduce(into: [:]) { $0[$1.id] = $1.merge ?? $1.chosen }
      reopen(draft, after: review)
    case .sending:
      review.phase = .stopping
      overlay = .review(review)
    case .stopping: break
    case .finished: overlay = nil
    }
  }

  /// The editor as it was, with what the review has found out; the service is not asked again.
  func reopen(_ draft: StoredDraft, after review: Review) {
    var editor = MetadataEditor(EditSession(draft.subjects, history: draft.history), draft: draft.id)
    for item in review.items { editor.held[item.id] = item.outcome?.after ?? item.merge?.now ?? item.held }
    editor.refusals = draft.refusals ?? [:]
    editor.goToChange()
    editor.resume(draft.typing, lefts: draft.lefts)
    if let key = review.items.first?.outcome?.firstFailed { editor.go(to: key) }
    overlay = .editor(editor)
  }
}

/// Reads who may see an image, where the cloud has an image service to ask.
package typealias VisibilityReading = @Sendable (Image.ID) async throws -> ImageVisibility?
