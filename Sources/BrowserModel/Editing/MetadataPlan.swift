import NovaClient

/// The fewest and narrowest requests that make a merge come true.
package struct MetadataPlan: Hashable, Sendable {
  /// One write of the images API.
  package enum Request: Hashable, Sendable {
    case set(key: String, value: String)
    case merge([String: String])
    case replace([String: String])
    case delete(key: String)

    /// As the review shows it.
    package var text: String {
      switch self {
      case .set(let key, _): "PUT …/metadata/\(key)"
      case .merge(let items): "POST …/metadata  {\(items.keys.sorted().joined(separator: ", "))}"
      case .replace(let items): "PUT …/metadata  (all \(items.count))"
      case .delete(let key): "DELETE …/metadata/\(key)"
      }
    }
  }

  package let requests: [Request]
  /// Why the merge cannot come true, for a person; no request is sent then.
  package let refusal: String?

  /// - Parameter replacesAll: whether one write of everything is wanted, as after an external editor.
  package init(_ merge: MetadataMerge, replacesAll: Bool = false) {
    let sent = merge.rows.filter(merge.sends)
    let sets = sent.reduce(into: [:]) { sets, row in sets[row.key] = row.mine }
    let deletes = sent.filter { $0.mine == nil && $0.now != nil }.map(\.key)
    let result = merge.result
    guard result.count <= MetadataRules.largestCount else {
      refusal = "\(result.count) items; an image can have \(MetadataRules.largestCount)"
      requests = []
      return
    }
    // Whichever way a key or value has come, by a rename, an old draft or a save that is taken back: what the service
    // would drop, or choke on for everybody, is not sent.
    let illegal = sent.lazy.compactMap { row in row.mine.flatMap { Self.refusal(row.key, $0) } }.first
    guard illegal == nil else {
      refusal = illegal
      requests = []
      return
    }
    let now = merge.now
    let unreachable = deletes.filter { !MetadataRules.canBeAddressed(key: $0) }
    // Written anew, everything is looked at anew: a key or value that came in by another way would be refused.
    let isLegal = result.allSatisfy { key, value in
      MetadataRules.refusal(key: key) == nil && MetadataRules.refusal(value: value, for: key) == nil
    }
    guard unreachable.isEmpty || isLegal else {
      refusal =
        "\"\(unreachable[0])\" can go only when everything is written anew, which another key does not allow"
      requests = []
      return
    }
    refusal = nil
    if unreachable.isEmpty, !(replacesAll && isLegal && !sent.isEmpty) || Self.isMove(sets, deletes, now) {
      requests = Self.narrow(sets, deletes, heldNow: now.count, isNew: { now[$0] == nil })
    } else if Self.isMove(sets, deletes, now) {
      requests = Self.additions(sets) + [.replace(result)]
    } else {
      requests = [.replace(result)]
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
  private static func narrow(
    _ sets: [String: String], _ deletes: [String], heldNow: Int, isNew: (String) -> Bool
  ) -> [Request] {
    let additions = additions(sets)
    let deletions = deletes.map { Request.delete(key: $0) }
    let fullest = heldNow + sets.keys.filter(isNew).count
    return fullest > MetadataRules.largestCount ? deletions + additions : additions + deletions
  }

  private static func additions(_ sets: [String: String]) -> [Request] {
    if sets.count == 1, let only = sets.first { return [.set(key: only.key, value: only.value)] }
    return sets.isEmpty ? [] : [.merge(sets)]
  }
}
