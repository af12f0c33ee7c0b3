package import NovaClient

// The review: reading what the service holds now, and choosing in conflicts.
extension Browser {
  /// Reads what the service holds now and shows what would be changed.
  func review(_ editor: MetadataEditor) {
    guard editor.session.hasChanges else {
      say(.information, "Nothing is changed, so there is nothing to send.")
      return
    }
    begin(
      Review(
        editor.session.subjects, draft: editor.draft, replacesAll: editor.session.history.replacesAll))
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
    try await fewAtATime(review.items.map(\.id)) { id in
      async let seen = Self.seen(id, visibility)
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
    overlay = .review(review)
  }

  /// Whether a write would take the image from somebody's eyes.
  nonisolated static func seen(
    _ id: Image.ID, _ visibility: VisibilityReading?
  ) async -> Review.Visibility {
    guard let visibility else { return .unknown }
    // Not being told is no reason not to go on; the review then says what could be.
    switch try? await visibility(id) {
    case .shared: return .becomesPrivate("shared with other projects")
    case .community: return .becomesPrivate("open to the community")
    case .private, .public: return .stays
    case .other, nil: return .unknown
    }
  }

  func take(
    _ result: Result<[String: String], any Error>, _ seen: Review.Visibility, for id: Image.ID
  ) {
    guard case .review(var review) = overlay, let index = review.items.firstIndex(where: { $0.id == id })
    else {
      return
    }
    switch result {
    case .success(let now): review.items[index].merge = merge(review.items[index].subject, review, now)
    case .failure(let error):
      let reason = (error as? NovaError).map { Notice.reason($0) } ?? "\(error)"
      review.items[index].outcome = SaveOutcome(failed: reason, keys: [""])
    }
    review.items[index].visibility = seen
    overlay = .review(review)
  }

  func merge(_ subject: EditSubject, _ review: Review, _ now: [String: String]) -> MetadataMerge {
    let takenBack = takingBack?.draft == review.draft ? takingBack?.wanted[subject.id] : nil
    let edited = drafts[review.draft]?.history.applied(to: subject.base)
    return MetadataMerge(base: subject.base, now: now, mine: takenBack ?? edited ?? subject.base)
  }

  func performInReview(_ command: Command, _ review: Review) {
    var review = review
    switch (review.phase, command) {
    case (.ready, .chooseMine): review.choose(.mine)
    case (.ready, .chooseTheirs): review.choose(.theirs)
    case (.ready, .move(.down)): review.moveCursor(by: 1)
    case (.ready, .move(.up)): review.moveCursor(by: -1)
    case (.ready, .accept):
      send(review)
      return
    case (.finished, .retry):
      tryAgain(review)
      return
    case (.finished, .export):
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
      takingBack = nil
      if let draft = drafts[review.draft] { reopen(draft) }
    case .sending:
      review.phase = .stopping
      overlay = .review(review)
    case .stopping: break
    case .finished: overlay = nil
    }
  }

  /// The editor as it was, without asking the service.
  func reopen(_ draft: StoredDraft, refusals: [String: String] = [:]) {
    let session = EditSession(draft.subjects, history: draft.history)
    var editor = MetadataEditor(session, draft: draft.id)
    editor.refusals = refusals
    if let key = refusals.keys.min() { editor.go(to: key) }
    overlay = .editor(editor)
  }
}

/// Reads who may see an image, where the cloud has an image service to ask.
package typealias VisibilityReading = @Sendable (Image.ID) async throws -> ImageVisibility?
