import NovaClient

// The list of drafts, and what is said of them.
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
    case .select(let row): if list.indices.contains(row) { overlay = .drafts(cursor: row) }
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
      self.notice?.text = "\(notice.text) Esc and u list \(which), too."
    } else if others.count > 1 {
      say(.information, "\(others.count) other drafts are about \(them), and are kept: Esc and u list them.")
    } else if other.subjects.count > 1 {
      say(.information, "Unsaved edits of \(other.title), \(them) among them, are kept: Esc and u list them.")
    } else {
      say(.information, "Unsaved edits of \(other.title) alone are kept: Esc and u list them.")
    }
  }
}
