/// Who may see an image. The compute service does not show it, and changes it behind one's back: see
/// `isLostByWriting`.
public enum ImageVisibility: Hashable, Sendable {
  /// Its project only.
  case `private`
  /// Its project, and the projects that it is shared with.
  case shared
  /// Everybody who knows its id.
  case community
  /// Everybody.
  case `public`
  /// A word that nobody knows yet, as it came.
  case other(String)

  /// A visibility by the image service's word.
  public init(_ text: String) {
    self =
      switch text {
      case "private": .private
      case "shared": .shared
      case "community": .community
      case "public": .public
      default: .other(text)
      }
  }

  /// Whether any write of metadata through the compute service makes the image private, so that others lose it
  /// (observed); false also for a word that nobody knows.
  public var isLostByWriting: Bool { self == .shared || self == .community }
}

extension CloudSession {
  /// Reads who may see an image, from the image service: `GET /v2/images/{id}`, and nothing else is ever asked there.
  ///
  /// - Returns: nil where the catalogue names no image service for this region and interface (or only one to which
  ///   the token would go in the clear), and where the image is not found there.
  /// - Throws: `NovaError`, as `send` does, and for every answer but a good one.
  public func visibility(of id: Image.ID) async throws -> ImageVisibility? {
    struct Body: Decodable { var visibility: String }
    struct NoImageService: Error {}
    let response: HTTPResponse
    do {
      response = try await send { connection in
        guard let service = connection.imageService else { throw NoImageService() }
        return connection.request(ServiceCall(.get, ["images", id.rawValue]), to: service)
      }
    } catch is NoImageService {
      return nil
    }
    if response.status == 404 { return nil }
    guard (200...299).contains(response.status) else { throw NovaError(response) }
    return ImageVisibility(try JSONReading.decode(Body.self, from: response).visibility)
  }
}
