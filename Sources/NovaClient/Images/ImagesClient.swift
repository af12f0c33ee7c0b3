import Foundation

/// The ten operations of the images API, one function each.
///
/// Every function asks once and says what went wrong as a `NovaError`; signing in, and signing in again, is the
/// matter of the `ComputeService` below. Cancelling the task ends the request.
public struct ImagesClient: Sendable {
  /// Where the calls go.
  public let service: any ComputeService

  /// A client over a signed-in session, or over anything that answers like one.
  public init(_ service: any ComputeService) {
    self.service = service
  }

  // The functions below throw `NovaError` for every answer but a good one, and `CancellationError`.

  /// Lists ids and names: `GET /images`. It costs the service almost as much as the list with details (observed).
  public func list(_ query: ImageQuery = ImageQuery()) async throws -> ImagePage<ImageName> {
    try await page(ServiceCall(.get, ["images"], query: query.items))
  }

  /// Lists whole images: `GET /images/detail`. Without a limit the service sends everything in one answer.
  public func listDetailed(_ query: ImageQuery = ImageQuery()) async throws -> ImagePage<Image> {
    try await page(ServiceCall(.get, ["images", "detail"], query: query.items))
  }

  /// Reads one image: `GET /images/{id}`. A failed image, which no list shows, is found here.
  public func image(_ id: Image.ID) async throws -> Image {
    struct Body: Decodable { var image: Image }
    return try await read(Body.self, ServiceCall(.get, ["images", id.rawValue])).image
  }

  /// Reads one image as the service wrote it, for people who want to see just that.
  public func imageJSON(_ id: Image.ID) async throws -> JSONValue {
    struct Body: Decodable { var image: JSONValue }
    return try await read(Body.self, ServiceCall(.get, ["images", id.rawValue])).image
  }

  /// Deletes an image: `DELETE /images/{id}`. A protected image is `.forbidden`, as is another project's.
  public func delete(_ id: Image.ID) async throws {
    try await send(ServiceCall(.delete, ["images", id.rawValue]))
  }

  /// Reads an image's metadata: `GET /images/{id}/metadata`.
  public func metadata(of id: Image.ID) async throws -> [String: JSONValue] {
    try await read(MetadataBody.self, ServiceCall(.get, ["images", id.rawValue, "metadata"])).metadata
  }

  /// Adds and changes items and leaves the others: `POST /images/{id}/metadata`.
  ///
  /// - Returns: all metadata that the image has afterwards.
  public func mergeMetadata(
    _ items: [String: String], into id: Image.ID
  ) async throws -> [String: JSONValue] {
    let call = ServiceCall(.post, ["images", id.rawValue, "metadata"], body: Self.body(items))
    return try await read(MetadataBody.self, call).metadata
  }

  /// Replaces all metadata: `PUT /images/{id}/metadata`. A real service fails (500) when a key goes and a new key
  /// comes with the same value, and stores nothing then (observed).
  ///
  /// - Returns: what was sent, whatever was stored (observed); read it again to know.
  public func replaceMetadata(
    _ items: [String: String], of id: Image.ID
  ) async throws -> [String: JSONValue] {
    let call = ServiceCall(.put, ["images", id.rawValue, "metadata"], body: Self.body(items))
    return try await read(MetadataBody.self, call).metadata
  }

  /// Reads one item: `GET /images/{id}/metadata/{key}`.
  public func metadataItem(_ key: String, of id: Image.ID) async throws -> JSONValue {
    let call = ServiceCall(.get, ["images", id.rawValue, "metadata", key])
    return try await item(key, in: call)
  }

  /// Sets one item and leaves the others: `PUT /images/{id}/metadata/{key}`.
  ///
  /// - Returns: what was sent, whatever was stored (observed); read it again to know.
  public func setMetadataItem(_ key: String, to value: String, of id: Image.ID) async throws -> JSONValue {
    let body: JSONValue = ["meta": .object([key: .string(value)])]
    return try await item(key, in: ServiceCall(.put, ["images", id.rawValue, "metadata", key], body: body))
  }

  /// Deletes one item: `DELETE /images/{id}/metadata/{key}`.
  public func deleteMetadataItem(_ key: String, of id: Image.ID) async throws {
    try await send(ServiceCall(.delete, ["images", id.rawValue, "metadata", key]))
  }

  private struct MetadataBody: Decodable {
    var metadata: [String: JSONValue]

    private enum Field: String, CodingKey { case metadata }

    init(from decoder: any Decoder) throws {
      metadata = try decoder.container(keyedBy: Field.self).decode(
        [String: JSONValue].self, forKey: .metadata)
      try TextLimit.check(metadata)
    }
  }

  private static func body(_ items: [String: String]) -> JSONValue {
    ["metadata": .object(items.mapValues { .string($0) })]
  }

  private func item(_ key: String, in call: ServiceCall) async throws -> JSONValue {
    struct Body: Decodable { var meta: [String: JSONValue] }
    guard let value = try await read(Body.self, call).meta[key] else {
      throw NovaError(.malformedAnswer, "the answer lacks the item \"\(key)\"")
    }
    return value
  }

  private func page<Element: Decodable & Hashable & Sendable & Identifiable>(
    _ call: ServiceCall
  ) async throws -> ImagePage<Element> where Element.ID == Image.ID {
    let response = try await send(call)
    var body = try JSONReading.decode(ImagePageBody<Element>.self, from: response)
    if body.images.contains(where: { $0.unreadable != nil }),
      let repaired = JSONReading.decodeRepaired(ImagePageBody<Element>.self, from: response)
    {
      // An image that is kept with its reason does not make the reading of its page fail.
      body = repaired
    }
    return ImagePage(
      images: body.images.compactMap(\.value), unreadable: body.images.compactMap(\.unreadable),
      lastID: body.images.compactMap { $0.value?.id ?? $0.unreadable?.id }.last,
      hasNextLink: body.links?.contains { $0.rel == "next" } ?? false, date: response.date)
  }

  private func read<Body: Decodable>(_ type: Body.Type, _ call: ServiceCall) async throws -> Body {
    try JSONReading.decode(type, from: await send(call))
  }

  @discardableResult private func send(_ call: ServiceCall) async throws -> HTTPResponse {
    let response = try await service.send(call)
    guard (200...299).contains(response.status) else { throw NovaError(response) }
    return response
  }
}
