import NovaClient

/// Carries a plan out and looks what came of it.
struct MetadataSaver: Sendable {
  let client: ImagesClient

  /// What the service holds now; values that are no text are their JSON.
  func read(_ id: Image.ID) async throws -> [String: String] {
    try await client.metadata(of: id).mapValues(MetadataRules.text)
  }

  /// Sends a plan's requests in order and reads back.
  ///
  /// Nothing is sent twice. When an addition fails nothing after it is sent, so that no key goes before its
  /// successor is there; a deletion that fails does not keep the others.
  func carryOut(_ plan: MetadataPlan, _ merge: MetadataMerge, on id: Image.ID) async -> SaveOutcome {
    var reasons: [String: String] = [:]
    var first: String?
    for (index, request) in plan.requests.enumerated() {
      do {
        try await send(request, to: id)
      } catch {
        for key in request.keys(of: merge) { reasons[key] = Self.words(error) }
        first = first ?? request.keys(of: merge).min()
        if case .delete = request { continue }
        for key in plan.requests[(index + 1)...].flatMap({ $0.keys(of: merge) }) {
          reasons[key] = reasons[key] ?? "not sent, because what comes before it failed"
        }
        break
      }
    }
    do {
      let after = try await read(id)
      return SaveOutcome(merge, after: after, reasons: reasons, first: first)
    } catch {
      let sentence = "it is not known what the service holds: \(Self.words(error))"
      for row in merge.rows where merge.sends(row) {
        reasons[row.key] = reasons[row.key].map { "\($0); \(sentence)" } ?? sentence
      }
      return SaveOutcome(merge, after: nil, reasons: reasons, first: first)
    }
  }

  private func send(_ request: MetadataPlan.Request, to id: Image.ID) async throws {
    switch request {
    case .set(let key, let value): _ = try await client.setMetadataItem(key, to: value, of: id)
    case .merge(let items): _ = try await client.mergeMetadata(items, into: id)
    case .replace(let items): _ = try await client.replaceMetadata(items, of: id)
    case .delete(let key):
      do {
        try await client.deleteMetadataItem(key, of: id)
      } catch let error as NovaError where error.kind == .notFound {
        // Somebody was faster; the reading afterwards tells whether the image itself is gone.
      }
    }
  }

  static func words(_ error: any Error) -> String {
    (error as? NovaError).map { Notice.reason($0, .savingMetadata("")) } ?? "\(error)"
  }
}

/// What came of saving one image's metadata.
package struct SaveOutcome: Hashable, Sendable {
  /// What the service holds afterwards; nil when that could not be read.
  package let after: [String: String]?
  /// Why a key is not as it was meant to be, for each of these.
  package let reasons: [String: String]
  /// The key whose reason is that of the others as well.
  private let first: String?
  /// How many keys arrived.
  package let arrived: Int
  /// The keys that we left alone and that are not as the review has shown them.
  let changedByOthers: [String]

  init(_ merge: MetadataMerge, after: [String: String]?, reasons: [String: String], first: String? = nil) {
    self.after = after
    self.first = first
    var all: [String: String] = [:]
    var arrived = 0
    for row in merge.rows where merge.sends(row) {
      let wanted = merge.result(of: row).map { MetadataRules.canonical($0, for: row.key) }
      if let after, after[row.key].isExactly(wanted) {
        arrived += 1
      } else {
        let held =
          after?[row.key].map { "it holds \"\(ValueEscapes.escaped($0))\"" } ?? "it holds nothing there"
        all[row.key] = reasons[row.key] ?? "the service took it, but \(held)"
      }
    }
    self.reasons = all
    self.arrived = arrived
    let ours = Set(merge.rows.filter(merge.sends).map(\.key))
    let promised = merge.result
    let held = after ?? promised
    changedByOthers = Set(held.keys).union(promised.keys)
      .filter { !ours.contains($0) && !held[$0].isExactly(promised[$0]) }.sorted()
  }

  /// A save that did not even begin.
  /// - Parameter keys: those that were to be changed; none when the whole image is meant.
  init(failed reason: String, keys: [String] = []) {
    after = nil
    first = nil
    reasons = (keys.isEmpty ? [""] : keys).reduce(into: [:]) { $0[$1] = reason }
    arrived = 0
    changedByOthers = []
  }

  package var isComplete: Bool { reasons.isEmpty }

  /// The key to speak of first; nil when all is well. It is empty where the whole image is meant.
  package var firstFailed: String? {
    if let first, reasons[first] != nil { return first }
    return reasons.keys.min()
  }
}

extension MetadataPlan.Request {
  /// The keys that a request is for.
  fileprivate func keys(of merge: MetadataMerge) -> [String] {
    switch self {
    case .set(let key, _), .delete(let key): [key]
    case .merge(let items): Array(items.keys)
    case .replace: merge.rows.filter(merge.sends).map(\.key)
    }
  }
}
