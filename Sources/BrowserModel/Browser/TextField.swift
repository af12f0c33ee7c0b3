/// A line that is being typed, with its cursor.
package struct TextField: Hashable, Sendable {
  package private(set) var characters: [Character]
  /// Before which character typing goes on; `characters.count` at the end.
  package private(set) var cursor: Int

  package init(_ text: String = "") {
    characters = Array(text)
    cursor = characters.count
  }

  package var text: String { String(characters) }
  package var isEmpty: Bool { characters.isEmpty }

  /// What can be done to it; `KeyMap` says by which keys.
  package enum Edit: Hashable, Sendable {
    case insert(String)
    case backspace
    case delete
    case left
    case right
    case home
    case end
    case killToEnd
    case killToStart
    case killWord
  }

  package mutating func apply(_ edit: Edit) {
    switch edit {
    case .insert(let text): insert(text)
    case .backspace where cursor > 0: remove(cursor - 1..<cursor)
    case .delete where cursor < characters.count: remove(cursor..<cursor + 1)
    case .left: cursor = max(cursor - 1, 0)
    case .right: cursor = min(cursor + 1, characters.count)
    case .home: cursor = 0
    case .end: cursor = characters.count
    case .killToEnd: remove(cursor..<characters.count)
    case .killToStart: remove(0..<cursor)
    case .killWord: remove(startOfWord..<cursor)
    case .backspace, .delete: break
    }
  }

  /// A combining mark joins the character before it, so the whole is split into characters again.
  private mutating func insert(_ text: String) {
    // A pasted line break has no place in a line.
    let line = text.map { $0.isNewline ? " " : String($0) }.joined()
    let before = String(characters[..<cursor]) + line
    let after = String(characters[cursor...])
    characters = Array(before + after)
    cursor = characters.count - after.count
  }

  private mutating func remove(_ range: Range<Int>) {
    characters.removeSubrange(range)
    cursor = range.lowerBound
  }

  private var startOfWord: Int {
    var index = cursor
    while index > 0, characters[index - 1] == " " { index -= 1 }
    while index > 0, characters[index - 1] != " " { index -= 1 }
    return index
  }
}
