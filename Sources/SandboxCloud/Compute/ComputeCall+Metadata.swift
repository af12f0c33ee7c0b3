import NovaClient

/// The six metadata operations.
extension ComputeCall {
  func metadata(_ images: inout ImageStore) throws(Answer) -> Answer {
    switch operation {
    case .metadata(let id):
      return .json(200, "{\"metadata\": \(try shown(try readable(id, images).properties))}")
    case .item(let id, let key):
      guard let value = try readable(id, images).properties[key],
        let shown = ImageJSON.shown(.init(key: key, value: value))
      else { throw .resourceNotFound }
      return .json(200, "{\"meta\": {\(PythonText.quoted(key)): \(shown)}}")
    case .merge(let id):
      let items = try MetadataBody.items(body)
      let held = try write(id, &images) { properties in
        for (key, value) in items.sorted(by: { $0.key < $1.key }) { properties[key] = value }
      }
      return .json(200, "{\"metadata\": \(try shown(held))}")
    case .replace(let id):
      let items = try MetadataBody.items(body)
      _ = try write(id, &images) { properties in
        properties = [:]
        for (key, value) in items.sorted(by: { $0.key < $1.key }) { properties[key] = value }
      }
      // The answer repeats the request, whatever was stored (observed).
      return .json(200, "{\"metadata\": \(Self.echo(items))}")
    case .setItem(let id, let key):
      let item = try MetadataBody.item(body)
      guard let value = item[key] else { throw .badRequest("Request body and URI mismatch") }
      _ = try write(id, &images) { $0[key] = value }
      return .json(200, "{\"meta\": \(Self.echo(item))}")
    case .deleteItem(let id, let key):
      guard try readable(id, images).properties[key] != nil else { throw .notFound("Invalid metadata key") }
      _ = try write(id, &images) { $0[key] = nil }
      return .noContent
    case .list, .details, .show, .delete:
      preconditionFailure("Operations on whole images are not metadata operations.")
    }
  }

  /// Reads, changes and replaces the properties, as the service does for each write; gives what is held then.
  private func write(
    _ id: String, _ images: inout ImageStore, _ change: (inout ImageProperties) -> Void
  ) throws(Answer) -> ImageProperties {
    let image = try readable(id, images)
    var wanted = image.properties
    change(&wanted)
    let write = MetadataChange(image, to: wanted)
    var result = try write.result(mayWrite: viewer.mayWrite(image))
    if losesWrite { return wanted }
    if result != image {
      result.updated = now
      images.update(id) { $0 = result }
    }
    // Stored all the same, and unreadable from now on (observed).
    guard ImageJSON.metadata(result.properties) != nil else { throw Self.unreadable }
    if write.failsOnLocation { throw .unexpected("glanceclient.exc.HTTPConflict") }
    return result.properties
  }

  private func readable(_ id: String, _ images: ImageStore) throws(Answer) -> ImageRecord {
    if viewer.isRefusedBehindCompute { throw .forbidden("Not authorized for image \(id).") }
    let image = try image(id, images)
    guard ImageJSON.metadata(image.properties) != nil else { throw Self.unreadable }
    return image
  }

  private func shown(_ properties: ImageProperties) throws(Answer) -> String {
    guard let text = ImageJSON.metadata(properties) else { throw Self.unreadable }
    return text
  }

  private static func echo(_ items: [String: String]) -> String {
    PythonText.json(.object(items.mapValues(JSONValue.string)))
  }
}
