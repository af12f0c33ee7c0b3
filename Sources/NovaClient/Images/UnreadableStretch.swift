/// The way past an image that makes every page that holds it a 500 (observed: `mappings` that are no JSON, see
/// `MetadataRules`).
///
/// Its id is unknown, since nothing lists it, so it cannot serve as a marker. But a marker need not match the
/// filters (observed): the same place in the list is asked for with each of a number of filters, and those that
/// leave the image out answer with the next image behind it. The newest of these is nearest.
struct UnreadableStretch {
  let client: ImagesClient
  let query: ImageQuery
  let marker: Image.ID?
  let fault: NovaError

  /// A page with the nearest image behind the unreadable one, which it reports; it is empty when nothing was found
  /// there, which is the end of the list as far as it can be read.
  /// - Throws: the fault itself when every question meets it: no image matches all filters, so it is the service
  ///   that is in trouble.
  func pageBehind() async throws -> ImagePage<Image> {
    var nearest: Image?
    var isAnswered = false
    for question in questions {
      do {
        let found = try await client.listDetailed(question).images.first
        isAnswered = true
        if let found, nearest == nil || isBefore(found, nearest) { nearest = found }
      } catch let error as NovaError where error.kind == .serverError {
        continue
      }
    }
    guard isAnswered else { throw fault }
    return ImagePage(
      images: nearest.map { [$0] } ?? [], unreadable: [UnreadableImage(reason: fault.message)],
      lastID: nearest?.id)
  }

  /// The list is newest first.
  private func isBefore(_ image: Image, _ other: Image?) -> Bool {
    guard let created = image.created, let otherCreated = other?.created else { return false }
    return created > otherCreated
  }

  /// The one place, narrowed in ways that an image usually matches one of and the unreadable one not all of.
  private var questions: [ImageQuery] {
    var base = query
    base.marker = marker
    base.limit = 1
    func with(_ change: (inout ImageQuery) -> Void) -> ImageQuery {
      var copy = base
      change(&copy)
      return copy
    }
    let types = ["snapshot", "backup"].filter { _ in query.type == nil }
    let statuses = ["in:queued,saving", "in:deactivated,importing,uploading", "active"]
      .filter { _ in query.status == nil }
    let disks = [0, 1, 2, 3, 4, 5, 8, 10, 15, 16, 20, 25, 30, 32, 40, 50, 64, 80, 100]
      .filter { _ in query.minDisk == nil }
    let memories = [0, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16_384].filter { _ in query.minRAM == nil }
    return types.map { type in with { $0.type = type } }
      + statuses.map { status in with { $0.status = status } }
      + disks.map { disk in with { $0.minDisk = disk } }
      + memories.map { memory in with { $0.minRAM = memory } }
  }
}
