package import NovaClient

// Waiting for an image: whoever follows it is told when it is ready, has failed, or is gone.
extension Browser {
  /// Follows the marked images, or the one under the cursor; those that are all followed already are let go.
  func toggleFollowing() {
    if rangeStart != nil { toggleRange() }
    guard !marks.isEmpty else {
      if let image = living() { toggleFollowing([image]) }
      return
    }
    slots.run(.follow) { [self] in
      let images = await feed.catalogue.images(marks)
      try Task.checkCancellation()
      toggleFollowing(images)
    } failed: { _ in
    }
  }

  private func toggleFollowing(_ images: [Image]) {
    guard let first = images.first else { return }
    let names = images.count == 1 ? first.displayName : "\(images.count) images"
    if images.allSatisfy({ followed[$0.id] != nil }) {
      for image in images { followed[image.id] = nil }
      say(.information, "No longer waiting for \(names).")
      return
    }
    for image in images { followed[image.id] = image }
    let isReady = images.allSatisfy { $0.status == .active }
    say(
      .information,
      isReady
        ? "Following \(names), which \(images.count == 1 ? "is" : "are") ACTIVE: the bell rings when that changes."
        : "Waiting for \(names): the bell rings at ACTIVE, ERROR, or when it is gone.")
    feed.reconsiderPace()
  }

  /// Tells the person when an image has arrived that is being waited for.
  func tell(_ change: Change) {
    guard followed[change.image] != nil, let outcome = change.outcome else { return }
    followed[change.image] = nil
    let arrival = Arrival(name: change.name, outcome: outcome)
    arrivals.append(arrival)
    carryOut(.notify(arrival.text))
  }

  /// The end of waiting for an image.
  package struct Arrival: Hashable, Sendable {
    package let name: String
    package let outcome: Change.Outcome

    package var text: String { "\(name) is \(outcome.word)" }
  }

  package func isFollowed(_ id: Image.ID) -> Bool { followed[id] != nil }
}
