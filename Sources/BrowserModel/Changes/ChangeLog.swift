package import Foundation
package import NovaClient

/// What has happened since the program began, a line for each thing that changed; the last 10,000 lines are kept.
package struct ChangeLog: Sendable {
  /// One line of it.
  package struct Line: Hashable, Sendable {
    /// Counted from 0 since the program began; a line keeps its number.
    package let number: Int
    package let time: Date
    fileprivate let subject: Subject
    package let words: String
    // Of what happened no more than the words: with all its values ten thousand lines would be megabytes more.
    package let sign: Highlights.Sign
    /// Whether it is about an image that has failed.
    package let isFailure: Bool

    package var image: Image.ID { subject.image }
    package var name: String { subject.name }

    /// Whether it contains a text, which is in lower case.
    func contains(_ text: String) -> Bool {
      text.isEmpty || name.lowercased().contains(text) || words.lowercased().contains(text)
        || image.rawValue.contains(text)
    }
  }

  /// What lines are about. Those about the same image share it: a copy each would be a megabyte for all.
  fileprivate final class Subject: Hashable, Sendable {
    let image: Image.ID
    let name: String

    init(_ change: Change) {
      image = change.image
      name = change.name
    }

    static func == (one: Subject, other: Subject) -> Bool {
      one.image == other.image && one.name == other.name
    }

    func hash(into hasher: inout Hasher) { hasher.combine(image) }
  }

  /// How many lines are kept.
  package static let limit = 10_000

  private var kept: [Line] = []
  private var next = 0
  private var subjects: [Image.ID: Subject] = [:]

  package init() {}

  /// Oldest first.
  package var lines: ArraySlice<Line> { kept.suffix(Self.limit) }

  /// The last change, if there was one.
  package private(set) var last: Change?

  package mutating func append(_ change: Change) {
    let subject = subject(of: change)
    for words in change.lines {
      kept.append(
        Line(
          number: next, time: change.time, subject: subject, words: words, sign: change.sign,
          isFailure: change.outcome == .error))
      next += 1
    }
    last = change
    // Seldom, since each time all lines move.
    if kept.count > Self.limit + 1000 {
      kept.removeFirst(kept.count - Self.limit)
      let images = Set(kept.map(\.image))
      subjects = subjects.filter { images.contains($0.key) }
    }
  }

  private mutating func subject(of change: Change) -> Subject {
    if let known = subjects[change.image], known.name == change.name { return known }
    let new = Subject(change)
    subjects[change.image] = new
    return new
  }

  /// The line with a number, if it is still kept.
  package func line(_ number: Int) -> Line? {
    guard let first = kept.first, number >= first.number, number < next else { return nil }
    return kept[number - first.number]
  }

  /// The numbers of the lines that contain a text, newest first.
  func matches(_ text: String) -> [Int] {
    let text = text.lowercased()
    return lines.reversed().filter { $0.contains(text) }.map(\.number)
  }
}
