import NovaClient

// What there is to say about what is being typed, and about the row under the cursor.
extension MetadataEditor {
  /// Why what is typed cannot be taken, while it is being typed.
  package var problem: String? {
    guard let open = field else { return nil }
    let text = open.text.text
    switch open.kind {
    case .file: return nil
    case .newKey, .rename:
      if let refusal = MetadataRules.refusal(key: text) { return refusal }
      if isTaken(text) { return "\"\(text)\" is there already" }
      return open.kind == .newKey ? full : refusal(ofValuesFor: text, from: open.key)
    case .value, .newValue:
      switch ValueEscapes.value(text) {
      case .failure(let mistake): return mistake.text
      case .success(let value):
        // A key that came in by another way can be looked at and deleted, but not be given another value.
        return MetadataRules.refusal(key: open.key) ?? MetadataRules.refusal(value: value, for: open.key)
      }
    }
  }

  /// Why the values that move to another key could not be stored there.
  private func refusal(ofValuesFor key: String, from old: String) -> String? {
    session.subjects.lazy.compactMap { session.mine($0)[old] }
      .compactMap { MetadataRules.refusal(value: $0, for: key) }.first
  }

  /// Why no image has room for another item. Where only some have none, the review leaves those out.
  private var full: String? {
    let hasRoom = session.subjects.contains { session.mine($0).count < MetadataRules.largestCount }
    return hasRoom ? nil : "an image can have \(MetadataRules.largestCount) items"
  }

  /// What makes one wonder about what is typed, or about the row under the cursor; never a refusal.
  package var warning: String? {
    if let open = field {
      if open.text.isEmpty || open.kind == .file { return nil }
      if isValue, case .success(let value) = ValueEscapes.value(open.text.text) {
        return KnownProperties.warning(value: value, for: open.key)
      }
      return isValue ? nil : KnownProperties.warning(key: open.text.text)
    }
    guard let row = current, let value = row.value.value else { return nil }
    return KnownProperties.warning(value: value, for: row.key) ?? KnownProperties.warning(key: row.key)
  }

  /// The key that the explanation is about.
  package var explainedKey: String? {
    guard let open = field else { return current?.key }
    guard open.kind != .file else { return nil }
    return isValue ? open.key : open.text.text
  }
}
