import Foundation
package import NovaClient

// The metadata editor: opening it, what its keys do, and keeping what was typed.
extension Browser {
  /// Edits the marked images, or the one under the cursor; goes on with the draft that there is.
  func edit(externally: Bool = false) {
    if rangeStart != nil { toggleRange() }
    guard !marks.isEmpty else {
      if let current { open([current], externally: externally) }
      return
    }
    // At once, so that a key typed right behind this one is no command to what lies below the editor.
    overlay = .gathering
    slots.run(.edit) { [self] in
      let images = await markedImages()
      try Task.checkCancellation()
      guard overlay == .gathering else { return }
      overlay = nil
      if !images.isEmpty { open(images, externally: externally) }
    } failed: { _ in
    }
  }

  private func markedImages() async -> [Image] {
    var images: [Image] = []
    images = await feed.catalogue.images(marks)
    return images.sorted { ($0.displayName, $0.id.rawValue) < ($1.displayName, $1.id.rawValue) }
  }

  private func open(_ images: [Image], externally: Bool) {
    let ids = Set(images.map(\.id))
    if let draft = drafts.values.filter({ $0.isAbout(ids) }).max(by: { $0.saved < $1.saved }) {
      // What the person's editor is given must not change under it.
      resume(draft, rebasing: !externally)
    } else if let other = draftList.firstIndex(where: { !ids.isDisjoint(with: $0.subjects.map(\.id)) }) {
      overlay = .drafts(cursor: other)
      say(
        .information,
        "These unsaved edits are about it, with other images: Enter goes on, D throws them away.")
      return
    } else {
      let session = EditSession(images.map { EditSubject($0) })
      overlay = .editor(
        MetadataEditor(session, draft: DraftStore.randomName(), readOnlyReason: readOnlyReason))
    }
    if externally { openExternally() }
  }

  private var readOnlyReason: String? {
    isReadOnly ? "This session is read-only (--read-only): look, but nothing can be changed." : nil
  }

  /// Brings a draft back, on what the service holds now.
  func resume(_ draft: StoredDraft, rebasing: Bool = true) {
    let session = EditSession(draft.subjects, history: draft.history)
    var editor = MetadataEditor(session, draft: draft.id, readOnlyReason: readOnlyReason)
    editor.goToChange()
    if !isReadOnly { editor.resume(draft.typing, left: draft.left) }
    overlay = .editor(editor)
    guard rebasing else { return }
    guard !hasText(draft.id) else {
      // The text goes on from the base that it was made from, so what others change meanwhile is seen as theirs.
      say(
        .information, "Unsaved edits of \(draft.title) brought back; E opens the text of your editor again.")
      return
    }
    if draft.isOnlyLeft {
      if !isReadOnly, let text = editor.leftText { sayLeft(text) }
    } else {
      say(.information, "Unsaved edits of \(draft.title) brought back.")
    }
    let saver = MetadataSaver(client: client)
    slots.run(.edit) { [self] in
      var found: [Image.ID: [String: String]] = [:]
      try await fewAtATime(draft.subjects.map(\.id)) { id in
        await Result { try await saver.read(id) }
      } done: { [self] id, result in
        switch result {
        case .success(let now): found[id] = now
        case .failure(let error):
          let name = draft.subjects.first { $0.id == id }?.name ?? id.rawValue
          notice = Notice(error, while: .readingImage(name))
        }
      }
      guard case .editor(var editor) = overlay, editor.draft == draft.id else { return }
      editor.session.rebase(onto: found, keeping: editor.keysInHand)
      editor.held = found
      overlay = .editor(editor)
      // What is kept has the same base as what is shown, or the next start would compare with an older one.
      if editor.session.hasChanges { keep(editor) }
    } failed: { _ in
    }
  }

  func performInEditor(_ command: Command, _ editor: MetadataEditor) {
    var editor = editor
    if editor.readOnlyReason != nil, command.isForWriting {
      say(.warning, editor.readOnlyReason ?? "")
      return
    }
    var isComplete = false
    switch command {
    case .move(let motion):
      editor.move(motion, height: viewport.detailRows)
      overlay = .editor(editor)
      return
    case .editValue: editor.openValue()
    case .addKey: editor.openNewKey()
    case .renameKey: editor.openRename()
    case .replaceFromFile: editor.openFile()
    case .deleteKey:
      editor.toggleDeletion()
      isComplete = true
    case .undo:
      if editor.reopenField() { break }
      isComplete = editor.undo()
      if !isComplete { say(.information, "Nothing to undo.") }
    case .redo:
      isComplete = editor.redo()
      if !isComplete { say(.information, "Nothing to redo.") }
    case .type(let edit): editor.type(edit)
    case .complete: editor.complete(files: NamedFile.completions)
    case .accept where editor.field?.kind == .file: isComplete = replaceFromFile(&editor)
    case .accept: isComplete = editor.acceptField()
    case .review:
      review(editor)
      return
    case .external:
      openExternally()
      return
    default: return
    }
    overlay = .editor(editor)
    if isComplete || editor.field == nil { keep(editor) } else { keepSoon() }
  }

