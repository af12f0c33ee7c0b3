/// The sequences that ask the terminal to tell whoever sits before it that something has happened: OSC 9, which most
/// terminals know, and OSC 777, which some know instead. A terminal that knows neither shows nothing.
enum Notification {
  /// The bytes to send, or nil for a terminal that would show them instead of obeying.
  ///
  /// - Parameters:
  ///   - term: the value of `TERM`.
  ///   - isInTmux: whether `TMUX` is set.
  ///   - repertoire: what may be in the texts. A terminal of 8 bits takes parts of UTF-8 for commands.
  static func sequence(
    title: String, text: String, term: String, isInTmux: Bool, repertoire: Repertoire = .unicode
  ) -> String? {
    guard let passage = Passage(term: term, isInTmux: isInTmux) else { return nil }
    let title = clean(title, repertoire)
    let text = clean(text, repertoire)
    // The title comes first, since some terminals take a text that begins with a number for another command.
    let requests = ["\u{1B}]9;\(title): \(text)\u{07}", "\u{1B}]777;notify;\(title);\(text)\u{07}"]
    return requests.map(passage.wrapped).joined()
  }

  /// A text that cannot end the sequence, or begin another part of it.
  private static func clean(_ text: String, _ repertoire: Repertoire) -> String {
    SafeText(text).prefix(200).flatMap { repertoire.cells(for: $0) }.map { $0 == ";" ? "," : $0 }.joined()
  }

  /// How a sequence gets past what stands between us and the terminal.
  private enum Passage {
    case direct
    case tmux
    case screen

    init?(term: String, isInTmux: Bool) {
      let deaf = ["linux", "vt", "ansi", "cons", "sun", "dumb"]
      if isInTmux || term.hasPrefix("tmux") {
        self = .tmux
      } else if deaf.contains(where: term.hasPrefix) {
        return nil
      } else {
        self = term.hasPrefix("screen") ? .screen : .direct
      }
    }

    func wrapped(_ request: String) -> String {
      switch self {
      case .direct: request
      // tmux itself does nothing with these; it passes on what is wrapped where its options say so.
      case .tmux: "\u{1B}Ptmux;\u{1B}\(request)\u{1B}\\"
      case .screen: "\u{1B}P\(request)\u{1B}\\"
      }
    }
  }
}
