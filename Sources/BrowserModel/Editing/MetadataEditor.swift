package import NovaClient

/// The table in which a person edits metadata: a session, the row that the cursor is on, and the field that is open.
package struct MetadataEditor: Hashable, Sendable {
  package internal(set) var session: EditSession { didSet { compare() } }
  /// The draft under which the edits are kept.
  package let draft: String
  /// The key that the cursor is on.
  package private(set) var cursor: String?
  package internal(set) var field: Field?
  /// What the service said against a key when it was sent, until the key is edited again.
  package internal(set) var refusals: [String: String] = [:]
  /// What the service holds of each image, as far as it was read since the edits began.
  package internal(set) var held: [Image.ID: [String: String]] = [:] { didSet { compare() } }
  /// The keys that somebody else changed as well, each with what the service holds in the images concerned; nil where
  /// the item is gone. The review asks which of the two it shall be.
  package private(set) var conflicts: [String: [String?]] = [:]
  /// The keys that only somebody else changed, new ones too, with what the service holds in the images concerned. The
  /// table goes on showing what it was, so that nothing moves under the person's hands.
  package private(set) var meanwhile: [String: [String?]] = [:]
  /// Fields that were left with something typed in them, the last one last.
  var lefts: [Left] = []
  /// Why nothing can be changed here, if so.
  package let readOnlyReason: String?

  struct Left: Hashable, Sendable {
    var field: Field
    /// How many edits there were: `undo` opens the field again before it undoes those.
    var edits: Int
    /// Whether it was brought back once and left again as it was; from then on only opening the field brings it back.
    var isDeclined = false

    /// Whether opening the same field brings it back. A new key begins with nothing, a rename with the key.
    var isInField: Bool { field.kind == .value || field.kind == .newValue }

    /// How the person can have it again, if at all, as the end of a sentence.
    var wayBack: String {
      switch (isInField, isDeclined) {
      case (true, false): " z, or the same field, has it again."
      case (true, true): " The same field has it again."
      case (false, false): " z has it again."
      case (false, true): ""
      }
    }

    /// As a person is told of it.
    var shown: String { StoredDraft.Typing(field).shown }

    func isFor(_ kind: StoredDraft.Typing.Kind, _ key: String) -> Bool {
      field.kind == kind && field.key == key
    }
  }

  /// A field that is open in the table.
  package struct Field: Hashable, Sendable {
    package internal(set) var kind: StoredDraft.Typing.Kind
    /// The key that it belongs to; empty for a new one.
    package internal(set) var key: String
    package internal(set) var text: TextField
    /// Whether something was typed since it was opened.
    var isTouched = false
    /// What was left in it earlier and has been brought back, if so.
    var broughtBack: String?
    /// What keeps it from being accepted; said when it was tried.
    package internal(set) var refused: String?
    /// Which completion Tab has come to, and what was typed before.
    var completion: (typed: String, index: Int)?

    package static func == (a: Field, b: Field) -> Bool {
      a.kind == b.kind && a.key == b.key && a.text == b.text && a.refused == b.refused
    }

    package func hash(into hasher: inout Hasher) {
      hasher.combine(kind)
      hasher.combine(key)
      hasher.combine(text)
    }
  }

  init(_ session: EditSession, draft: String, readOnlyReason: String? = nil) {
    self.session = session
    self.draft = draft
    self.readOnlyReason = readOnlyReason
    cursor = session.rows.first?.key
  }

  /// The row of the cursor.
  package var cursorRow: Int { session.rows.firstIndex { $0.key == cursor } ?? 0 }

  package var current: EditSession.Row? {
    session.rows.isEmpty ? nil : session.rows[min(cursorRow, session.rows.count - 1)]
  }

  /// Puts the cursor on the first key that is changed.
  mutating func goToChange() { cursor = session.rows.first { $0.state != .unchanged }?.key ?? cursor }

  /// Puts the cursor on a key.
  mutating func go(to key: String) { if session.rows.contains(where: { $0.key == key }) { cursor = key } }

  mutating func move(_ motion: Motion, height: Int) {
    guard !session.rows.isEmpty else { return }
    cursor = session.rows[motion.applied(to: cursorRow, count: session.rows.count, height: height)].key
  }

  // MARK: What a person can do

  /// Opens the value under the cursor; the old one is there to be edited, also of an item that is deleted, which a
  /// value brings back.
  mutating func openValue() {
    guard let row = current else { return openNewKey() }
    let isGone = row.value == .absent
    open(.value, row.key, ValueEscapes.escaped((isGone ? row.was : row.value).value ?? ""))
    if isGone { field?.isTouched = true }
  }

  mutating func openNewKey() { open(.newKey, "", "") }

  /// Opens a field for the path of a file that takes the place of everything.
  mutating func openFile() { open(.file, "", "") }

  /// Opens the key under the cursor. A deleted item is brought back for it, so that what is typed next has its field.
  mutating func openRename() {
    guard let row = current else { return }
    let key = successor(of: row) ?? row.key
    cursor = key
    if row.value == .absent, key == row.key { perform(.restore(key: key), at: key) }
    open(.rename, key, key)
  }

  /// The key that an item has by now, of the row that it has left by being renamed.
  package func successor(of row: EditSession.Row) -> String? {
    guard row.value == .absent else { return nil }
    return session.rows.first { $0.origin == row.key && $0.value != .absent }?.key
  }

  /// A value that was left in the same field earlier is there again.
  mutating func open(_ kind: StoredDraft.Typing.Kind, _ key: String, _ text: String) {
    guard let index = lefts.firstIndex(where: { $0.isInField && $0.isFor(kind, key) }) else {
      field = Field(kind: kind, key: key, text: TextField(text))
      return
    }
    bringBack(index)
  }

  mutating func bringBack(_ index: Int) {
    var left = lefts.remove(at: index).field
    left.isTouched = true
    left.broughtBack = left.text.text
    field = left
  }

  /// Deletes the item under the cursor, or brings back what it was. One that was renamed goes under the key that it has
  /// at the service, and comes back from its new key.
  mutating func toggleDeletion() {
    guard let row = current else { return }
    if row.value != .absent {
      perform(.delete(key: row.key), at: row.origin ?? row.key)
    } else if let key = successor(of: row) {
      perform(.rename(from: key, to: row.key), at: row.key)
    } else {
      perform(.restore(key: row.key), at: row.key)
    }
  }

  mutating func undo() -> Bool { keepingCursor { $0.undo() } }
  mutating func redo() -> Bool { keepingCursor { $0.redo() } }

  private mutating func keepingCursor(_ change: (inout EditSession) -> Bool) -> Bool {
    let row = cursorRow
    defer { settle(near: row) }
    return change(&session)
  }

  /// Does an edit and goes to a key.
  mutating func perform(_ edit: MetadataEdit, at key: String?) {
    let row = cursorRow
    session.add(edit)
    if let key {
      refusals[key] = nil
      cursor = key
    }
    settle(near: row)
  }

  private mutating func settle(near row: Int) {
    if session.rows.contains(where: { $0.key == cursor }) { return }
    cursor = session.rows.isEmpty ? nil : session.rows[min(row, session.rows.count - 1)].key
  }

  private mutating func compare() {
    guard !held.isEmpty else { return }
    conflicts = [:]
    meanwhile = [:]
    let origins = session.history.origins
    for subject in session.subjects {
      guard let now = held[subject.id], !now.isExactly(subject.base) else { continue }
      let mine = session.mine(subject)
      for row in MetadataMerge(base: subject.base, now: now, mine: mine, origins: origins).rows {
        switch row.outcome {
        case .conflict: conflicts[row.key, default: []].append(row.theirs)
        case .theirs: meanwhile[row.key, default: []].append(row.now)
        case .untouched, .ours, .already: break
        }
      }
    }
  }
}
