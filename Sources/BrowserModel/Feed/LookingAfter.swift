import NovaClient

// Finding out whether images are still there.
extension Feed {
  /// At most one question by names and a few single reads; more only for those who are missing from the answer, and
  /// when the person wants to know about all rows now.
  func lookAfter(_ watched: Watched, _ client: ImagesClient) async throws {
    let isWhole = wantsWholeScreen
    let plan = presence.plan(
      watched, saving: await catalogue.imagesBeingSaved(), now: time.now, wholeScreen: isWhole)
    var missing: [Image] = []
    for question in plan.names { missing += try await ask(question, client) }
    let alone = plan.singles + missing
    if !alone.isEmpty {
      let found = try await readAlone(alone.map(\.id), client)
      for image in found {
        if let asked = missing.first(where: { $0.id == image.id }) { presence.isThere(image, asked: asked) }
      }
    }
    if isWhole { wantsWholeScreen = false }
  }

  /// - Returns: who has to be read alone to know more.
  private func ask(_ question: NamesQuestion, _ client: ImagesClient) async throws -> [Image] {
    let marker = question.isStretch ? await catalogue.image(before: question.images[0]) : nil
    do {
      let listed = try await client.list(question.query(behind: marker?.id))
      try Task.checkCancellation()
      return presence.missing(from: listed.images, of: question)
    } catch let error as NovaError where error.isAboutQuestion {
      // Nothing is listed behind an image that has gone.
      if let marker { return [marker] }
      presence.namesRefused()
      return []
    }
  }

  /// Reads images one by one, four at a time; those that the service does not know are gone. After the first trouble
  /// nobody else is asked for.
  ///
  /// - Parameter isPatient: whether an image that the service cannot show is passed over.
  /// - Returns: those that are there.
  /// - Throws: the trouble, when the rest has been taken in.
  @discardableResult func readAlone(
    _ ids: [Image.ID], _ client: ImagesClient? = nil, isPatient: Bool = true
  ) async throws -> [Image] {
    var seen = try await look(at: ids, client ?? self.client, isPatient: isPatient)
    if seen.gone.count > Self.believable, seen.trouble == nil {
      seen = seen.confirmed(
        by: try await look(at: Array(seen.gone), client ?? self.client, isPatient: isPatient))
    }
    // Whatever was asked for before this answer may still show them.
    let ticket = ticket()
    await take(Readings(seen.found, ticket: seen.ticket))
    await takeOut(seen.gone, ticket: ticket)
    if let trouble = seen.trouble { throw trouble }
    return seen.found
  }

  /// When more than so many are gone at once, it may be the service that has lost its sight; they are read once more.
  static let believable = 4

  /// What reading images one by one has shown.
  struct Seen {
    var ticket: Int
    var found: [Image] = []
    var gone: Set<Image.ID> = []
    /// The first thing that went wrong with the service.
    var trouble: (any Error)?

    /// Gone are those that are so both times.
    func confirmed(by second: Seen) -> Seen {
      Seen(
        ticket: second.ticket, found: found + second.found, gone: gone.intersection(second.gone),
        trouble: second.trouble)
    }
  }

  func look(at ids: [Image.ID], _ client: ImagesClient, isPatient: Bool = true) async throws -> Seen {
    var seen = Seen(ticket: ticket())
    try await fewAtATime(ids) {
      seen.trouble == nil
    } work: { id in
      await Result { try await client.image(id) }
    } done: { id, result in
      switch result {
      case .success(let image): seen.found.append(image)
      case .failure(let error as NovaError) where error.saysGone: seen.gone.insert(id)
      case .failure(let error as NovaError) where isPatient && error.isAboutQuestion: break
      case .failure(let error): seen.trouble = seen.trouble ?? error
      }
    }
    return seen
  }
}

extension NovaError {
  /// Whether it is the question that cannot be answered, rather than the service that cannot answer: one image can
  /// make every answer that it is in a failure (observed).
  fileprivate var isAboutQuestion: Bool { [.badRequest, .serverError, .forbidden].contains(kind) }

  /// Whether the service itself says that it does not know the image; a proxy that does not know the way says 404 too.
  fileprivate var saysGone: Bool { kind == .notFound && fault == "itemNotFound" }
}
