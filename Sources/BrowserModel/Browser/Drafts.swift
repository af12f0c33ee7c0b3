import Foundation
package import NovaClient

// Drafts: keeping what was typed, the list of them, and finding those of an earlier run.
extension Browser {
  /// All drafts with something unsaved in them, the oldest first.
  package var draftList: [StoredDraft] {
    drafts.values.filter { !$0.isOnlyLeft }.sorted { ($0.saved, $0.id) < ($1.saved, $1.id) }
  }

  func openDrafts() {
    // Another program may have ended since, and left some.
    if isPlaceKnown, let store { _ = takeOver(from: store) }
    if draftList.isEmpty, damagedDrafts.isEmpty {
      say(.information, "There are no unsaved edits.")
    } else {
      overlay = .drafts(cursor: 0)
    }
  }

  func performInDrafts(_ command: Command, _ cursor: Int) {
    let list = draftList
    switch command {
    case .move(let motion):
      // A draft takes two lines.
      overlay = .drafts(
        cursor: motion.applied(to: cursor, count: list.count, height: viewport.pageRows / 2))
    case .accept: if list.indices.contains(cursor) { resume(list[cursor]) }
    case .deleteKey where isReadOnly: say(.warning, readOnlyReason ?? "")
    case .deleteKey: if list.indices.contains(cursor) { overlay = .discarding(draft: list[cursor].id) }
    default: break
    }
  }

  /// Where the list of drafts has its cursor, where it is shown.
  package var draftCursor: Int? {
    switch overlay {
    case .drafts(let cursor): cursor
    case .discarding(let draft): draftList.firstIndex { $0.id == draft }
    default: nil
    }
  }

  /// The draft that is asked about, before it is thrown away.
  package var draftToDiscard: StoredDraft? {
    if case .discarding(let draft) = overlay { drafts[draft] } else { nil }
  }

  func discard(_ id: String) {
    guard let draft = drafts[id] else { return }
    let cursor = draftCursor ?? 0
    forgetDraft(id)
    forgetText(id)
    overlay = draftList.isEmpty ? nil : .drafts(cursor: min(cursor, draftList.count - 1))
    say(.information, "The unsaved edits of \(draft.title) were thrown away.")
  }

  /// Says when another program has unsaved edits of images that are edited here. Nothing is lost by it: each has a
  /// draft of its own, and what one sends is to the other what somebody else has done.
  func lookElsewhere(about ids: Set<Image.ID>, for draft: String) {
    guard let store else { return }
    slots.run(.elsewhere) { [self] in
      let others = await store.elsewhere(cloud: place.cloud, project: place.projectKey)
      try Task.checkCancellation()
      guard others.contains(where: { $0.subjects.contains { ids.contains($0.id) } }),
        case .editor(let editor) = overlay, editor.draft == draft
      else { return }
      let what = "Another novalens has unsaved edits of \(ids.count == 1 ? "it" : "some of these") open."
      say(.warning, notice.map { "\(what) \($0.text)" } ?? what)
    } failed: { _ in
    }
  }

  /// Says which other drafts there are about images that are being edited. Each draft is sent or thrown away by
  /// itself; what one has sent is to the other what somebody else has done.
  func tellOfOthers(about ids: Set<Image.ID>, beside draft: String?) {
    let others = draftList.filter { other in
      other.id != draft && other.subjects.contains { ids.contains($0.id) }
    }
    guard let other = others.first else { return }
    let them = ids.count == 1 ? "it" : "some of these"
    if let notice {
      let which =
        others.count > 1
        ? "\(others.count) others"
        : other.isAbout(ids)
          ? "another draft of \(ids.count == 1 ? "it" : "them")" : "those of \(other.title)"
      self.notice?.text = "\(notice.text) u lists \(which), too."
    } else if others.count > 1 {
      say(.information, "\(others.count) other drafts are about \(them), and are kept: u lists them.")
    } else if other.subjects.count > 1 {
      say(.information, "Unsaved edits of \(other.title), \(them) among them, are kept: u lists them.")
    } else {
      say(.information, "Unsaved edits of \(other.title) alone are kept: u lists them.")
    }
  }

  // MARK: Keeping

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
    drafts[draft.id] = draft
    write(draft)
    forgetOldLefts()
  }

  /// Of fields that were left the last are kept: who leaves one has decided against it, and each brings the metadata of
  /// its images along.
  private func forgetOldLefts() {
    let lefts = drafts.values.filter(\.isOnlyLeft).sorted { $0.saved > $1.saved }
    for draft in lefts.dropFirst(Self.mostLefts) { forgetDraft(draft.id) }
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
    let damaged = found.damaged.count
    if damaged > 0 {
      let were = damaged == 1 ? "A damaged draft was" : "\(damaged) damaged drafts were"
      words.append("\(were) set aside (u names \(damaged == 1 ? "it" : "them")).")
    }
    if count > 0 {
      let isEach = unsaved.allSatisfy { $0.subjects.count == 1 }
      // What has been said before leaves no room for more.
      let how = !words.isEmpty ? "." : isEach ? ": e on the image goes on, u lists them." : ": u lists them."
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
  private func takeOver(from store: DraftStore) -> DraftStore.Found {
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

  /// Whether an image has unsaved edits.
  package func hasDraft(_ id: Image.ID) -> Bool { draftedImages.contains(id) }

  /// How many changes are unsaved, in whatever images, shown or not.
  package var unsavedChanges: Int { draftedChanges.values.reduce(0, +) }

  /// Kept beside the drafts, as each row of each picture asks, and a draft may be about thousands of images.
  func noteDrafts(since before: [String: StoredDraft]) {
    var changes = draftedChanges.filter { drafts[$0.key] != nil }
    for (id, draft) in drafts where before[id] != draft { changes[id] = draft.changeCount }
    if changes != draftedChanges { draftedChanges = changes }
    let all = Set(drafts.values.lazy.filter { !$0.isOnlyLeft }.flatMap { $0.subjects.map(\.id) })
    if all != draftedImages { draftedImages = all }
  }
}
