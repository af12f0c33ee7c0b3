import NovaClient

extension CloudUnderTest {
  /// Has a body change the metadata of an image, and puts back afterwards what it held.
  /// - Parameter items: what it holds when the body begins.
  nonisolated(nonsending) func editing(
    _ number: Int, from items: [String: String] = ["orig": "x"],
    _ body: (ImagesClient, Image.ID) async throws -> Void
  ) async throws {
    let client = try client()
    let image = try await image(number)
    let held = image.metadata.compactMapValues(\.string)
    try await put(items, on: image.id)
    do {
      try await body(client, image.id)
    } catch {
      try await put(held, on: image.id)
      throw error
    }
    try await put(held, on: image.id)
  }

  private func put(_ items: [String: String], on id: Image.ID) async throws {
    let client = try client()
    // At once it would be a 500, should a key go and a new one come with its value.
    _ = try await client.replaceMetadata([:], of: id)
    _ = try await client.replaceMetadata(items, of: id)
  }
}

extension NovaError {
  /// The message of a 500, which names the exception that nobody caught.
  static func crash(_ pythonClass: String) -> String {
    "Unexpected API Error. Please contact the administrator <class '\(pythonClass)'>"
  }
}
