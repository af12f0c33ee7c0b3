import Pilot
import Testing

/// What a person expects of a terminal after a program has had it.
func expectGivenBack(_ program: PtyProgram, _ comment: Comment? = nil) async {
  #expect(await program.modes == program.firstModes, comment)
  let (rows, columns) = await program.look { terminal in
    #expect(!terminal.isAlternateScreen, comment)
    #expect(terminal.isCursorVisible, comment)
    return (terminal.rows, terminal.columns)
  }
  // What libvterm does not tell: pastes, the mouse, the cursor keys and what text would look like.
  var grammar = OutputGrammar(rows: rows, columns: columns)
  grammar.read(await program.received)
  #expect(grammar.leftovers == [], comment)
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
