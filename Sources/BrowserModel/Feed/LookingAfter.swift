import NovaClient

// Finding out whether images are still there.
extension Feed {
  /// At most one question by names and a few single reads; more only for those who are missing from the answer.
  func lookAfter(_ watched: Watched) async throws {
    let plan = presence.plan(watched, saving: await catalogue.imagesBeingSaved())
    var alone = plan.singles
    var missing: [Image] = []
    if !plan.names.isEmpty {
      do {
        let listed = try await client.list(plan.names.query)
        try Task.checkCancellation()
        missing = presence.missing(from: listed.images, of: plan.names)
        alone += missing
      } catch let error as NovaError where error.isAboutQuestion {
        presence.namesRefused()
      }
    }
    guard !alone.isEmpty else { return }
    let found = try await readAlone(alone.map(\.id))
    for image in found {
      if let asked = missing.first(where: { $0.id == image.id }) { presence.isThere(image, asked: asked) }
    }
  }

  /// Reads images again because the person wants to know now.
  func readAgain(_ ids: [Image.ID]) async throws {
    try await readAlone(ids, isPatient: false)
  }

  /// Reads images one by one, four at a time; those that the service does not know are gone.
  ///
  /// - Parameter isPatient: whether an image that the service cannot show is passed over.
  /// - Returns: those that are there.
  /// - Throws: the first thing that went wrong with the service, when the rest has been taken in.
  @discardableResult func readAlone(_ ids: [Image.ID], isPatient: Bool = true) async throws -> [Image] {
    var found: [Image] = []
    var gone: Set<Image.ID> = []
    var trouble: (any Error)?
    let client = client
    let ticket = ticket()
    try await fewAtATime(ids) { id in
      await Result { try await client.image(id) }
    } done: { id, result in
      switch result {
      case .success(let image): found.append(image)
      case .failure(let error as NovaError) where error.kind == .notFound: gone.insert(id)
      case .failure(let error as NovaError) where isPatient && error.isAboutQuestion: break
      case .failure(let error): trouble = trouble ?? error
      }
    }
    await take(Readings(found, ticket: ticket))
    // Whatever was asked for before this answer may still show them.
    await takeOut(gone, ticket: self.ticket())
    if let trouble { throw trouble }
    return found
  }
}

extension NovaError {
  /// Whether it is the question that cannot be answered, rather than the service that cannot answer: one image can
  /// make every answer that it is in a failure (observed).
  fileprivate var isAboutQuestion: Bool { [.badRequest, .serverError, .forbidden].contains(kind) }
}
