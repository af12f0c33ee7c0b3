import BrowserModel
import BrowserRig
import BrowserUI
import Console

extension BrowserRig {
  /// Presses keys as a person would in a window of a size, waiting after each until nothing more happens:
  /// `/deb<Enter>`.
  func press(_ keys: String, in size: Size) async {
    for key in Self.keys(keys) {
      browser.measure(size)
      if let command = KeyTable.command(for: key, in: browser.context) { _ = browser.perform(command) }
      await browser.settled()
    }
    // The detail follows when the cursor has rested.
    time.advance(by: 0.12)
    await browser.settled()
  }

  func screen(_ size: Size, _ repertoire: Repertoire = .unicode) -> Screen {
    browser.measure(size, repertoire)
    return draw(browser, size, repertoire)
  }

  private static let names: [String: Key] = [
    "Enter": .enter, "Esc": .escape, "Tab": .tab, "Space": .character(" "), "Down": .down, "Up": .up,
    "Left": .left, "Right": .right, "C-u": .control("u"), "C-d": .control("d"), "C-x": .control("x"),
  ]

  private static func keys(_ text: String) -> [Key] {
    var keys: [Key] = []
    var rest = text[...]
    while let character = rest.first {
      if character == "<", let end = rest.firstIndex(of: ">"),
        let key = names[String(rest[rest.index(after: rest.startIndex)..<end])]
      {
        keys.append(key)
        rest = rest[rest.index(after: end)...]
      } else {
        keys.append(.character(character))
        rest = rest.dropFirst()
      }
    }
    return keys
  }
}

extension Size {
  static let jumpHost = Size(columns: 80, rows: 24)
  static let desk = Size(columns: 120, rows: 36)
  static let wall = Size(columns: 200, rows: 60)
  static let stamp = Size(columns: 20, rows: 5)
  /// From the smallest window that one can work in.
  static let usable = [Layout.smallest, jumpHost, desk, wall]
  static let all = usable + [stamp]

  var name: String { "\(columns)x\(rows)" }
}
