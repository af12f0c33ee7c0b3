import BrowserModel
import BrowserUI
import Console
import Foundation
import Testing

struct KeyTableTests {
  @Test func `the README has the key table as the program has it`() throws {
    let readme = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../README.md")
      .standardized
    let text = try String(contentsOf: readme, encoding: .utf8)
    let start = try #require(text.range(of: "<!-- keys: from the key table, recorded with the screens -->\n"))
    let end = try #require(text.range(of: "<!-- end of keys -->"))
    if ProcessInfo.processInfo.environment["NOVALENS_RECORD"] != nil {
      let recorded = text[..<start.upperBound] + "\n" + KeyTable.markdown + "\n\n" + text[end.lowerBound...]
      try Data(String(recorded).utf8).write(to: readme)
    } else {
      #expect(text[start.upperBound..<end.lowerBound] == "\n" + KeyTable.markdown + "\n\n")
    }
  }

  @Test(arguments: Context.allCases) func `Ctrl-C ends it everywhere`(_ context: Context) {
    #expect(KeyTable.command(for: .control("c"), in: context) == .quitNow)
  }

  @Test(arguments: Context.allCases) func `a paste is text everywhere, and no answer to a question`(
    _ context: Context
  ) {
    let command = KeyTable.command(for: .paste("yDq"), in: context)
    if [.deleteQuestion, .quitQuestion, .discardQuestion].contains(context) {
      #expect(command == .back)
    } else {
      #expect(command == .type(.insert("yDq")))
    }
  }

  @Test func `only y deletes`() {
    let keys: [Key] =
      (33...126).map { .character(Character(Unicode.Scalar($0))) } + [.enter, .escape, .tab, .character(" ")]
    for key in keys {
      let command = KeyTable.command(for: key, in: .deleteQuestion)
      #expect((command == .confirm) == (key == .character("y")))
    }
  }

  @Test func `keys that change the cloud are text in a field`() {
    for context in Context.allCases where context.isTyping {
      for key in ["D", "y", "e", " "] as [Character] {
        #expect(KeyTable.command(for: .character(key), in: context) == .type(.insert(String(key))))
      }
    }
  }
}
