/// An image's metadata as a commented YAML file for a text editor.
///
/// Every value is a text here: what looks like a number, a date or a word for yes stays as it was typed.
package enum MetadataDocument {
  /// What is wrong with a document, for the person who wrote it.
  package struct Mistake: Error, Hashable, Sendable {
    /// Counted from 1; nil where the whole document is meant.
    package var line: Int?
    /// Without capital and full stop.
    package var sentence: String

    /// Makes a mistake.
    package init(line: Int?, _ sentence: String) {
      self.line = line
      self.sentence = sentence
    }

    /// `Line 12: …`
    package var message: String { line.map { "Line \($0): \(sentence)" } ?? sentence }
  }

  /// Writes a document. `parse` gives the same metadata back, or nil where there is none.
  /// - Parameters:
  ///   - title: what the metadata belongs to: the image's name and id.
  ///   - isCommon: whether it is what several images have in common, which may have more.
  ///   - message: what to say on top.
  package static func render(
    _ metadata: [String: String], title: String, isCommon: Bool = false, message: String?
  ) -> String {
    let head = """
      # Metadata of \(YAMLText.visible(title))
      #
      # Change, add or remove items, save and quit. What would change is then
      # shown, and nothing is sent before you say so. A document that is unchanged,
      # or has no items left, changes nothing; {} alone removes all of them.
      # Behind " #" stands a comment: quote a value that holds it.
      \(isCommon ? "# Items that differ from image to image are not here, and stay as they are.\n" : "")
      """
    return top(message) + head + metadata.sorted { $0.key < $1.key }.map(entry).joined()
  }

  /// The text that was written, with its mistake on top in the place of an earlier one, for another try.
  package static func reopened(_ text: String, with mistake: Mistake) -> String {
    let (rest, removed) = withoutMessages(text)
    var moved = mistake
    // The message takes one line.
    moved.line = mistake.line.map { $0 - removed + 1 }
    return top(moved.message) + rest
  }

  /// The text that was written, with a sentence on top in the place of an earlier one.
  package static func reopened(_ text: String, saying sentence: String) -> String {
    top(sentence) + withoutMessages(text).rest
  }

  private static func withoutMessages(_ text: String) -> (rest: String, lines: Int) {
    var rest = text.unicodeScalars[...]
    var removed = 0
    while rest.starts(with: mark.unicodeScalars) {
      let end = rest.firstIndex(of: "\n") ?? rest.endIndex
      rest = rest[end...].dropFirst()
      removed += 1
    }
    return (String(Substring(rest)), removed)
  }

  private static let mark = "#!"

  private static func top(_ message: String?) -> String {
    message.map { "\(mark) \(YAMLText.visible($0))\n" } ?? ""
  }

  private static func entry(_ key: String, _ value: String) -> String {
    let name = YAMLText.inline(key)
    // A longer key is not found by its colon alone (YAML 1.1, section 7.4.2 of the later 1.2).
    let start = name.utf8.count > 1000 ? "? \(name)\n: " : "\(name): "
    return "\n" + comment(key) + start + YAMLText.value(value) + "\n"
  }

  private static func comment(_ key: String) -> String {
    guard let property = KnownProperties.property(named: key) else { return "" }
    let values = property.values.joined(separator: ", ")
    let choice = property.isClosed && values.count <= 100 ? "# One of: \(values)\n" : ""
    return "# \(property.meaning)\n" + choice
  }
}
