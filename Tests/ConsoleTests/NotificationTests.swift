import Pilot
import Testing

@testable import Console

struct NotificationTests {
  @Test func `a terminal of 8 bits gets no byte above 127`() {
    let sequence = Notification.sequence(
      title: "novalens", text: "\u{45C}\u{41B}2J ü 日", .direct, repertoire: .ascii)
    #expect(sequence.utf8.allSatisfy { $0 < 0x80 })
    #expect(sequence.contains("??2J ? ??"))
  }

  @Test(arguments: Repertoire.allCases) func `no name gets out of it`(_ repertoire: Repertoire) {
    for text in HostileText.all {
      let sequence = Notification.sequence(
        title: "novalens", text: text.text, .direct, repertoire: repertoire)
      var grammar = OutputGrammar(rows: 24, columns: 80)
      grammar.read(sequence.utf8)
      #expect(grammar.violations == [] && grammar.bells == 0, "\(text.reason)")
      #expect(grammar.requests.count == 2, "\(text.reason)")
    }
  }

  private func sequence(_ text: String, term: String = "xterm-256color", isInTmux: Bool = false) -> String? {
    Passage(term: term, isInTmux: isInTmux).map {
      Notification.sequence(title: "novalens", text: text, $0)
    }
  }

  @Test func `the terminal is told in both ways that there are`() {
    #expect(
      sequence("web is ACTIVE")
        == "\u{1B}]9;novalens: web is ACTIVE\u{07}\u{1B}]777;notify;novalens;web is ACTIVE\u{07}")
  }

  @Test func `what stands between takes it wrapped, and a terminal without a window gets nothing`() {
    let inTmux = sequence("web", term: "screen-256color", isInTmux: true)
    #expect(inTmux?.hasPrefix("\u{1B}Ptmux;\u{1B}\u{1B}]9;novalens: web\u{07}\u{1B}\\") == true)
    #expect(sequence("web", term: "screen")?.hasPrefix("\u{1B}P\u{1B}]9;") == true)
    #expect(sequence("web", term: "linux") == nil)
    #expect(sequence("web", term: "vt100") == nil)
  }

  @Test func `a name can neither end the sequence nor begin another`() throws {
    let sequence = try #require(self.sequence("a\u{07}b\u{1B}]0;c\u{9C}d;e\n\u{202E}f"))
    #expect(sequence.count { $0 == "\u{07}" } == 2)
    #expect(sequence.count { $0 == "\u{1B}" } == 2)
    #expect(!sequence.unicodeScalars.contains("\u{9C}") && !sequence.unicodeScalars.contains("\u{202E}"))
    #expect(sequence.contains("]0,c") && sequence.contains("d,e"))
  }
}
