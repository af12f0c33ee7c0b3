package import Foundation
package import NovaClient

/// What will be changed, against what the service holds now; then how far it has got, and what came of it.
package struct Review: Hashable, Sendable {
  /// One image of the review.
  package struct Item: Hashable, Sendable, Identifiable {
    package let subject: EditSubject
    /// Nil until the service's metadata has been read.
    package internal(set) var merge: MetadataMerge?
    package internal(set) var visibility: Visibility = .unknown
    package internal(set) var outcome: SaveOutcome?

    package var id: Image.ID { subject.id }
  }

  /// What a write does to who may see the image.
  package enum Visibility: Hashable, Sendable {
    /// Nobody has said; where there is no image service it stays so.
    case unknown
    /// It stays as it is.
    case stays
    /// It is shared or of the community, and becomes private.
    case becomesPrivate(String)
  }

  package enum Phase: Hashable, Sendable {
    case reading
    case ready
    case sending
    /// Those under way are finished, no more are started.
    case stopping
    case finished
  }

  package internal(set) var items: [Item]
  package let draft: String
  package let replacesAll: Bool
  /// Whether it takes an earlier save back.
  package let isTakingBack: Bool
  package internal(set) var phase = Phase.reading
  /// When the service's metadata was read.
  package internal(set) var readAt: Date?
  package internal(set) var startedAt: Date?
  /// What has to be said before it is sent.
  package internal(set) var note: String?
  /// The conflict that the keys are about.
  package internal(set) var cursor = 0

  init(_ subjects: [EditSubject], draft: String, replacesAll: Bool, isTakingBack: Bool = false) {
    items = subjects.map { Item(subject: $0) }
    self.draft = draft
    self.replacesAll = replacesAll
    self.isTakingBack = isTakingBack
  }

  /// The keys that are in conflict in some image, chosen or not, in order.
  package var conflictKeys: [String] {
    Set(
      items.flatMap { item in
        item.merge?.rows.filter { $0.outcome == .conflict }.map(\.key) ?? []
      }
    ).sorted()
  }

  package var openConflicts: Int {
    Set(items.flatMap { $0.merge?.openConflicts.map(\.key) ?? [] }).count
  }

  package func plan(_ item: Item) -> MetadataPlan? {
    item.merge.map { MetadataPlan($0, replacesAll: replacesAll) }
  }

  /// The images to which something will be sent.
  package var sending: [Item] {
    items.filter { item in
      guard item.outcome == nil, let plan = plan(item) else { return false }
      return plan.refusal == nil && !plan.requests.isEmpty
    }
  }

  /// Why an image cannot be changed as wanted, whatever is chosen.
  package var refusals: [String] {
    items.compactMap { item in plan(item)?.refusal.map { "\(item.subject.name): \($0)" } }
  }

  /// Whether Enter sends.
  package var canSend: Bool { phase == .ready && openConflicts == 0 && refusals.isEmpty }

  package var done: Int { items.count { $0.outcome != nil } }
  package var failed: [Item] { items.filter { $0.outcome.map { !$0.isComplete } ?? false } }

  mutating func choose(_ choice: MetadataMerge.Choice) {
    let keys = conflictKeys
    guard phase == .ready, keys.indices.contains(cursor) else { return }
    for index in items.indices { items[index].merge?.choose(choice, for: keys[cursor]) }
    if cursor + 1 < keys.count { cursor += 1 }
  }

  mutating func moveCursor(by step: Int) {
    cursor = min(max(cursor + step, 0), max(conflictKeys.count - 1, 0))
  }

  // MARK: Many images

  /// What happens to a key, and to how many images: `12 ide → virtio`, `2 already virtio`.
  package struct Group: Hashable, Sendable {
    package let key: String
    package let now: String?
    package let result: String?
    package let outcome: MetadataMerge.Outcome
    package let count: Int
  }

  /// The images grouped by what happens to them, key by key.
  package var groups: [Group] {
    let merges = items.compactMap(\.merge)
    let touched = Set(
      merges.flatMap { merge in
        merge.rows.filter { $0.outcome != .untouched && $0.outcome != .theirs }.map(\.key)
      })
    var counts: [Group: Int] = [:]
    for merge in merges {
      let rows = merge.rows.reduce(into: [:]) { $0[$1.key] = $1 }
      for key in touched {
        // An image that has had the value all along counts as one that holds it already.
        let row = rows[key]
        let outcome =
          row.map { merge.sends($0) || $0.outcome == .conflict ? $0.outcome : .already } ?? .already
        let group = Group(
          key: key, now: row?.now, result: row.flatMap(merge.result), outcome: outcome, count: 0)
        counts[group, default: 0] += 1
      }
    }
    return counts.map { group, count in
      Group(key: group.key, now: group.now, result: group.result, outcome: group.outcome, count: count)
    }.sorted { a, b in
      (a.key, -a.count, a.now ?? "", a.result ?? "") < (b.key, -b.count, b.now ?? "", b.result ?? "")
    }
  }
}
