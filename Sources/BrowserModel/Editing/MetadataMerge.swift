import NovaClient

/// Three states of an image's metadata, compared key by key: what it was when the edits began (base), what the
/// service holds now, and what is wanted (mine).
package struct MetadataMerge: Hashable, Sendable {
  /// One key. Nil means that the item is not there.
  package struct Row: Hashable, Sendable {
    package let key: String
    package let base: String?
    package let now: String?
    package let mine: String?

    package var outcome: Outcome {
      if mine.isExactly(base) { return now.isExactly(base) ? .untouched : .theirs }
      if mine.isExactly(now) { return .already }
      return now.isExactly(base) ? .ours : .conflict
    }
  }

  package enum Outcome: Hashable, Sendable {
    /// Nobody changed it.
    case untouched
    /// Only we changed it: it will be sent.
    case ours
    /// Only they changed it: it is left as it is.
    case theirs
    /// Both changed it to the same.
    case already
    /// Both changed it, differently: somebody has to choose.
    case conflict
  }

  package enum Choice: Hashable, Sendable {
    case mine
    case theirs
  }

  /// All keys that are in any of the three, in order.
  package let rows: [Row]
  /// What is to become of each key that both changed.
  package private(set) var choices: [String: Choice] = [:]

  package init(base: [String: String], now: [String: String], mine: [String: String]) {
    let keys = Set(base.keys).union(now.keys).union(mine.keys)
    rows = keys.sorted().map { Row(key: $0, base: base[$0], now: now[$0], mine: mine[$0]) }
  }

  package mutating func choose(_ choice: Choice, for key: String) {
    guard rows.contains(where: { $0.key == key && $0.outcome == .conflict }) else { return }
    choices[key] = choice
  }

  /// The conflicts in which nobody has chosen yet; while there is one, nothing is sent.
  package var openConflicts: [Row] { rows.filter { $0.outcome == .conflict && choices[$0.key] == nil } }

  /// What a key will be when the plan has been carried out; nil when it will not be there.
  package func result(of row: Row) -> String? { sends(row) ? row.mine : row.now }

  /// Whether a key has to be sent.
  package func sends(_ row: Row) -> Bool {
    switch row.outcome {
    case .ours: true
    case .conflict: choices[row.key] == .mine
    case .untouched, .theirs, .already: false
    }
  }

  /// All metadata as the service will hold it.
  package var result: [String: String] {
    rows.reduce(into: [:]) { result, row in result[row.key] = self.result(of: row) }
  }

  /// What the service holds now.
  package var now: [String: String] {
    rows.reduce(into: [:]) { now, row in now[row.key] = row.now }
  }
}
