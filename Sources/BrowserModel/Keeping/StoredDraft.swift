package import Foundation
import NovaClient

/// Unsaved edits as they lie on disk: what was edited, from which base, what was done, and what was just being typed.
/// No secrets.
package struct StoredDraft: Hashable, Sendable, Codable, Identifiable {
  /// A random name, by which its file is known.
  package let id: String
  /// The cloud and the project, as the header shows them.
  package let cloud: String
  package let project: String
  package internal(set) var subjects: [EditSubject]
  package internal(set) var history: EditHistory
  package internal(set) var typing: Typing?
  package internal(set) var saved: Date
  /// The form of the file.
  private var version = 1

  /// A field that was open.
  package struct Typing: Hashable, Sendable, Codable {
    package enum Kind: String, Hashable, Sendable, Codable {
      case value
      case newKey
      case newValue
      case rename
    }

    package let kind: Kind
    /// The key whose value or name it is; empty for a new key.
    package let key: String
    package let text: String
  }

  package init(
    id: String, cloud: String, project: String, subjects: [EditSubject], history: EditHistory,
    typing: Typing? = nil, saved: Date
  ) {
    self.id = id
    self.cloud = cloud
    self.project = project
    self.subjects = subjects
    self.history = history
    self.typing = typing
    self.saved = saved
  }

  /// Whether it is about just these images.
  func isAbout(_ ids: Set<Image.ID>) -> Bool { Set(subjects.map(\.id)) == ids }

  /// How many keys would be different, for the list of drafts.
  package var changeCount: Int { EditSession(subjects, history: history).changeCount }

  package var title: String {
    subjects.count == 1 ? subjects[0].name : "\(subjects.count) images"
  }
}
