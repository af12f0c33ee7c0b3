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

  /// Two keys in every combination of absent, a and b, of which the one was renamed to the other.
  private static let renames: [(base: [String: String], now: [String: String], mine: [String: String])] = {
    let states = values.flatMap { old in
      values.map { new in
        ["old": old, "new": new].compactMapValues(\.self)
      }
    }
    return states.flatMap { base in states.flatMap { now in states.map { (base, now, $0) } } }
  }()

  @Test func `what others did to a renamed item is asked about, and goes to its new key`() {
    for (base, now, mine) in Self.renames {
      let merge = MetadataMerge(base: base, now: now, mine: mine, origins: ["new": "old"])
      let isOpen = Set(merge.openConflicts.map(\.key))
      // While nobody has chosen, nothing is done about what both have changed.
      for key in isOpen { #expect(merge.result[key] == now[key]) }
      var ours = merge
      var theirs = merge
      for key in isOpen {
        ours.choose(.mine, for: key)
        theirs.choose(.theirs, for: key)
      }
      #expect(ours.openConflicts.isEmpty && theirs.openConflicts.isEmpty)
      for key in ["old", "new"] {
        let isOurs = mine[key] != base[key]
        let isTheirs = now[key] != base[key]
        // What only one has changed is as that one would have it.
        if !isOurs, key == "old" || !isOpen.contains("new") { #expect(ours.result[key] == now[key]) }
        if isOurs { #expect(ours.result[key] == mine[key], "\(base) \(now) \(mine)") }
        // No change of theirs goes without a question: under its own key, or under the one that we gave it.
        guard isTheirs, isOurs, mine[key] != now[key] else { continue }
        let isAsked = isOpen.contains(key)
        let isAskedThere = key == "old" && isOpen.contains("new")
        let isSame = key == "old" && mine["new"] == now["old"]
        #expect(isAsked || isAskedThere || isSame, "\(base) \(now) \(mine)")
        if isAskedThere, !isAsked, now["new"] == base["new"] { #expect(theirs.result["new"] == now["old"]) }
      }
      for row in theirs.rows { #expect(theirs.sends(row) == (theirs.result[row.key] != now[row.key])) }
    }
  }

  @Test func `a renamed item has the value that others gave it, where theirs is chosen`() {
    let base = ["old": "a", "other": "1"]
    var merge = MetadataMerge(
      base: base, now: ["old": "b", "other": "1"], mine: ["new": "a", "other": "1"], origins: ["new": "old"])
    #expect(merge.openConflicts.map(\.key) == ["new"])
    merge.choose(.theirs, for: "new")
    #expect(merge.result == ["new": "b", "other": "1"])
    #expect(MetadataPlan(merge).requests == [.set(key: "new", value: "b"), .delete(key: "old")])
    merge.choose(.mine, for: "new")
    #expect(merge.result == ["new": "a", "other": "1"])
    // An item that others have deleted is not brought back unasked.
    merge = MetadataMerge(
      base: base, now: ["other": "1"], mine: ["new": "a", "other": "1"], origins: ["new": "old"])
    #expect(merge.openConflicts.map(\.key) == ["new"])
    merge.choose(.theirs, for: "new")
    #expect(merge.result == ["other": "1"] && MetadataPlan(merge).requests.isEmpty)
  }

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

  @Test(arguments: 0..<200) func `rebasing keeps each step, and takes what no step is about from the service`(
    seed: Int
  ) {
    var dice = Dice(seed)
    let base = dice.metadata()
    var session = EditSession([EditSubject(Image(id: "i", metadata: base.mapValues { .string($0) }))])
    var states = [base]
    var named: Set<String> = []
    for _ in 0..<dice.number(below: 6) + 1 {
      let shown = session.mine(session.subjects[0])
      let key = dice.key()
      let edit: MetadataEdit
      switch dice.number(below: 6) {
      case 0: edit = .delete(key: key)
      case 1: edit = .rename(from: shown.keys.sorted().first ?? key, to: "renamed-\(dice.number(below: 3))")
      case 2: edit = .restore(key: key)
      case 3: edit = .replace(with: dice.changed(shown))
      default: edit = .set(key: key, value: dice.value())
      }
      session.add(edit)
      states.append(session.mine(session.subjects[0]))
      switch edit {
      case .set(let key, _), .delete(let key), .restore(let key): named.insert(key)
      case .rename(let from, let to): named.formUnion([from, to])
      case .replace: break
      }
    }
    for state in states {
      named.formUnion(Set(base.keys).union(state.keys).filter { base[$0] != state[$0] })
    }
    let undone = dice.number(below: states.count)
    for _ in 0..<undone { _ = session.undo() }
    let replaces = session.history.replacesAll
    let now = dice.changed(base)
    session.rebase(onto: ["i": now])
    #expect(session.history.replacesAll == replaces)
    for _ in 0..<undone { #expect(session.redo() == true) }
    for state in states.reversed() {
      let shown = session.mine(session.subjects[0])
      for key in Set(now.keys).union(state.keys) {
        #expect(shown[key] == (named.contains(key) ? state[key] : now[key]), "\(key)")
      }
      _ = session.undo()
    }
    #expect(session.undo() == false)
    #expect(!session.hasChanges)
  }

  @Test func `an edit that came to nothing does not become one on another base`() {
    var session = EditSession([EditSubject(Image(id: "i", metadata: ["k": "a"]))])
    session.add(.set(key: "k", value: "b"))
    session.add(.set(key: "k", value: "a"))
    session.rebase(onto: ["i": ["k": "c"]])
    #expect(!session.hasChanges)
    let subject = session.subjects[0]
    let merge = MetadataMerge(base: subject.base, now: ["k": "c"], mine: session.mine(subject))
    #expect(merge.result == ["k": "c"] && MetadataPlan(merge).requests.isEmpty)
    // Undone, it is a change again, and both have changed it.
    #expect(session.undo() == true)
    #expect(
      MetadataMerge(base: subject.base, now: ["k": "c"], mine: session.mine(subject)).openConflicts.count == 1
    )
  }

  @Test func `an item keeps its name's history through further edits`() {
    var history = EditHistory([
      .rename(from: "a", to: "b"), .set(key: "b", value: "2"), .rename(from: "b", to: "c"),
    ])
    #expect(history.origins == ["c": "a"])
    history.add(.replace(with: ["c": "3"]))
    #expect(history.origins == ["c": "a"])
    history.add(.rename(from: "c", to: "a"))
    #expect(history.origins.isEmpty)
    #expect(
      EditHistory([.rename(from: "a", to: "b"), .delete(key: "b"), .set(key: "b", value: "1")]).origins
        .isEmpty)
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
