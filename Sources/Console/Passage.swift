/// How a sequence that curses knows nothing of gets past what stands between us and the terminal.
enum Passage {
  case direct
  case tmux
  case screen

  /// Nil for a terminal that would show such a sequence instead of obeying.
  ///
  /// - Parameters:
  ///   - term: the value of `TERM`.
  ///   - isInTmux: whether `TMUX` is set.
  init?(term: String, isInTmux: Bool) {
    let deaf = ["linux", "vt", "ansi", "cons", "sun"]
    if isInTmux || term.hasPrefix("tmux") {
      self = .tmux
    } else if deaf.contains(where: term.hasPrefix) {
      return nil
    } else {
      self = term.hasPrefix("screen") ? .screen : .direct
    }
  }

  /// What goes through, whole or in pieces that fit the buffer of what stands between.
  func wrapped(_ request: String) -> String {
    switch self {
    case .direct: return request
    case .tmux: return "\u{1B}Ptmux;\u{1B}\(request)\u{1B}\\"
    case .screen:
      let bytes = Array(request.utf8)
      return stride(from: 0, to: bytes.count, by: 200).map { start in
        "\u{1B}P\(String(decoding: bytes[start..<min(start + 200, bytes.count)], as: UTF8.self))\u{1B}\\"
      }.joined()
    }
  }
}
