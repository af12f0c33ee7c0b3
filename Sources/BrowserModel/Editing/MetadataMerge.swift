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
    /// The key that the item had before we renamed it, where others changed it there meanwhile.
    package let origin: String?
    /// What is to be, where they have their way: what is there now, or what they have made of the renamed item.
    package let theirs: String?
    package let outcome: Outcome
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
    case mine, theirs
  }

  /// All keys that are in any of the three, in order.
  package let rows: [Row]
  /// What is to become of each key that both changed.
  package private(set) var choices: [String: Choice] = [:]

  /// - Parameter origins: the keys that renamed items had before, by those that they have in `mine`.
  package init(
    base: [String: String], now: [String: String], mine: [String: String], origins: [String: String] = [:]
  ) {
    let keys = Set(base.keys).union(now.keys).union(mine.keys)
    // What others did to an item goes with it to its new key, unless they have one of that name themselves.
    let followed = origins.filter { key, origin in
      mine[key] != nil && now[key].isExactly(base[key]) && !mine[origin].isExactly(base[origin])
        && !now[origin].isExactly(base[origin])
    }
    let left = Set(followed.values)
    rows = keys.sorted().map { key in
      let origin = followed[key]
      let (base, theirs, now, mine) = (base[key], now[origin ?? key], now[key], mine[key])
      let outcome: Outcome =
        if origin != nil {
          mine.isExactly(theirs) ? .ours : .conflict
        } else if mine.isExactly(base) {
          now.isExactly(base) ? .untouched : .theirs
        } else if mine.isExactly(now) {
          .already
        } else {
          now.isExactly(base) || left.contains(key) ? .ours : .conflict
        }
      return Row(
        key: key, base: base, now: now, mine: mine, origin: origin, theirs: theirs, outcome: outcome)
    }
  }

  package mutating func choose(_ choice: Choice, for key: String) {
    guard rows.contains(where: { $0.key == key && $0.outcome == .conflict }) else { return }
    choices[key] = choice
  }

  /// The conflicts in which nobody has chosen yet; while there is one, nothing is sent.
  package var openConflicts: [Row] { rows.filter { $0.outcome == .conflict && choices[$0.key] == nil } }

  /// What a key will be when the plan has been carried out; nil when it will not be there.
  package func result(of row: Row) -> String? {
    switch (row.outcome, choices[row.key]) {
    case (.ours, _), (.conflict, .mine): row.mine
    case (.conflict, .theirs): row.theirs
    default: row.now
    }
  }

  /// Whether a key has to be sent.
  package func sends(_ row: Row) -> Bool { !result(of: row).isExactly(row.now) }

  /// All metadata as the service will hold it.
  package var result: [String: String] {
    rows.reduce(into: [:]) { result, row in result[row.key] = self.result(of: row) }
  }

  /// What the service holds now.
  package var now: [String: String] {
    rows.reduce(into: [:]) { now, row in now[row.key] = row.now }
  }
}
