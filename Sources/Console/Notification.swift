/// The sequences that ask the terminal to tell whoever sits before it that something has happened: OSC 9, which most
/// terminals know, and OSC 777, which some know instead. A terminal that knows neither shows nothing.
enum Notification {
  /// The bytes to send.
  ///
  /// - Parameters:
  ///   - passage: how it gets to the terminal.
  ///   - repertoire: what may be in the texts. A terminal of 8 bits takes parts of UTF-8 for commands.
  static func sequence(
    title: String, text: String, _ passage: Passage, repertoire: Repertoire = .unicode
  ) -> String {
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
}
