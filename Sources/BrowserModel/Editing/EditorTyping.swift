import NovaClient

// What is typed into the editor's field, what becomes of it, and how it is kept.
extension MetadataEditor {
  /// Types into the open field.
  mutating func type(_ edit: TextField.Edit) {
    var edit = edit
    // What is pasted or typed as one is data: what cannot be seen in it becomes an escape, and a backslash stays one.
    if case .insert(let text) = edit, text.count > 1, isValue { edit = .insert(ValueEscapes.escaped(text)) }
    let before = field?.text.text
    field?.text.apply(edit)
    // Going to and fro in a text is not typing; emptying an empty one is.
    if !before.isExactly(field?.text.text) || edit.empties { field?.isTouched = true }
    field?.refused = nil
    field?.completion = nil
  }

  var isValue: Bool { field?.kind == .value || field?.kind == .newValue }

  /// Takes the next completion of what was typed.
  ///
  /// - Parameter files: the paths that a typed one can become.
  mutating func complete(files: (String) -> [String]) {
    guard var open = field else { return }
    let typed = open.completion?.typed ?? open.text.text
    let all =
      switch open.kind {
      case .value, .newValue: KnownProperties.completions(ofValue: typed, for: open.key)
      case .newKey, .rename: KnownProperties.completions(ofKey: typed).filter { !isTaken($0) }
      case .file: files(typed)
      }
    guard !all.isEmpty else { return }
    let index = open.completion.map { ($0.index + 1) % all.count } ?? 0
    if all[index] != open.text.text { open.isTouched = true }
    open.text = TextField(all[index])
    open.completion = (typed, index)
    open.refused = nil
    field = open
  }

  /// Whether another item has a key.
  func isTaken(_ key: String) -> Bool {
    key != field?.key && session.rows.contains { $0.key == key && $0.value != .absent }
  }

  /// Takes what was typed, unless the service would not.
  ///
  /// - Returns: whether an edit has been completed.
  mutating func acceptField() -> Bool {
    guard let open = field else { return false }
    if let problem = problem {
      field?.refused = problem
      return false
    }
    switch open.kind {
    case .newKey:
      self.open(.newValue, open.text.text, "")
      return false
    case .file: return false
    case .rename:
      field = nil
      guard open.text.text != open.key else { return false }
      perform(.rename(from: open.key, to: open.text.text), at: open.text.text)
    case .value, .newValue:
      field = nil
      // Enter alone takes nothing over, least of all where the images differ and the field was empty.
      guard open.kind == .newValue || open.isTouched else { return false }
      guard case .success(let typed) = ValueEscapes.value(open.text.text) else { return false }
      let value = MetadataRules.canonical(typed, for: open.key)
      let row = session.rows.first { $0.key == open.key }
      guard row?.value != .same(ExactText(value)) else { return false }
      perform(.set(key: open.key, value: value), at: open.key)
    }
    return true
  }

  /// Closes the field and leaves things as they were.
  ///
  /// - Returns: what was typed in it, where something was.
  mutating func dismissField() -> Left? {
    guard let open = field else { return nil }
    field = nil
    // The key of a new item has been typed, even if its value has not. Who has emptied a field wants none of it.
    guard open.isTouched ? !open.text.isEmpty : open.kind == .newValue else { return nil }
    lefts.removeAll { $0.isFor(open.kind, open.key) }
    let left = Left(
      field: open, edits: session.history.edits.count, isDeclined: open.broughtBack == open.text.text)
    // Nothing would ever bring it back; who leaves the same key twice, as it was, does not want it.
    if left.isInField || !left.isDeclined { lefts.append(left) }
    return left
  }

  /// Opens the field again that was left last, with what was typed in it, unless there are later edits to undo.
  mutating func reopenField() -> Bool {
    let edits = session.history.edits.count
    guard let index = lefts.lastIndex(where: { !$0.isDeclined && edits <= $0.edits }) else { return false }
    bringBack(index)
    if let field { go(to: field.key) }
    return true
  }

  /// The keys that a field is about, open or left, which must keep the base that the person has seen.
  var keysInHand: Set<String> { Set(([field] + lefts.map(\.field)).compactMap { $0?.key }) }

  // MARK: Keeping

  /// The field as it is kept on disk, once there is something in it that somebody has typed.
  var typing: StoredDraft.Typing? {
    guard let field else { return nil }
    let isTyped = field.kind == .newKey ? !field.text.isEmpty : field.isTouched || field.kind == .newValue
    return isTyped ? StoredDraft.Typing(field) : nil
  }

  /// The fields that were left, as they are kept on disk.
  var leftTypings: [StoredDraft.Typing] {
    lefts.map { left in
      var typing = StoredDraft.Typing(left.field)
      typing.edits = left.edits
      typing.isDeclined = left.isDeclined ? true : nil
      return typing
    }
  }

  /// Brings back what was typed, in a field that is open and in those that were left.
  mutating func resume(_ typing: StoredDraft.Typing?, lefts: [StoredDraft.Typing]) {
    let edits = session.history.edits.count
    self.lefts = lefts.map {
      Left(field: Field($0), edits: min($0.edits ?? edits, edits), isDeclined: $0.isDeclined ?? false)
    }
    guard let typing else { return }
    field = Field(typing)
    go(to: typing.key)
  }
}

extension MetadataEditor.Field {
  fileprivate init(_ typing: StoredDraft.Typing) {
    self.init(kind: typing.kind, key: typing.key, text: TextField(typing.text), isTouched: true)
  }
}

extension TextField.Edit {
  /// Whether it means to take something away up to an end.
  fileprivate var empties: Bool {
    switch self {
    case .killToEnd, .killToStart, .killWord: true
    default: false
    }
  }
}

extension StoredDraft.Typing {
  init(_ field: MetadataEditor.Field) {
    self.init(kind: field.kind, key: field.key, text: field.text.text)
  }
}
