import Testing

@testable import Console

struct ClipboardTests {
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy"), ("ÿ?~", "w78/fg=="),
  ])
  func `text is encoded as RFC 4648 says`(_ text: String, _ encoded: String) {
    #expect(Clipboard.base64(Array(text.utf8)) == encoded)
  }

  private func sequence(_ term: String, isInTmux: Bool = false) -> String? {
    Passage(term: term, isInTmux: isInTmux).map { Clipboard.sequence(for: "foo", $0) }
  }

  @Test func `a terminal is asked in its own way`() {
    let plain = "\u{1B}]52;c;Zm9v\u{07}"
    #expect(sequence("xterm-256color") == plain)
    #expect(
      sequence("screen-256color", isInTmux: true) == plain + "\u{1B}Ptmux;\u{1B}\(plain)\u{1B}\\")
    #expect(sequence("screen") == plain + "\u{1B}P\(plain)\u{1B}\\")
    #expect(sequence("linux") == nil)
    #expect(sequence("vt100") == nil)
  }
}
