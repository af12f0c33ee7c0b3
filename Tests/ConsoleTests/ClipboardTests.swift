import Testing

@testable import Console

struct ClipboardTests {
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy"), ("ÿ?~", "w78/fg=="),
  ])
  func `text is encoded as RFC 4648 says`(_ text: String, _ encoded: String) {
    #expect(Clipboard.base64(Array(text.utf8)) == encoded)
  }

  @Test func `a terminal is asked in its own way`() {
    let plain = "\u{1B}]52;c;Zm9v\u{07}"
    #expect(Clipboard.sequence(for: "foo", term: "xterm-256color", isInTmux: false) == plain)
    #expect(
      Clipboard.sequence(for: "foo", term: "screen-256color", isInTmux: true)
        == plain + "\u{1B}Ptmux;\u{1B}\(plain)\u{1B}\\")
    #expect(
      Clipboard.sequence(for: "foo", term: "screen", isInTmux: false) == plain + "\u{1B}P\(plain)\u{1B}\\")
    #expect(Clipboard.sequence(for: "foo", term: "linux", isInTmux: false) == nil)
    #expect(Clipboard.sequence(for: "foo", term: "vt100", isInTmux: false) == nil)
  }
}