  /// One step back in the editor: out of the field, then out of the editor; the draft stays.
  func leaveEditor(_ editor: MetadataEditor) {
    var editor = editor
    if editor.field != nil {
      let typed = editor.dismissField()
      overlay = .editor(editor)
      keep(editor)
      if let typed { sayLeft(typed) }
      return
    }
    keep(editor)
    overlay = nil
    if let fault = draftFaults[editor.draft] {
      notice = Notice(.problem, "The unsaved changes are not on disk, and end with this program: \(fault)")
    } else if isReadOnly {
      return
    } else if editor.session.hasChanges {
      let count = editor.session.changeCount
      let changes = count == 1 ? "1 unsaved change is" : "\(count) unsaved changes are"
      say(.information, "\(changes) kept; e goes on.")
    } else if let text = editor.leftText {
      say(.information, "Not taken over: \"\(text)\". e and then z open the field with it again.")
    }
  }

  private func sayLeft(_ text: String) {
    say(.information, "Not taken over: \"\(text)\". z opens the field with it again.")
  }

  /// Marks what somebody else changes while it is being edited. Nothing moves: base and edits stay as they are.
  func noteInEditor(_ image: Image) {
    guard case .editor(var editor) = overlay, editor.session.subjects.contains(where: { $0.id == image.id })
    else { return }
    editor.held[image.id] = image.metadata.mapValues(MetadataRules.text)
    overlay = .editor(editor)
  }

  // MARK: The list of drafts

  /// All drafts with something unsaved in them, the oldest first.
  package var draftList: [StoredDraft] {
    drafts.values.filter { !$0.isOnlyLeft }.sorted { ($0.saved, $0.id) < ($1.saved, $1.id) }
  }

  func openDrafts() {
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
    case .deleteKey:
      guard list.indices.contains(cursor) else { return }
      forgetDraft(list[cursor].id)
      forgetText(list[cursor].id)
      overlay = draftList.isEmpty ? nil : .drafts(cursor: min(cursor, draftList.count - 1))
      say(.information, "The unsaved edits of \(list[cursor].title) were thrown away.")
    default: break
    }
  }

  // MARK: Keeping

  /// Writes the draft, or takes it away when nothing is left to keep.
  func keep(_ editor: MetadataEditor) {
    slots.cancel(.typing)
    guard !isReadOnly else { return }
    let hasSomething = editor.session.hasChanges || editor.typing != nil || hasText(editor.draft)
    guard hasSomething || editor.leftTyping != nil else {
      forgetDraft(editor.draft)
      return
    }
    let draft = StoredDraft(
      id: editor.draft, cloud: place.cloud, project: place.projectKey, subjects: editor.session.subjects,
      history: hasSomething ? editor.session.history : EditHistory(), typing: editor.typing,
      left: editor.leftTyping, saved: time.now)
    drafts[draft.id] = draft
    write(draft)
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
  private func keepSoon() {
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
  func loadDrafts() {
    guard let store else { return }
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
    damagedDrafts = found.damaged
    let count = found.drafts.count { !$0.isOnlyLeft }
    var words: [String] = []
    if let first = found.damaged.first {
      words.append("A damaged draft was set aside (u names it): \((first as NSString).lastPathComponent).")
    }
    if count > 0 {
      words.append(
        "\(count == 1 ? "1 draft" : "\(count) drafts") with unsaved edits: e on the image goes on, u lists them."
      )
    }
    if found.elsewhere > 0 {
      let are = found.elsewhere == 1 ? "1 draft is" : "\(found.elsewhere) drafts are"
      words.append("\(are) open in another novalens.")
    }
    if !words.isEmpty { say(found.damaged.isEmpty ? .information : .warning, words.joined(separator: " ")) }
  }

  /// How long a text that was typed and left can be had back, in seconds.
  private static let longestLeft: TimeInterval = 7 * 86_400

  /// Whether an image has unsaved edits.
  package func hasDraft(_ id: Image.ID) -> Bool {
    drafts.values.contains { draft in !draft.isOnlyLeft && draft.subjects.contains { $0.id == id } }
  }
}
