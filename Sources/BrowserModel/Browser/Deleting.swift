import NovaClient

// Deleting: the question, the work, the results.
extension Browser {
  /// Asks about the marked images, or the one under the cursor. The question holds on to these, whatever moves.
  func askToDelete() {
    guard !isReadOnly else {
      say(.warning, "Nothing is deleted: this session is read-only (--read-only).")
      return
    }
    if rangeStart != nil { toggleRange() }
    guard !marks.isEmpty else {
      if let image = living() { overlay = .deletion(Deletion([image], hidden: 0, isAboutMarks: false)) }
      return
    }
    // At once, so that a key typed right behind this one is no command to what lies below the question.
    overlay = .gathering
    slots.run(.delete) { [self] in
      var images = await feed.catalogue.images(marks)
      images.sort { ($0.displayName, $0.id.rawValue) < ($1.displayName, $1.id.rawValue) }
      try Task.checkCancellation()
      guard overlay == .gathering else { return }
      // Who has marked images and then filters may have forgotten them.
      let shown = Set(feed.listing.rows.map(\.image.id))
      let hidden = images.count { !shown.contains($0.id) }
      overlay = images.isEmpty ? nil : .deletion(Deletion(images, hidden: hidden, isAboutMarks: true))
    } failed: { _ in
    }
  }

  func performInDeletion(_ command: Command, _ deletion: Deletion) {
    switch (deletion.phase, command) {
    case (.asking, .confirm): run(deletion)
    case (.finished, .retry) where !deletion.failures.isEmpty: run(Deletion(again: deletion.failures))
    case (.finished, .move(let motion)):
      var deletion = deletion
      deletion.scroll.move(motion, lines: viewport.pageLines, height: viewport.pageRows)
      overlay = .deletion(deletion)
    case (.finished, .accept): overlay = nil
    default: break
    }
  }

  private func run(_ asked: Deletion) {
    var deletion = asked
    deletion.phase = .running
    overlay = .deletion(deletion)
    let client = client
    slots.run(.delete) { [self] in
      try await fewAtATime(deletion.targets) { [self] in
        isRunning
      } work: { target in
        await Self.delete(target, client)
      } done: { [self] target, result in
        note(target, result)
      }
      finish()
    } failed: { [self] in
      notice = Notice($0, while: .deleting(""))
    }
  }

  private enum Outcome: Sendable {
    case deleted
    case gone
    case failed(any Error)
    /// No answer came, and the image could not be looked for either.
    case unknown(any Error)
  }

  /// A connection that ends after the request was sent leaves open what has become of it, so the image is looked for.
  private nonisolated static func delete(_ target: Deletion.Target, _ client: ImagesClient) async -> Outcome {
    do {
      try await client.delete(target.id)
      return .deleted
    } catch let error as NovaError where error.kind == .notFound {
      return .gone
    } catch let error as NovaError where error.leavesOpen {
      do {
        _ = try await client.image(target.id)
        return .failed(error)
      } catch let second as NovaError where second.kind == .notFound {
        return .deleted
      } catch {
        return .unknown(error)
      }
    } catch {
      return .failed(error)
    }
  }

  private var isRunning: Bool {
    guard case .deletion(let deletion) = overlay else { return false }
    return deletion.phase == .running
  }

  private func note(_ target: Deletion.Target, _ outcome: Outcome) {
    guard case .deletion(var deletion) = overlay else { return }
    switch outcome {
    case .deleted:
      deletion.deleted.append(target)
      deletedHere.insert(target.id)
    // Somebody was faster; what was wanted has happened.
    case .gone: deletion.gone.append(target)
    case .failed(let error):
      let notice = Notice(error, while: .deleting(target.name))
      deletion.failures.append(Deletion.Failure(target: target, notice: notice))
    case .unknown(let error):
      let notice = Notice(error, while: .wonderingAbout(target.name))
      deletion.failures.append(Deletion.Failure(target: target, notice: notice))
      // When it turns out to be gone, it was most likely this.
      deletedHere.insert(target.id)
    }
    overlay = .deletion(deletion)
    if deletion.failures.last?.target != target {
      marks.remove(target.id)
      feed.forget([target.id])
    }
  }

  /// Gives up those that are under way: a service that hangs must not keep anybody for half a minute.
  func stopWaiting(for deletion: Deletion) {
    slots.cancel(.delete)
    var deletion = deletion
    // They are begun in their order, so those under way are the first without a result.
    for target in deletion.kept.prefix(fewAtOnce) {
      let notice = Notice(.problem, "\(target.name) may be deleted or not: its answer was not waited for.")
      deletion.failures.append(Deletion.Failure(target: target, notice: notice))
    }
    overlay = .deletion(deletion)
    finish()
  }

  /// Says how it ended. What became of each of several stays on the screen until it has been read.
  private func finish() {
    guard case .deletion(var deletion) = overlay else { return }
    deletion.phase = .finished
    guard deletion.targets.count == 1, let only = deletion.targets.first else {
      overlay = .deletion(deletion)
      if let failure = deletion.failures.first { notice = failure.notice }
      return
    }
    overlay = nil
    if let failure = deletion.failures.first {
      notice = failure.notice
    } else {
      say(.success, deletion.gone.isEmpty ? "Deleted \(only.name)." : "\(only.name) was gone already.")
    }
  }
}

extension NovaError {
  /// Whether what was asked for may have been done all the same.
  fileprivate var leavesOpen: Bool {
    guard !isUnsent else { return false }
    return switch kind {
    case .timedOut, .unreachable, .malformedAnswer, .answerTooLarge, .unavailable, .serverError: true
    default: false
    }
  }
}
