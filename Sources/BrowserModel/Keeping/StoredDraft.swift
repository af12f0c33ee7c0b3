package import Foundation
import NovaClient

/// Unsaved edits as they lie on disk: what was edited, from which base, what was done, and what was just being typed.
/// No secrets.
package struct StoredDraft: Hashable, Sendable, Codable, Identifiable {
  /// A random name, by which its file is known.
  package let id: String
  /// The cloud, as the header shows it, and the project's id.
  package let cloud: String
  package private(set) var project: String
  package internal(set) var subjects: [EditSubject]
  package internal(set) var history: EditHistory
  package internal(set) var typing: Typing?
  /// The field that was left last with something typed in it.
  private var left: Typing?
  /// Others that were left before.
  private var leftBefore: [Typing]?
  /// What the service said against keys when they were sent, until they are edited again.
  var refusals: [String: String]?
  package internal(set) var saved: Date
  /// The save, by its name in the journal, that has done a part of it; what is left belongs to the same save.
  var begunBy: String?
  /// How many keys would be different, where that was known when it was made: it may be about thousands of images.
  private var changes: Int?
  /// The form of the file.
  private var version = Self.latest
  private static let latest = 1

  private struct Form: Decodable { var version: Int? }

  /// Whether a file has a form that only a later novalens understands.
  static func isOfLaterProgram(_ data: Data) -> Bool {
    let form = try? JSONDecoder().decode(Form.self, from: data)
    return form?.version.map { $0 > latest } ?? false
  }

  /// A field that was open.
  package struct Typing: Hashable, Sendable, Codable {
    package enum Kind: String, Hashable, Sendable, Codable {
      case value
      case newKey
      case newValue
      case rename
      /// The path of a file.
      case file
    }

    package let kind: Kind
    /// The key whose value or name it is; empty for a new key.
    package let key: String
    package let text: String
    /// Of a field that was left: how many edits there were.
    var edits: Int?
    /// Of a field that was left: whether undo has opened it once already.
    var isDeclined: Bool?

    /// As a person is told of it.
    package var shown: String { kind == .newValue ? "\(key) = \(text)" : text }
  }

  package init(
    id: String, cloud: String, project: String, subjects: [EditSubject], history: EditHistory,
    typing: Typing? = nil, lefts: [Typing] = [], changes: Int? = nil, saved: Date
  ) {
    self.changes = changes
    self.id = id
    self.cloud = cloud
    self.project = project
    self.subjects = subjects
    self.history = history
    self.typing = typing
    left = lefts.last
    leftBefore = lefts.count > 1 ? lefts.dropLast() : nil
    self.saved = saved
  }

  /// The fields that were left with something typed in them, the last one last.
  package var lefts: [Typing] { (leftBefore ?? []) + (left.map { [$0] } ?? []) }

  /// Whether it is about just these images.
  func isAbout(_ ids: Set<Image.ID>) -> Bool { Set(subjects.map(\.id)) == ids }

  /// The same in a project that is known by now.
  func of(project: String) -> StoredDraft {
    var copy = self
    copy.project = project
    return copy
  }

  /// Whether it holds nothing but a text that was typed and left. It can be had back, but nobody need be told of it.
  package var isOnlyLeft: Bool { !hasEdits && typing == nil && left != nil }

  /// Whether something was done that still stands.
  var hasEdits: Bool { !history.edits.isEmpty }

  /// Keeps the images, and of one image the keys, that a review has not brought to where they were meant to be.
  mutating func settle(_ review: Review) {
    changes = nil
    if !review.isTakingBack { begunBy = review.save }
    guard subjects.count == 1 else {
      let done = Set(review.items.filter(review.isSettled).map(\.id))
      // Even when all are done something may have been typed and left, which is about all of them.
      if done.count == subjects.count {
        history = EditHistory()
      } else {
        subjects.removeAll { done.contains($0.id) }
      }
      return
    }
    guard let item = review.items.first(where: { $0.id == subjects[0].id }), let merge = item.merge,
      let outcome = item.outcome, let after = outcome.after
    else { return }
    var base = after
    var wanted = after
    let result = merge.result
    for key in outcome.reasons.keys {
      // What the review has shown is what the edit starts from. Anything newer is somebody's, and will be asked about.
      if after[key] != merge.now[key] { base[key] = item.subject.base[key] }
      wanted[key] = result[key]
    }
    subjects[0].base = base
    refusals = outcome.reasons.isEmpty ? nil : outcome.reasons
    let isAll = history.replacesAll && refusals != nil
    history = isAll ? EditHistory([.replace(with: wanted)]) : .changing(base, to: wanted)
    typing = nil
  }

  /// How many keys would be different, for the list of drafts.
  package var changeCount: Int { changes ?? EditSession(subjects, history: history).changeCount }

  package var title: String {
    subjects.count == 1 ? subjects[0].name : "\(subjects.count) images"
  }
}
