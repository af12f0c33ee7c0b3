public import Foundation

/// A list, page by page, newest images first, whatever the service does at its pages' ends.
///
/// - A page is asked for from the last id of the page before (`marker`); links are never followed, so nothing can
///   lead to another origin.
/// - The list ends with an empty page, or with a short one that has no link to a next.
/// - It ends, too, when a page repeats: a service that ignores `marker` would go on for ever.
/// - When the marker has been deleted meanwhile (400), the list starts again; whoever collects merges by id.
/// - When a page cannot be read because of one image in it (500), smaller pages are asked for around it.
public struct ImagePages: AsyncSequence, Sendable {
  /// What a page holds.
  public typealias Element = ImagePage<Image>

  /// The most images that one page is asked for: above, real services leave out the link to the rest (observed).
  public static let largestLimit = 1000

  private let client: ImagesClient
  private let query: ImageQuery
  private let firstLimit: Int

  /// A walk over all pages of a query.
  ///
  /// - Parameters:
  ///   - query: the filters; its `marker` says where to begin and its `limit` how long pages are (1 to 1,000).
  ///   - firstLimit: how long the first page is, where that should be shorter, so that it comes soon.
  public init(_ client: ImagesClient, _ query: ImageQuery = ImageQuery(), firstLimit: Int? = nil) {
    self.client = client
    self.query = query
    self.firstLimit = firstLimit ?? query.limit ?? Self.largestLimit
  }

  /// A new walk from the start.
  public func makeAsyncIterator() -> Iterator {
    Iterator(client: client, query: query, firstLimit: firstLimit)
  }

  /// Where a walk stands. When `next` throws, the walk stands where it stood: asking again goes on from there.
  public struct Iterator: AsyncIteratorProtocol, Sendable {
    private let client: ImagesClient
    private let query: ImageQuery
    private var limit: Int
    private let fullLimit: Int
    private var marker: Image.ID?
    /// What each page began with: one that begins like another is it again.
    private var firsts: Set<Image.ID> = []
    private var restarts = 0
    /// Whether an unreadable image is known to lie within the next `2 * limit` images.
    private var isClosingIn = false
    private var isAtEnd = false
    /// The service's clock at the last answer, an empty one included.
    public private(set) var date: Date?

    fileprivate init(client: ImagesClient, query: ImageQuery, firstLimit: Int) {
      self.client = client
      self.query = query
      fullLimit = Self.clamp(query.limit ?? ImagePages.largestLimit)
      limit = Self.clamp(firstLimit)
      marker = query.marker
    }

    private static func clamp(_ limit: Int) -> Int { Swift.min(Swift.max(limit, 1), ImagePages.largestLimit) }

    /// The next page, or nil after the last.
    /// - Throws: what `ImagesClient.listDetailed` throws.
    public mutating func next() async throws -> ImagePage<Image>? {
      while !isAtEnd {
        do {
          var query = query
          query.limit = limit
          query.marker = marker
          let page = try await client.listDetailed(query)
          date = page.date ?? date
          return accept(page)
        } catch let error as NovaError {
          if let page = try await goOn(after: error) { return page }
        }
      }
      return nil
    }

    private mutating func accept(_ page: ImagePage<Image>) -> ImagePage<Image>? {
      let count = page.images.count + page.unreadable.count
      let ids = page.images.map(\.id) + page.unreadable.compactMap(\.id)
      let repeats =
        marker.map(ids.contains) ?? false || (ids.first.map(firsts.contains) ?? false)
      guard count > 0, !repeats else {
        isAtEnd = true
        return nil
      }
      guard let last = page.lastID else {
        // Nothing says where to go on, but that there is something is told.
        isAtEnd = true
        return page
      }
      isAtEnd = count < limit && !page.hasNextLink
      marker = last
      if let first = ids.first { firsts.insert(first) }
      isClosingIn = isClosingIn && limit > 1
      limit = isClosingIn ? Swift.max(limit / 2, 1) : fullLimit
      return page
    }

    /// Deals with an error that need not end the walk; gives a page where that took one.
    private mutating func goOn(after error: NovaError) async throws -> ImagePage<Image>? {
      if error.isVanishedMarker, marker != query.marker, restarts < 3 {
        restarts += 1
        marker = query.marker
        firsts = []
        return nil
      }
      guard error.kind == .serverError else { throw error }
      if limit > 1 {
        isClosingIn = true
        limit /= 2
        return nil
      }
      // One image, and it is that one: step over it.
      let stretch = UnreadableStretch(client: client, query: query, marker: marker, fault: error)
      let page = try await stretch.pageBehind()
      isAtEnd = page.images.isEmpty
      marker = page.images.last?.id ?? marker
      if let first = page.images.first { firsts.insert(first.id) }
      isClosingIn = false
      limit = fullLimit
      return page
    }
  }
}

extension NovaError {
  /// Whether the marker of a page was deleted meanwhile (observed: 400 `No image found with ID …`).
  package var isVanishedMarker: Bool { kind == .badRequest && message.contains("No image found with ID") }
}
