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
    let deletes = sent.map(\.key).filter { sets[$0] == nil }
    let (now, result) = (merge.now, merge.result)
    let unreachable = deletes.first { !MetadataRules.canBeAddressed(key: $0) }
    // Written anew, everything is looked at anew: a key or value that came in by another way would be refused.
    let isLegal = result.allSatisfy { Self.refusal($0, $1) == nil }
    // Whichever way a key or value has come, by a rename, an old draft or a save that is taken back: what the service
    // would drop, or choke on for everybody, is not sent.
    let illegal = sets.sorted { $0.key < $1.key }.lazy.compactMap { Self.refusal($0, $1) }.first
    let most = MetadataRules.largestCount
    let tooMany = result.count > most ? "\(result.count) items; an image can have \(most)" : nil
    let stuck = unreachable.flatMap { key in
      isLegal ? nil : "\"\(key)\" can go only when all is written anew, which another key does not allow"
    }
    refusal = tooMany ?? illegal ?? stuck
    let isMove = Self.isMove(sets, deletes, now)
    if refusal != nil {
      requests = []
    } else if unreachable == nil, !(replacesAll && isLegal && !sent.isEmpty) || isMove {
      requests = Self.narrow(sets, deletes, isFull: Set(now.keys).union(sets.keys).count > most)
    } else {
      requests = (isMove ? Self.additions(sets) : []) + [.replace(result)]
    }
  }

  private static func refusal(_ key: String, _ value: String) -> String? {
    let reason = MetadataRules.refusal(key: key) ?? MetadataRules.refusal(value: value, for: key)
    return reason.map { "\(ValueEscapes.escaped(key)): \($0)" }
  }

  /// A key that goes while a new one comes with the same value: as one write a real service refuses that with a 500
  /// (observed).
  private static func isMove(_ sets: [String: String], _ deletes: [String], _ now: [String: String]) -> Bool {
    let going = Set(deletes.compactMap { now[$0] })
    return sets.contains { now[$0.key] == nil && going.contains($0.value) }
  }

  /// Additions first, so that a rename is never half lost; except where there is no room for them before a deletion.
  private static func narrow(_ sets: [String: String], _ deletes: [String], isFull: Bool) -> [Request] {
    let deletions = deletes.map { Request.delete(key: $0) }
    return isFull ? deletions + additions(sets) : additions(sets) + deletions
  }

  private static func additions(_ sets: [String: String]) -> [Request] {
    if sets.count == 1, let only = sets.first { return [.set(key: only.key, value: only.value)] }
    return sets.isEmpty ? [] : [.merge(sets)]
  }
}
