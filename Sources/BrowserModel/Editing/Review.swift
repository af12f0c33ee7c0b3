package import Foundation
package import NovaClient

/// What will be changed, against what the service holds now; then how far it has got, and what came of it.
package struct Review: Hashable, Sendable {
  /// One image of the review.
  package struct Item: Hashable, Sendable, Identifiable {
    package let subject: EditSubject
    /// All metadata as it is wanted, by the base that the subject has.
    package let mine: [String: String]
    /// The keys that renamed items had before, by those that they have in `mine`.
    let origins: [String: String]
    /// Nil until the service's metadata has been read.
    package internal(set) var merge: MetadataMerge? { didSet { makePlan() } }
    /// What has to be sent.
    package private(set) var plan: MetadataPlan?
    /// Whether one write of everything is wanted.
    fileprivate var replacesAll = false
    /// When it was read.
    package internal(set) var readAt: Date?
    package internal(set) var visibility: Visibility = .unknown
    package internal(set) var outcome: SaveOutcome?

    package var id: Image.ID { subject.id }
    /// Whether something of it could not be done.
    package var hasFailed: Bool { outcome.map { !$0.isComplete } ?? false }
    /// What was chosen in an earlier review of the same draft.
    let chosen: MetadataMerge?
    /// What the service is known to have held before it was read for the review.
    let held: [String: String]?

    init(
      _ subject: EditSubject, mine: [String: String], origins: [String: String] = [:],
      chosen: MetadataMerge? = nil, held: [String: String]? = nil
    ) {
      self.subject = subject
      self.mine = mine
      self.origins = origins
      self.chosen = chosen
      self.held = held
    }

    private mutating func makePlan() { plan = merge.map { MetadataPlan($0, replacesAll: replacesAll) } }

    /// Compares with what the service holds.
    mutating func compare(with now: [String: String], at time: Date) {
      var fresh = MetadataMerge(base: subject.base, now: now, mine: mine, origins: origins)
      if let before = merge ?? chosen { fresh.adoptChoices(of: before) }
      merge = fresh
      readAt = time
    }

    /// Whether what was read still counts as what the service holds. After half a second it is read once more before
    /// anything is written, since a person takes time to read a review, and others go on working.
    func isFresh(at time: Date) -> Bool {
      readAt.map { (0..<0.5).contains(time.timeIntervalSince($0)) } ?? false
    }
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

  package internal(set) var items: [Item] { didSet { workedOut = WorkedOut() } }
  /// What depends on the images alone.
  package private(set) var workedOut = WorkedOut()
  package let draft: String
  package let replacesAll: Bool
  /// Whether it takes an earlier save back.
  package let isTakingBack: Bool
  /// Names that several of the images have.
  private let sharedNames: Set<String>
  /// The save's name in the journal, the same for all tries, so that it is taken back as one.
  let save: String
  package internal(set) var phase = Phase.reading
  /// When the service's metadata was read.
  package internal(set) var readAt: Date?
  package internal(set) var startedAt: Date?
  /// What has to be said before it is sent.
  package internal(set) var note: String?
  /// Whether the person has been told that this save cannot be taken back, and may send it all the same.
  var goesWithoutJournal = false
  /// The images that somebody changed between reading and sending; nothing was sent to them.
  package internal(set) var overtaken: Set<Image.ID> = []
  /// What the cursor is on: one of `keys`, or a line of what the review tells below them.
  package private(set) var cursor = 0
  /// How far the results have been scrolled.
  package internal(set) var scroll = Scroll()

  init(
    _ items: [Item], draft: String, replacesAll: Bool, isTakingBack: Bool = false,
    save: String = DraftStore.randomName()
  ) {
    self.save = save
    self.items = items.map { item in
      var item = item
      item.replacesAll = replacesAll
      return item
    }
    let names = items.reduce(into: [:]) { $0[$1.subject.name, default: 0] += 1 }
    sharedNames = Set(names.filter { $0.value > 1 }.keys)
    self.draft = draft
    self.replacesAll = replacesAll
    self.isTakingBack = isTakingBack
  }

  // MARK: What there is to see

  /// The keys that the review shows, in order: of one image all that differ from what they were, of many those that
  /// the edits are about.
  package var keys: [String] { findings.keys }

  /// The key that the cursor is on.
  package var cursorKey: String? {
    let keys = keys
    return keys.indices.contains(cursor) ? keys[cursor] : nil
  }

  /// The key under the cursor, where somebody has to choose or has chosen.
  package var openChoice: String? { cursorKey.flatMap { conflictKeys.contains($0) ? $0 : nil } }

  /// The keys that are in conflict in some image, chosen or not, in order.
  package var conflictKeys: [String] { findings.conflictKeys }

  /// Whether somebody has chosen to leave to others what they have set.
  package var givesWay: Bool { items.contains { $0.merge?.choices.values.contains(.theirs) ?? false } }

  package var openConflicts: Int { findings.openKeys.count }

  /// The images to which something will be sent.
  package var sending: [Item] { findings.sending }

  private var findings: Findings { workedOut.value { _ in Findings(items) } }

  /// Why an image cannot be changed as wanted, whatever is chosen. Of many, those images are left out.
  package var refusals: [(name: String, reason: String)] {
    findings.refused.compactMap { item in item.plan?.refusal.map { (label(item), $0) } }
  }

  /// Whether Enter sends.
  package var canSend: Bool {
    phase == .ready && openConflicts == 0 && (findings.refused.isEmpty || items.count > 1 && !sending.isEmpty)
  }

  /// What an image is called among the others: several of one name are told apart by their ids.
  package func label(_ item: Item) -> String {
    let name = item.subject.name
    return sharedNames.contains(name) ? "\(name) (\(item.id.rawValue.prefix(8)))" : name
  }

  /// Whether an image stays as it is because it could not be read, or cannot have what is wanted.
  package func isLeftOut(_ item: Item) -> Bool { item.merge == nil || item.plan?.refusal != nil }

  package var failed: [Item] { items.filter(\.hasFailed) }

  /// Whether an image is as it was meant to be, by this review or all along.
  func isSettled(_ item: Item) -> Bool {
    if let outcome = item.outcome { return outcome.isComplete }
    return item.merge?.openConflicts.isEmpty == true && item.plan?.requests.isEmpty == true
      && item.plan?.refusal == nil
  }

  /// Compares an image with what the service holds, and notes whether that is something else than was shown.
  mutating func take(_ now: [String: String], for index: Int, at time: Date) {
    if items[index].merge?.now.isExactly(now) == false { overtaken.insert(items[index].id) }
    items[index].compare(with: now, at: time)
  }

  // MARK: What a person can do

  /// Chooses for the key under the cursor, in all images, and goes on to the next conflict that is open.
  mutating func choose(_ choice: MetadataMerge.Choice) {
    guard phase == .ready, let key = cursorKey, conflictKeys.contains(key) else { return }
    for index in items.indices where items[index].outcome == nil {
      items[index].merge?.choose(choice, for: key)
    }
    goToConflict(from: cursor)
  }

  /// - Parameter linesBelow: how many lines the review has below the keys.
  mutating func move(_ motion: Motion, height: Int, linesBelow: Int) {
    cursor = motion.applied(to: cursor, count: keys.count + linesBelow, height: height)
  }

  /// Puts the cursor on the next conflict in which nobody has chosen, if there is one.
  mutating func goToConflict(from start: Int = 0) {
    let open = findings.openKeys
    let keys = keys
    let next = keys.indices.first { $0 >= start && open.contains(keys[$0]) }
    if let found = next ?? keys.indices.first(where: { open.contains(keys[$0]) }) { cursor = found }
    cursor = min(cursor, max(keys.count - 1, 0))
  }
}

extension MetadataMerge {
  /// Takes over what was chosen in an earlier comparison. A choice between two values stays as long as both are the
  /// same.
  fileprivate mutating func adoptChoices(of earlier: MetadataMerge) {
    for (key, choice) in earlier.choices {
      let pair = [earlier, self].compactMap { $0.rows.first { $0.key == key } }
      guard pair.count == 2, pair[0].theirs.isExactly(pair[1].theirs), pair[0].mine.isExactly(pair[1].mine)
      else {
        continue
      }
      choose(choice, for: key)
    }
  }
}
