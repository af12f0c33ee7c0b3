import NovaClient

/// The fewest and narrowest requests that make a merge come true.
package struct MetadataPlan: Hashable, Sendable {
  /// One write of the images API.
  package enum Request: Hashable, Sendable {
    case set(key: String, value: String)
    case merge([String: String])
    case replace([String: String])
    case delete(key: String)
  }

  package let requests: [Request]
  /// Why the merge cannot come true, for a person; no request is sent then.
  package let refusal: String?

  /// - Parameter replacesAll: whether one write of everything is wanted, as after an external editor.
  package init(_ merge: MetadataMerge, replacesAll: Bool = false) {
    let sent = merge.rows.filter(merge.sends)
    let sets = sent.reduce(into: [:]) { sets, row in sets[row.key] = merge.result(of: row) }
    let deleted = sent.filter { sets[$0.key] == nil }
    let new = sent.filter { $0.now == nil }
    let most = MetadataRules.largestCount
    let fullest = merge.rows.count { $0.now != nil } + new.count
    let tooMany = fullest - deleted.count > most ? fullest - deleted.count : nil
    // Whichever way a key or value has come, by a rename, an old draft or a save that is taken back: what the service
    // would drop, or choke on for everybody, is not sent.
    let illegal = sets.sorted { $0.key < $1.key }.lazy.compactMap { Self.refusal($0, $1) }.first
    let unreachable = deleted.first { !MetadataRules.canBeAddressed(key: $0.key) }
    // Written anew, everything is looked at anew: a key or value that came in by another way would be refused.
    lazy var isLegal = merge.result.allSatisfy { Self.refusal($0, $1) == nil }
    let stuck = unreachable.flatMap { row in
      isLegal ? nil : "\"\(row.key)\" can go only when all is written anew, which another key does not allow"
    }
    refusal = tooMany.map { "\($0) items; an image can have \(most)" } ?? illegal ?? stuck
    // A key that goes while a new one comes with the same value: as one write a real service refuses that with a 500
    // (observed).
    let going = Set(deleted.map(\.now))
    let isMove = new.contains { going.contains(sets[$0.key]) }
    let deletions = deleted.map { Request.delete(key: $0.key) }
    if refusal != nil {
      requests = []
    } else if unreachable == nil, !(replacesAll && !sent.isEmpty && isLegal) || isMove {
      // Additions first, so that a rename is never half lost; except where there is no room for them before a deletion.
      requests = fullest > most ? deletions + Self.additions(sets) : Self.additions(sets) + deletions
    } else {
      requests = (isMove ? Self.additions(sets) : []) + [.replace(merge.result)]
    }
  }

  private static func refusal(_ key: String, _ value: String) -> String? {
    let reason = MetadataRules.refusal(key: key) ?? MetadataRules.refusal(value: value, for: key)
    return reason.map { "\(ValueEscapes.escaped(key)): \($0)" }
  }

  private static func additions(_ sets: [String: String]) -> [Request] {
    if sets.count == 1, let only = sets.first { return [.set(key: only.key, value: only.value)] }
    return sets.isEmpty ? [] : [.merge(sets)]
  }
}
