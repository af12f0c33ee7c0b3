import Foundation
package import NovaClient

// Keeping drafts on disk, and taking over those that other programs have left.
extension Browser {
  /// Writes the draft, or takes it away when nothing is left to keep.
  func keep(_ editor: MetadataEditor) {
    slots.cancel(.typing)
    guard !isReadOnly else { return }
    let hasSomething = editor.session.hasChanges || editor.typing != nil || hasText(editor.draft)
    guard hasSomething || !editor.leftTypings.isEmpty else {
      forgetDraft(editor.draft)
      return
    }
    var draft = StoredDraft(
      id: editor.draft, cloud: place.cloud, project: place.projectKey, subjects: editor.session.subjects,
      history: hasSomething ? editor.session.history : EditHistory(), typing: editor.typing,
      lefts: editor.leftTypings, changes: hasSomething ? editor.session.changeCount : 0, saved: time.now)
    draft.begunBy = drafts[draft.id]?.begunBy
    draft.refusals = editor.refusals.isEmpty ? nil : editor.refusals
    drafts[draft.id] = draft
    write(draft)
    forgetOldLefts()
  }

  /// Of fields that were left the last are kept: who leaves one has decided against it, and each brings the metadata of
  /// its images along.
  private func forgetOldLefts() {
    let lefts = drafts.values.filter(\.isOnlyLeft).sorted { $0.saved > $1.saved }
    var images = 0
    for (place, draft) in lefts.enumerated() {
      images += draft.subjects.count
      if place > 0, place >= Self.mostLefts || images > Self.mostLeftImages { forgetDraft(draft.id) }
    }
  }

  func write(_ draft: StoredDraft) {
    guard let store else { return }
    do {
      // Without waiting for the disk: a program that ends here has handed it to the system already.
      try store.save(draft)
      draftFaults[draft.id] = nil
    } catch {
      draftFaults[draft.id] = "\(error)"
      notice = Notice(.problem, "The draft could not be written: \(error)")
      return
    }
    let settle = store.settle(draft.id)
    slots.run(.flush) {
      try await settle()
    } failed: { [self] in
      notice = Notice(.problem, "The draft could not be written: \($0)")
    }
  }

  /// While typing the draft follows within half a second, however fast the keys come.
  func keepSoon() {
    guard !slots.isRunning(.typing) else { return }
    slots.run(.typing) { [self] in
      try await slots.rest(.milliseconds(500))
      try Task.checkCancellation()
      if case .editor(let editor) = overlay { keep(editor) }
    } failed: { _ in
    }
  }

  func forgetDraft(_ id: String) {
    guard drafts.removeValue(forKey: id) != nil else { return }
    draftFaults[id] = nil
    choices[id] = nil
    store?.remove(id)
  }

  /// Takes over the drafts that an earlier run has left, once it is known whose they can be.
  func loadDrafts(warning: String?) {
    guard let store else {
      if let warning { say(.warning, warning) }
      return
    }
    let found = takeOver(from: store)
    let unsaved = found.drafts.filter { !$0.isOnlyLeft }
    let count = unsaved.count
    // In one line with it, or the one would take the other's place.
    var words = [warning].compactMap(\.self)
    // What a later novalens has made, or what cannot even be moved, stays where it is.
    let damaged = found.damaged.count { $0.hasSuffix(".damaged") }
    let unread = found.damaged.count - damaged
    if damaged > 0 {
      let were = damaged == 1 ? "A damaged draft was" : "\(damaged) damaged drafts were"
      words.append("\(were) set aside (u names \(damaged == 1 ? "it" : "them")).")
    }
    if unread > 0 {
      words.append(
        "\(unread == 1 ? "A draft" : "\(unread) drafts") could not be read (u names \(unread == 1 ? "it" : "them"))."
      )
    }
    if count > 0 {
      let isEach = unsaved.allSatisfy { $0.subjects.count == 1 }
      // What else is said leaves no room for more.
      let isAlone = words.isEmpty && found.elsewhere == 0
      let how = !isAlone ? " (u)." : isEach ? ": e on the image goes on, u lists them." : ": u lists them."
      words.append("\(count == 1 ? "1 draft" : "\(count) drafts") with unsaved edits\(how)")
    }
    if found.elsewhere > 0 {
      let are = found.elsewhere == 1 ? "1 draft is" : "\(found.elsewhere) drafts are"
      words.append("\(are) open in another novalens.")
    }
    let isGood = warning == nil && found.damaged.isEmpty
    if !words.isEmpty { say(isGood ? .information : .warning, words.joined(separator: " ")) }
  }

  /// - Returns: what was found that no running program has, and how many others have.
  func takeOver(from store: DraftStore) -> DraftStore.Found {
    let found = store.takeOver(cloud: place.cloud, project: place.projectKey, isLooking: isReadOnly)
    // What was begun before the project was known belongs to it.
    let begun = drafts.values.filter { $0.project != place.projectKey }
    for draft in begun + found.drafts {
      let draft = draft.of(project: place.projectKey)
      drafts[draft.id] = draft
      if draft.isOnlyLeft, time.now.timeIntervalSince(draft.saved) > Self.longestLeft {
        forgetDraft(draft.id)
      }
    }
    for draft in begun { if let moved = drafts[draft.id] { write(moved) } }
    damagedDrafts += found.damaged.filter { !damagedDrafts.contains($0) }
    return found
  }

  /// How long a text that was typed and left can be had back, in seconds.
  private static let longestLeft: TimeInterval = 7 * 86_400
  private static let mostLefts = 20
  /// Of how many images the metadata is kept for nothing else.
  private static let mostLeftImages = 200

  /// Whether an image has unsaved edits.
  package func hasDraft(_ id: Image.ID) -> Bool { draftedImages.contains(id) }

  /// How many changes are unsaved, in whatever images, shown or not.
  package var unsavedChanges: Int { draftedChanges.values.reduce(0, +) }

  /// Kept beside the drafts, as each row of each picture asks, and a draft may be about thousands of images.
  func noteDrafts(since before: [String: StoredDraft]) {
    var changes = draftedChanges.filter { drafts[$0.key] != nil }
    for (id, draft) in drafts where before[id] != draft {
      // What is half typed is unsaved, too.
      changes[id] = draft.isOnlyLeft ? 0 : max(draft.changeCount, draft.typing == nil ? 0 : 1)
    }
    if changes != draftedChanges { draftedChanges = changes }
    let all = Set(drafts.values.lazy.filter { !$0.isOnlyLeft }.flatMap { $0.subjects.map(\.id) })
    if all != draftedImages { draftedImages = all }
  }
}
