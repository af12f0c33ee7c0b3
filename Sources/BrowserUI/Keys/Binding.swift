import BrowserModel
package import Console

/// One line of the key table: which keys have what done, for whom, and how that is said in the footer and in the
/// help.
package struct Binding: Sendable {
  let keys: [Key]
  let command: Command
  /// What the footer says behind the key; nil keeps the key out of the footer.
  let hint: String?
  /// What the help says.
  let help: String
  let group: Group
  let contexts: Set<Context>

  /// The parts of the help.
  enum Group: String, CaseIterable, Sendable {
    case move = "Move"
    case find = "Find"
    case change = "Change"
    case editor = "In the metadata editor"
    case watch = "Watch"
    case look = "Look"
    case program = "Program"
    case dialog = "In dialogs and fields"
  }

  init(
    _ keys: [Key], _ command: Command, hint: String? = nil, _ help: String, _ group: Group,
    _ contexts: Set<Context>
  ) {
    self.keys = keys
    self.command = command
    self.hint = hint
    self.help = help
    self.group = group
    self.contexts = contexts
  }

  /// The keys as people write them: `j ↓`.
  var label: String { keys.map(\.label).joined(separator: " ") }
}

extension Key {
  /// The key as people write it.
  package var label: String {
    switch self {
    case .character(" "): "Space"
    case .character(let character): String(character)
    case .control(let character): "Ctrl-\(character.uppercased())"
    case .enter: "Enter"
    case .escape: "Esc"
    case .tab: "Tab"
    case .backTab: "Shift-Tab"
    case .backspace: "Backspace"
    case .delete: "Delete"
    case .up: "↑"
    case .down: "↓"
    case .left: "←"
    case .right: "→"
    case .home: "Home"
    case .end: "End"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .function(let number): "F\(number)"
    case .paste: "paste"
    case .mouse: "mouse"
    case .unknown: "?"
    }
  }
}
