import NovaClient

// A review of many images, key by key: what happens to how many of them.
extension Review {
  /// What happens to a key in the images that hold the same there: `12 ide → virtio`, `2 already virtio`.
  package struct Group: Hashable, Sendable {
    package let key: String
    package let now: String?
    package let mine: String?
    /// What they would have it be, where both changed it.
    package let theirs: String?
    package let outcome: MetadataMerge.Outcome
    /// What was chosen where both changed it.
    package let choice: MetadataMerge.Choice?
    /// The images, by name.
    package internal(set) var images: [String] = []

    package static func == (a: Group, b: Group) -> Bool {
      a.key == b.key && a.now.isExactly(b.now) && a.mine.isExactly(b.mine)
        && a.theirs.isExactly(b.theirs) && a.outcome == b.outcome
        && a.choice == b.choice && a.images == b.images
    }
  }

  /// The images that are still to be dealt with, grouped by what happens to them, key by key.
  package var groups: [Group] {
    let keys = keys
    var groups: [Group: [String]] = [:]
    for item in items where item.outcome == nil {
      // What is left out has no part in what will be done, unless somebody has to choose what that is.
      guard let merge = item.merge, !isLeftOut(item) || !merge.openConflicts.isEmpty else { continue }
      let rows = merge.rows.reduce(into: [:]) { $0[$1.key] = $1 }
      for key in keys {
        // An image that has had the value all along counts as one that holds it already.
        let row = rows[key]
        let outcome =
          row.map { merge.sends($0) || $0.outcome == .conflict ? $0.outcome : .already } ?? .already
        let group = Group(
          key: key, now: row?.now, mine: row?.mine, theirs: row?.theirs, outcome: outcome,
          choice: outcome == .conflict ? merge.choices[key] : nil)
        groups[group, default: []].append(label(item))
      }
    }
    return groups.map { group, names in
      var group = group
      group.images = names.sorted()
      return group
    }.sorted { a, b in
      (a.key, -a.images.count, a.now ?? "", a.mine ?? "") < (
        b.key, -b.images.count, b.now ?? "", b.mine ?? ""
      )
    }
  }
}
