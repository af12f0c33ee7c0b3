import NovaClient

/// One thing that a person did to an image's metadata.
///
/// An edit says what was meant and not what came of it, so that the same edit can be done to many images, and done
/// again to what the service holds by now.
package enum MetadataEdit: Hashable, Sendable, Codable {
  /// Adds an item, or changes the one that is there.
  case set(key: String, value: String)
  /// Moves a value to another key; nothing where the key is not there.
  case rename(from: String, to: String)
  case delete(key: String)
  /// Takes back what was done to a key.
  case restore(key: String)
  /// Puts these items in the place of all.
  case replace(with: [String: String])

  /// Does it.
  /// - Parameter base: the metadata before any edit.
  func apply(to metadata: inout [String: String], base: [String: String]) {
    switch self {
    case .set(let key, let value): metadata[key] = value
    case .rename(let from, let to):
      if let value = metadata.removeValue(forKey: from) { metadata[to] = value }
    case .delete(let key): metadata[key] = nil
    case .restore(let key): metadata[key] = base[key]
    case .replace(let all): metadata = all
    }
  }

  /// The keys that it speaks of; of what is put in the place of all, those that differ in some image.
  fileprivate func keys(on bases: [[String: String]]) -> Set<String> {
    switch self {
    case .set(let key, _), .delete(let key), .restore(let key): [key]
    case .rename(let from, let to): [from, to]
    case .replace(let all):
      Set(bases.flatMap(\.keys) + all.keys).filter { key in bases.contains { !$0[key].isExactly(all[key]) } }
    }
  }
}

/// Edits in their order, each of which can be undone and done again.
package struct EditHistory: Hashable, Sendable, Codable {
  package private(set) var edits: [MetadataEdit] = []
  package private(set) var undone: [MetadataEdit] = []

  package init(_ edits: [MetadataEdit] = []) {
    self.edits = edits
  }

  /// The edits that lead from one state to another, one for each key.
  static func changing(_ base: [String: String], to wanted: [String: String]) -> EditHistory {
    let keys = Set(base.keys).union(wanted.keys).filter { !base[$0].isExactly(wanted[$0]) }
    return EditHistory(
      keys.sorted().map { key in wanted[key].map { .set(key: key, value: $0) } ?? .delete(key: key) })
  }

  package mutating func add(_ edit: MetadataEdit) {
    edits.append(edit)
    undone = []
  }

  /// - Returns: false when there is nothing to undo; so for `redo`.
  package mutating func undo() -> Bool {
    guard let last = edits.popLast() else { return false }
    undone.append(last)
    return true
  }

  package mutating func redo() -> Bool {
    guard let next = undone.popLast() else { return false }
    edits.append(next)
    return true
  }

  /// The metadata after all edits.
  package func applied(to base: [String: String]) -> [String: String] {
    var metadata = base
    for edit in edits { edit.apply(to: &metadata, base: base) }
    return metadata
  }

  /// Whether everything was put in the place of everything, as by an external editor.
  package var replacesAll: Bool { edits.contains { if case .replace = $0 { true } else { false } } }

  /// The keys that the edits speak of, undone ones too.
  func keys(on bases: [[String: String]]) -> Set<String> {
    (edits + undone).reduce(into: []) { $0.formUnion($1.keys(on: bases)) }
  }

  /// Has what was put in the place of all take along what is held by now, but for these keys.
  mutating func rebase(onto base: [String: String], keeping keys: Set<String>) {
    func rebased(_ edit: MetadataEdit) -> MetadataEdit {
      guard case .replace(var all) = edit else { return edit }
      for key in Set(base.keys).union(all.keys) where !keys.contains(key) { all[key] = base[key] }
      return .replace(with: all)
    }
    edits = edits.map(rebased)
    undone = undone.map(rebased)
  }

  /// The keys that renamed items had before, by those that they have now.
  package var origins: [String: String] {
    var origins: [String: String] = [:]
    for edit in edits {
      switch edit {
      case .rename(let from, let to): origins[to] = origins.removeValue(forKey: from) ?? from
      case .delete(let key), .restore(let key): origins[key] = nil
      case .replace(let all): origins = origins.filter { all[$0.key] != nil }
      case .set: break
      }
    }
    return origins.filter { $0.key != $0.value }
  }
}
