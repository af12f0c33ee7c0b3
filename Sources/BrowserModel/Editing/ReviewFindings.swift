import NovaClient

extension Review {
  /// What all images of a review come to together.
  struct Findings: Sendable {
    var keys: [String] = []
    var conflictKeys: [String] = []
    /// Those in which nobody has chosen yet.
    var openKeys: Set<String> = []
    var sending: [Item] = []
    /// Those that cannot be changed as wanted.
    var refused: [Item] = []

    init(_ items: [Item]) {
      var shown: Set<String> = []
      var conflicts: Set<String> = []
      // After a save that was overtaken some are done.
      for item in items where item.outcome == nil {
        guard let merge = item.merge, let plan = item.plan else { continue }
        for row in merge.rows {
          if items.count == 1 ? row.outcome != .untouched : row.isEdited { shown.insert(row.key) }
          guard row.outcome == .conflict else { continue }
          conflicts.insert(row.key)
          if merge.choices[row.key] == nil { openKeys.insert(row.key) }
        }
        if plan.refusal != nil {
          refused.append(item)
        } else if !plan.requests.isEmpty {
          sending.append(item)
        }
      }
      keys = shown.sorted()
      conflictKeys = conflicts.sorted()
    }
  }
}

extension MetadataMerge.Row {
  /// Whether our edits are about it.
  fileprivate var isEdited: Bool { outcome != .untouched && outcome != .theirs }
}
