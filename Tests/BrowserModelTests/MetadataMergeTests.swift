import BrowserModel
import NovaClient
import Testing

struct MetadataMergeTests {
  private static let values: [String?] = [nil, "a", "b"]

  @Test func `a key is merged rightly in every combination of absent, a and b`() {
    for base in Self.values {
      for now in Self.values {
        for mine in Self.values {
          var merge = MetadataMerge(base: items(base), now: items(now), mine: items(mine))
          let isOurs = mine != base
          let isTheirs = now != base
          let isConflict = isOurs && isTheirs && mine != now
          #expect(merge.openConflicts.count == (isConflict ? 1 : 0))
          if isConflict {
            // Without a choice nothing of it is sent.
            #expect(merge.result == items(now))
            merge.choose(.theirs, for: "k")
            #expect(merge.openConflicts.isEmpty && merge.result == items(now))
            merge.choose(.mine, for: "k")
            #expect(merge.openConflicts.isEmpty && merge.result == items(mine))
          } else {
            #expect(merge.result == items(isOurs ? mine : now))
          }
        }
      }
    }
  }

  private func items(_ value: String?) -> [String: String] { value.map { ["k": $0] } ?? [:] }

  @Test func `what nobody chose between is no matter of choice`() {
    var merge = MetadataMerge(base: ["k": "a"], now: ["k": "b"], mine: ["k": "a"])
    merge.choose(.mine, for: "k")
    #expect(merge.result == ["k": "b"])
  }
}

struct MetadataPlanTests {
  @Test func `the plan is the narrowest`() {
    let held = ["a": "1", "b": "2", "c": "3"]
    func requests(_ mine: [String: String], replacesAll: Bool = false) -> [MetadataPlan.Request] {
      MetadataPlan(MetadataMerge(base: held, now: held, mine: mine), replacesAll: replacesAll).requests
    }
    #expect(requests(held).isEmpty)
    #expect(requests(held, replacesAll: true).isEmpty)
    #expect(requests(["a": "9", "b": "2", "c": "3"]) == [.set(key: "a", value: "9")])
    #expect(requests(["a": "9", "b": "8", "c": "3"]) == [.merge(["a": "9", "b": "8"])])
    #expect(requests(["c": "3"]) == [.delete(key: "a"), .delete(key: "b")])
    // A rename: the new key first, so that the value is never gone.
    #expect(requests(["z": "1", "b": "2", "c": "3"]) == [.set(key: "z", value: "1"), .delete(key: "a")])
    #expect(requests(["a": "9", "b": "2"], replacesAll: true) == [.replace(["a": "9", "b": "2"])])
    // As one write this would be refused by real services.
    #expect(
      requests(["z": "1", "b": "2", "c": "3"], replacesAll: true) == [
        .set(key: "z", value: "1"), .delete(key: "a"),
      ])
  }

  @Test func `a key that no URL reaches goes only with everything written anew`() {
    let merge = MetadataMerge(base: ["a/b": "1", "c": "2"], now: ["a/b": "1", "c": "2"], mine: ["c": "2"])
    #expect(MetadataPlan(merge).requests == [.replace(["c": "2"])])
    let stuck = MetadataMerge(
      base: ["a/b": "1", "é": "2"], now: ["a/b": "1", "é": "2"], mine: ["é": "2"])
    #expect(MetadataPlan(stuck).requests.isEmpty)
    #expect(MetadataPlan(stuck).refusal != nil)
  }

  @Test func `a full image loses a key before it gets another`() {
    let full = Dictionary(uniqueKeysWithValues: (0..<128).map { ("key-\($0)", "value-\($0)") })
    var mine = full
    mine["new"] = mine.removeValue(forKey: "key-5")
    let plan = MetadataPlan(MetadataMerge(base: full, now: full, mine: mine))
    #expect(plan.requests == [.delete(key: "key-5"), .set(key: "new", value: "value-5")])
    mine["another"] = "x"
    #expect(MetadataPlan(MetadataMerge(base: full, now: full, mine: mine)).refusal != nil)
  }

  @Test(arguments: 0..<200) func `carrying the plan out by the service's rules gives the reviewed result`(
    seed: Int
  ) {
    var dice = Dice(seed)
    let base = dice.metadata()
    let now = dice.changed(base)
    let mine = dice.changed(base)
    var merge = MetadataMerge(base: base, now: now, mine: mine)
    for row in merge.openConflicts { merge.choose(dice.flip() ? .mine : .theirs, for: row.key) }
    let plan = MetadataPlan(merge, replacesAll: dice.flip())
    var held = now
    for request in plan.requests {
      let before = held
      switch request {
      case .set(let key, let value): held[key] = value
      case .merge(let items): held.merge(items) { _, new in new }
      case .replace(let items):
        held = items
        // What the service's own client would send as a `move` is refused.
        let gone = Set(before.keys.filter { held[$0] == nil }.compactMap { before[$0] })
        let new = held.filter { before[$0.key] == nil }.values
        #expect(!new.contains(where: gone.contains))
      case .delete(let key): held[key] = nil
      }
      #expect(held.count <= 128)
    }
    #expect(held == merge.result)
  }
}

