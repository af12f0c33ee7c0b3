import BrowserRig
import Foundation
import Glibc
import NovaClient
import Pilot
import SandboxCloud
import Testing

/// `kill -9` at random moments of an editing session: the next start brings every completed edit back, and of what was
/// being typed all but the last second.
@Suite struct KilledWhileEditingTests {
  /// How many moments of each kind, a hundred together; a few run at once.
  private static let moments = [
    (Moment.anywhere, 40), (.typing, 24), (.reviewing, 12), (.sending, 12), (.outside, 12),
  ]

  private enum Moment: String, Sendable {
    /// When the screen shows a number of completed edits, with more keys under way.
    case anywhere
    /// In the middle of a value, of which each character is waited for.
    case typing
    case reviewing
    case sending
    /// While the person's own editor runs.
    case outside
  }

  @Test func `nothing is lost but the last second of typing`() async throws {
    let all = Self.moments.flatMap { moment, count in Array(repeating: moment, count: count) }
    #expect(all.count == 100)
    try await inLanes(4, Array(all.enumerated())) { number, moment in
      var dice = Dice(seed: UInt64(number))
      try await withImage([:]) { try await Self.kill($0, moment, &dice) }
    }
  }

  /// The keys of an edit, which adds `key-3`.
  private static func keys(_ number: Int) -> String { "akey-\(number)<Enter>value-\(number)<Enter>" }

  private static func count(_ edits: Int) -> String {
    edits == 1 ? "1 unsaved change" : "\(edits) unsaved changes"
  }

  /// One session, its sudden end, and what the next start knows of it.
  private static func kill(_ image: EditedCloud, _ moment: Moment, _ dice: inout Dice) async throws {
    let edits = Int.random(in: 1...4, using: &dice)
    let script = try image.script(
      #"echo 'outside: kept' >>"$1"; cat "$1"; echo "outside now"; read -r answer"#)
    let novalens = try await image.browse(editor: script)
    var typed = ""
    switch moment {
    case .anywhere:
      await novalens.send("e" + (0..<edits).map(keys).joined())
      try await novalens.waitFor(count(edits))
      let rest = (edits..<8).map(keys).joined().replacing("<Enter>", with: "\r")
      await novalens.send(String(rest.prefix(Int.random(in: 0...rest.count, using: &dice))))
    case .typing:
      await novalens.send("e" + (0..<edits).map(keys).joined())
      try await novalens.waitFor(count(edits))
      let shown = try await type(.milliseconds(Int.random(in: 0...2000, using: &dice)), into: novalens)
      let end = ContinuousClock.now
      await novalens.signal(SIGKILL)
      _ = try await novalens.exitStatus()
      typed = try expectTyped(shown, before: end, in: image)
    case .reviewing:
      await novalens.send("e" + (0..<edits).map(keys).joined() + "w")
      try await novalens.waitFor(Bool.random(using: &dice) ? "Review · amber" : "Will send:")
    case .sending:
      let gate = Gate()
      let isDone = Bool.random(using: &dice)
      await image.cloud.sandbox.inject(
        isDone ? .holdAnswer(gate) : .hold(gate),
        into: .path("/compute/v2.1/images/\(image.image)/metadata", edits == 1 ? .put : .post))
      await novalens.send("e" + (0..<edits).map(keys).joined() + "w")
      try await novalens.waitFor("Will send:")
      await novalens.send("<Enter>")
      if Bool.random(using: &dice) { await gate.arrival() }
    case .outside:
      await novalens.send("e" + (0..<edits).map(keys).joined())
      try await novalens.waitFor(count(edits))
      await novalens.send("E")
      try await novalens.waitFor("outside now")
    }
    await novalens.signal(SIGKILL)
    #expect(try await novalens.exitStatus() == -SIGKILL)
    try await expectAll(image, script, moment, edits, typed)
  }

  /// Types a value for up to two seconds, waiting for each character.
  /// - Returns: what was shown, and when, with all that was typed as the last.
  private static func type(
    _ time: Duration, into novalens: PtyProgram
  ) async throws -> [(text: String, time: ContinuousClock.Instant)] {
    await novalens.send("along<Enter>")
    try await novalens.waitFor("+ long")
    let text = Array((10..<90).map(String.init).joined(separator: " "))
    let start = ContinuousClock.now
    var shown = [(text: "", time: start)]
    for count in text.indices where ContinuousClock.now < start + time {
      await novalens.send(String(text[count]))
      let typed = String(text[...count])
      // The field shows the end of what is too long for it; a space at its end cannot be told from nothing.
      if text[count] != " " { try await novalens.waitFor(String(typed.suffix(8))) }
      shown.append((typed, .now))
    }
    return shown
  }

  /// The field that was open, as the draft on disk has it.
  private struct Draft: Decodable {
    struct Typing: Decodable { var text: String }

    var typing: Typing?
  }

  /// What was shown a second before the end is on the disk.
  private static func expectTyped(
    _ shown: [(text: String, time: ContinuousClock.Instant)], before end: ContinuousClock.Instant,
    in image: EditedCloud
  ) throws -> String {
    let file = try #require(try image.cloud.workplace.files().first { $0.key.hasSuffix(".draft") })
    let kept = try JSONDecoder().decode(Draft.self, from: Data(file.value.utf8)).typing?.text ?? ""
    let all = try #require(shown.last).text
    let least = shown.last { $0.time + .seconds(1) < end }?.text ?? ""
    #expect(all.hasPrefix(kept) && kept.hasPrefix(least), "“\(kept)” of “\(all)”, at least “\(least)”")
    return kept
  }

  /// Starts the program again and looks for every edit, in the draft or in the cloud.
  private static func expectAll(
    _ image: EditedCloud, _ script: String, _ moment: Moment, _ edits: Int, _ typed: String
  ) async throws {
    let next = try await image.browse(editor: script, saying: "1 draft with unsaved edits")
    await next.send("e")
    try await next.waitFor("brought back")
    let text = await next.text
    let held = await image.held
    for number in 0..<edits {
      #expect(text.contains("value-\(number)"), "\(moment): \(number) of \(edits) is not in\n\(text)")
    }
    let end = typed.suffix(8).trimmingCharacters(in: .whitespaces)
    #expect(end.isEmpty || text.contains(end), "\(typed) is not in\n\(text)")
    for (key, value) in held { #expect(value == "value-" + key.dropFirst(4)) }
    guard moment == .outside else { return }
    await next.send("E")
    try await next.waitUntil("the text is there") {
      $0.text.contains("outside now") && $0.text.contains("outside: kept")
    }
  }
}
