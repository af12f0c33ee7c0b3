extension KeyTable {
  /// The key table as it stands in the README, where a test compares it.
  package static var markdown: String {
    var lines: [String] = []
    for group in Binding.Group.allCases {
      lines += ["| \(group.rawValue) | |", "|---|---|"]
      for binding in help(group) {
        let keys = binding.keys.map { "`\($0.label == "`" ? "` ` `" : $0.label)`" }.joined(separator: " ")
        lines.append("| \(keys) | \(binding.help) |")
      }
      lines.append("")
    }
    return lines.joined(separator: "\n").trimmingSuffix("\n")
  }
}

extension String {
  fileprivate func trimmingSuffix(_ character: Character) -> String {
    var copy = self
    while copy.last == character { copy.removeLast() }
    return copy
  }
}