struct EditHistoryTests {
  @Test(arguments: 0..<200) func `base and edits are what is shown, whatever is undone and done again`(
    seed: Int
  ) {
    var dice = Dice(seed)
    let base = dice.metadata()
    var session = EditSession([EditSubject(Image(id: "i", metadata: base.mapValues { .string($0) }))])
    var states = [base]
    var position = 0
    for _ in 0..<40 {
      switch dice.number(below: 8) {
      case 0:
        #expect(session.undo() == (position > 0))
        position = max(position - 1, 0)
      case 1:
        #expect(session.redo() == (position < states.count - 1))
        position = min(position + 1, states.count - 1)
      default:
        let shown = states[position]
        let key = dice.key()
        let edit: MetadataEdit =
          switch dice.number(below: 5) {
          case 0: .delete(key: key)
          case 1: .rename(from: shown.keys.sorted().first ?? key, to: "renamed-\(dice.number(below: 3))")
          case 2: .restore(key: key)
          case 3: .replace(with: dice.metadata())
          default: .set(key: key, value: dice.value())
          }
        session.add(edit)
        states = Array(states[...position]) + [session.mine(session.subjects[0])]
        position += 1
      }
      #expect(session.mine(session.subjects[0]) == states[position])
      let shown = session.rows.reduce(into: [String: String]()) { $0[$1.key] = $1.value.value }
      #expect(shown == states[position])
      #expect(session.hasChanges == (states[position] != base))
    }
  }

  @Test(arguments: 0..<100) func `rebasing keeps what was meant and takes the rest from the service`(
    seed: Int
  ) {
    var dice = Dice(seed)
    let base = dice.metadata()
    var session = EditSession([EditSubject(Image(id: "i", metadata: base.mapValues { .string($0) }))])
    for _ in 0..<4 { session.add(.set(key: dice.key(), value: dice.value())) }
    session.add(.delete(key: dice.key()))
    let mine = session.mine(session.subjects[0])
    let touched = Set(base.keys).union(mine.keys).filter { base[$0] != mine[$0] }
    let now = dice.changed(base)
    session.rebase(onto: ["i": now])
    let rebased = session.mine(session.subjects[0])
    for key in Set(now.keys).union(mine.keys) {
      #expect(rebased[key] == (touched.contains(key) ? mine[key] : now[key]), "\(key)")
    }
  }

  @Test(arguments: [
    "", "plain", "two\nlines", "tab\there", #"back\slash"#, "\u{1b}[31m", "\u{202e}", "nul\u{0}", "é漢",
    "\r\n", #"\n"#,
  ])
  func `what is shown of a value can be typed`(_ value: String) {
    #expect(ValueEscapes.value(ValueEscapes.escaped(value)) == .success(value))
    #expect(!ValueEscapes.escaped(value).unicodeScalars.contains { $0.value < 0x20 })
  }

  @Test(arguments: [#"\"#, #"\q"#, #"\u"#, #"\u{}"#, #"\u{110000}"#, #"\u{d800}"#, #"\u{1b"#])
  func `what is no escape is a mistake`(_ typed: String) {
    guard case .failure = ValueEscapes.value(typed) else {
      Issue.record("\(typed) was taken")
      return
    }
  }
}

/// Chance that a seed repeats.
private struct Dice {
  private var state: UInt64

  init(_ seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  mutating func number(below limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(limit))
  }

  mutating func flip() -> Bool { number(below: 2) == 0 }
  mutating func key() -> String { "key-\(number(below: 6))" }
  mutating func value() -> String { ["a", "b", "c", ""][number(below: 4)] }

  mutating func metadata() -> [String: String] {
    (0..<number(below: 6)).reduce(into: [:]) { all, _ in all[key()] = value() }
  }

  mutating func changed(_ metadata: [String: String]) -> [String: String] {
    var copy = metadata
    for _ in 0..<number(below: 4) { copy[key()] = flip() ? value() : nil }
    return copy
  }
}
