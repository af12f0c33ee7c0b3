package import NovaClient

/// Edits to the metadata of one image, or the same edits to many, and what they have come to.
package struct EditSession: Hashable, Sendable {
  package private(set) var subjects: [EditSubject]
  package private(set) var history: EditHistory { didSet { update() } }
  /// All keys with what they were and what they are to be, in order.
  package private(set) var rows: [Row] = []
  /// What the images hold before any edit. They can be thousands, so it is counted only when they are others.
  private var was: [String: Held] = [:]

  /// A key over all images.
  package struct Row: Hashable, Sendable {
    package let key: String
    package let was: Held
    package let value: Held
    /// The key that it had before it was renamed.
    package let origin: String?

    package var state: State {
      if was == value { return .unchanged }
      if was == .absent { return .added }
      return value == .absent ? .deleted : .changed
    }
  }

  package enum State: Hashable, Sendable {
    case unchanged, added, changed, deleted
  }

  /// What the images hold under a key.
  package enum Held: Hashable, Sendable {
    case absent
    /// The same in all of them.
    case same(ExactText)
    /// How many hold each value, most frequent first, and how many hold none.
    case various([ExactText], absent: Int)

    /// The value, where it is one.
    package var value: String? { if case .same(let value) = self { value.text } else { nil } }
  }

  package init(_ subjects: [EditSubject], history: EditHistory = EditHistory()) {
    self.subjects = subjects
    self.history = history
    count()
  }

  package mutating func add(_ edit: MetadataEdit) { history.add(edit) }
  package mutating func undo() -> Bool { history.undo() }
  package mutating func redo() -> Bool { history.redo() }

  /// Takes what the service holds now for what the edits leave alone. Each step, done or undone, stays what it was: the
  /// keys that any of them speaks of keep the base that the person has seen.
  ///
  /// - Parameter keys: what somebody is about to edit, which keeps its base as if it were edited.
  package mutating func rebase(onto now: [Image.ID: [String: String]], keeping keys: Set<String> = []) {
    for index in subjects.indices {
      guard let now = now[subjects[index].id] else { continue }
      let before = subjects[index].base
      let kept = history.keys(on: [before]).union(keys)
      subjects[index].base = now
      for key in kept { subjects[index].base[key] = before[key] }
      if subjects.count == 1 { history.rebase(onto: subjects[index].base, keeping: kept) }
    }
    count()
  }

  /// How many keys would be different.
  package var changeCount: Int { rows.count { $0.state != .unchanged } }
  package var hasChanges: Bool { changeCount > 0 }

  /// What is wanted of one image.
  package func mine(_ subject: EditSubject) -> [String: String] { history.applied(to: subject.base) }

  private mutating func count() {
    let bases = subjects.map(\.base)
    was = Set(bases.flatMap(\.keys)).reduce(into: [:]) { $0[$1] = Self.held($1, in: bases) }
    update()
  }

  private mutating func update() {
    let edited = history.keys(on: subjects.map(\.base))
    let after = edited.isEmpty ? [] : subjects.map(mine)
    let origins = history.origins
    rows = edited.union(was.keys).sorted().map { key in
      let was = was[key] ?? .absent
      let value = edited.contains(key) ? Self.held(key, in: after) : was
      return Row(key: key, was: was, value: value, origin: origins[key])
    }.filter { $0.was != .absent || $0.value != .absent }
  }

  private static func held(_ key: String, in all: [[String: String]]) -> Held {
    var counts: [ExactText: Int] = [:]
    for metadata in all { if let value = metadata[key] { counts[ExactText(value), default: 0] += 1 } }
    let absent = all.count - counts.values.reduce(0, +)
    if counts.isEmpty { return .absent }
    if absent == 0, counts.count == 1, let value = counts.keys.first { return .same(value) }
    let order = counts.sorted { ($1.value, $0.key.text) < ($0.value, $1.key.text) }
    return .various(order.map(\.key), absent: absent)
  }
}
