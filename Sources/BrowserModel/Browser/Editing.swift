import Foundation
import NovaClient

// The metadata editor: opening it, what its keys do, and keeping what was typed.
extension Browser {
  /// Edits the marked images, or the one under the cursor; goes on with the draft that there is.
  func edit(externally: Bool = false) {
    if rangeStart != nil { toggleRange() }
    guard !marks.isEmpty else {
      if let image = living() { open([image], externally: externally) }
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
    // One with edits before one that only holds a text that was left; of several the last.
    let draft = drafts.values.filter { $0.isAbout(ids) }.max {
      ($0.isOnlyLeft ? 0 : 1, $0.saved) < ($1.isOnlyLeft ? 0 : 1, $1.saved)
    }
    if let draft {
      // What the person's editor is given must not change under it.
      resume(draft, rebasing: !externally)
    } else {
      let session = EditSession(images.map { EditSubject($0) })
      overlay = .editor(
        MetadataEditor(session, draft: DraftStore.randomName(), readOnlyReason: readOnlyReason))
    }
    tellOfOthers(about: ids, beside: draft?.id)
    if case .editor(let editor) = overlay { lookElsewhere(about: ids, for: editor.draft) }
    if externally { openExternally() }
  }

  var readOnlyReason: String? {
    isReadOnly ? "This session is read-only (--read-only): look, but nothing can be changed." : nil
  }

  /// Brings a draft back, on what the service holds now.
  func resume(_ draft: StoredDraft, rebasing: Bool = true) {
    let session = EditSession(draft.subjects, history: draft.history)
    var editor = MetadataEditor(session, draft: draft.id, readOnlyReason: readOnlyReason)
    editor.refusals = draft.refusals ?? [:]
    editor.goToChange()
    if !isReadOnly { editor.resume(draft.typing, lefts: draft.lefts) }
    overlay = .editor(editor)
    guard rebasing else { return }
    guard !hasText(draft.id) else {
      // The text goes on from the base that it was made from, so what others change meanwhile is seen as theirs.
      say(.information, "Unsaved edits brought back; E opens the text of your editor again.")
      return
    }
    if draft.isOnlyLeft {
      if !isReadOnly, let left = editor.lefts.last { sayLeft(left) }
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
    case .select(let row):
      if editor.session.rows.indices.contains(row) { editor.go(to: editor.session.rows[row].key) }
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
    let isOne = editor.session.subjects.count == 1
    if let fault = draftFaults[editor.draft] {
      notice = Notice(.problem, "The unsaved changes are not on disk, and end with this program: \(fault)")
    } else if isReadOnly {
      return
    } else if editor.session.hasChanges {
      let count = editor.session.changeCount
      let changes = count == 1 ? "1 unsaved change is" : "\(count) unsaved changes are"
      let left = editor.lefts.last.map { " Not taken over: \"\($0.shown)\"." } ?? ""
      say(.information, "\(changes) kept; \(isOne ? "e" : "u") goes on.\(left)")
    } else if let left = editor.lefts.last {
      let then = left.isDeclined ? "the same field" : "z"
      say(
        .information,
        "Not taken over: \"\(left.shown)\". e\(isOne ? "" : " on the same images") and then \(then) will have it again."
      )
    }
  }

  private func sayLeft(_ left: MetadataEditor.Left) {
    say(.information, "Not taken over: \"\(left.shown)\".\(left.wayBack)")
  }

  /// Marks what somebody else changes while it is being edited. Nothing moves: base and edits stay as they are.
  func noteInEditor(_ image: Image) {
    guard case .editor(var editor) = overlay, editor.session.subjects.contains(where: { $0.id == image.id })
    else { return }
    editor.held[image.id] = image.metadata.mapValues(MetadataRules.text)
    overlay = .editor(editor)
  }
}
