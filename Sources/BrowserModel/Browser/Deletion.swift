package import NovaClient

/// Deleting one image or several, from the question to the results. It is about the images that it was opened for,
/// whatever happens to cursor, marks and rows meanwhile.
package struct Deletion: Hashable, Sendable {
  /// An image as it was when the question was asked.
  package struct Target: Hashable, Sendable {
    package let id: Image.ID
    package let name: String
    /// Bytes.
    package let size: Int?
  }

  package enum Phase: Hashable, Sendable {
    case asking
    case running
    /// No more are started; those under way are finished.
    case stopping
    case finished
  }

  package struct Failure: Hashable, Sendable {
    package let target: Target
    package let notice: Notice
  }

  package let targets: [Target]
  /// How many of them the list does not show, for example because of the filter.
  package let hidden: Int
  /// Whether it is about what is marked, and not about what the cursor is on.
  package let isAboutMarks: Bool
  package internal(set) var phase = Phase.asking
  /// What has been done, in whatever order the answers came.
  package internal(set) var deleted: [Target] = []
  package internal(set) var failures: [Failure] = []
  /// How far the results are scrolled.
  package internal(set) var scroll = Scroll()

  init(_ images: [Image], hidden: Int, isAboutMarks: Bool) {
    self.hidden = hidden
    self.isAboutMarks = isAboutMarks
    targets = images.map { Target(id: $0.id, name: $0.displayName, size: $0.size) }
  }

  init(again failures: [Failure]) {
    hidden = 0
    isAboutMarks = false
    targets = failures.map(\.target)
  }

  /// Those that somebody else had deleted before.
  package internal(set) var gone: [Target] = []

  /// Those that nothing was sent for, because somebody stopped it.
  package var kept: [Target] {
    let done = Set((deleted + gone + failures.map(\.target)).map(\.id))
    return targets.filter { !done.contains($0.id) }
  }

  /// How many have been dealt with.
  package var done: Int { deleted.count + gone.count + failures.count }
}

extension Image {
  /// The name, or what stands for it where there is none.
  package var displayName: String {
    guard let name, !name.isEmpty else { return "(no name) \(id)" }
    return name
  }
}
