import Pilot
import Testing

/// What a person expects of a terminal after a program has had it.
func expectGivenBack(_ program: PtyProgram, _ comment: Comment? = nil) async {
  #expect(await program.modes == program.firstModes, comment)
  await program.look { terminal in
    #expect(!terminal.isAlternateScreen, comment)
    #expect(terminal.isCursorVisible, comment)
  }
  let sent = String(decoding: await program.received, as: UTF8.self)
  for mode in ["2004", "1000", "1006"] {
    let last = sent.ranges(of: "\u{1B}[?\(mode)").map { sent[$0.upperBound...].first }.last
    #expect(last == nil || last == "l", "\(comment?.rawValue ?? ""): mode \(mode) is left on")
  }
}

/// All that a program has sent that is over now, byte by byte: nothing that is not its own, and that only as often as it
/// had reason to.
///
/// - Parameter redraws: how often the whole window had to be drawn anew.
/// - Returns: how often the bell was rung, and what else the terminal was asked for beside the picture (OSC).
func expectOwnOutput(
  _ program: PtyProgram, redraws: Int = 0, _ comment: Comment? = nil
) async -> (bells: Int, requests: [String]) {
  let (rows, columns) = await program.look { ($0.rows, $0.columns) }
  var grammar = OutputGrammar(rows: rows, columns: columns)
  grammar.read(await program.received)
  #expect(grammar.violations.prefix(5) == [], comment)
  #expect(grammar.misuses(takes: 1) == [], comment)
  // Two redraws that are asked for at once may be one.
  #expect((1...1 + redraws).contains(grammar.clears), comment)
  return (grammar.bells, grammar.requests)
}
