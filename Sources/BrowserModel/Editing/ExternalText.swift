import Foundation
import NovaClient

/// A file that is being edited elsewhere, and what it was made from: what came of it is told by comparing with that,
/// however long the text lay there and whatever has been edited in the table meanwhile.
@MainActor final class ExternalText {
  struct Origin: Codable {
    var before: [String: String]
    /// As it was made from the metadata.
    var rendered: String
  }

  let draft: String
  let origin: Origin
  /// As it was given to the editor last.
  var handed = ""
  var handedAt = Date.distantPast
  var hasMistake = false
  /// How often in turn it came back at once with a mistake.
  var quickMistakes = 0

  /// - Parameter folder: where a text and its origin may lie already.
  init(_ draft: String, of session: EditSession, in folder: StateFolder) {
    self.draft = draft
    let known = folder.read(Self.originName(draft)).flatMap {
      try? JSONDecoder().decode(Origin.self, from: $0)
    }
    if let known, folder.has(Self.name(draft)) {
      origin = known
    } else {
      let shown = session.common
      let title = session.subjects.count == 1 ? session.subjects[0].name : "\(session.subjects.count) images"
      origin = Origin(
        before: shown,
        rendered: MetadataDocument.render(
          shown, title: title, isCommon: session.subjects.count > 1, message: nil))
    }
  }

  var name: String { Self.name(draft) }
  static func name(_ draft: String) -> String { "\(draft).yaml" }
  static func originName(_ draft: String) -> String { "\(draft).origin" }

  /// - Throws: `StateFault`.
  func rememberOrigin(in folder: StateFolder) throws {
    try folder.replace(Self.originName(draft), with: try JSONEncoder().encode(origin))
  }

  /// What to give to the editor: the text that was left, or a new one.
  ///
  /// - Parameter shown: the metadata as the table has it now.
  func text(in folder: StateFolder, shown: [String: String]) -> String {
    guard let data = folder.read(name) else { return origin.rendered }
    let text = String(decoding: data, as: UTF8.self)
    guard text != origin.rendered, shown != origin.before else { return text }
    return MetadataDocument.reopened(
      text, saying: "This is the text that you left. What was edited since is not in it, but stays.")
  }
}

extension EditSession {
  /// What all images are to have alike.
  var common: [String: String] {
    rows.reduce(into: [:]) { common, row in common[row.key] = row.value.value }
  }
}
