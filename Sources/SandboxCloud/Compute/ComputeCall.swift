import Foundation
import NovaClient

/// One authorised call of the images API, from checked headers to an answer.
struct ComputeCall {
  var operation: ImageOperation
  var viewer: Viewer
  var target: RequestTarget
  var body: Data
  var addresses: ImageJSON.Addresses
  /// Whether failed images are listed.
  var listsFailed: Bool
  /// Whether a write is to be forgotten, as the service forgets one when two meet.
  var losesWrite: Bool
  var now: Date

  /// Carries the operation out.
  /// - Throws: the refusal.
  func perform(on images: inout ImageStore) throws(Answer) -> Answer {
    if viewer.isUnscoped { throw .unexpected("keystoneauth1.exceptions.catalog.EmptyCatalog") }
    switch operation {
    case .list: return try list(&images, withDetails: false)
    case .details: return try list(&images, withDetails: true)
    case .show(let id):
      if viewer.isRefusedBehindCompute { throw .unexpected("nova.exception.ImageNotAuthorized") }
      let image = try image(id, images)
      guard let detail = images.detail(of: image) else { throw Self.unreadable }
      return .json(200, "{\"image\": \(ImageJSON.image(id, detail, addresses))}")
    case .delete(let id):
      return try delete(id, &images)
    case .metadata, .merge, .replace, .item, .setItem, .deleteItem:
      return try metadata(&images)
    }
  }

  private func list(_ images: inout ImageStore, withDetails: Bool) throws(Answer) -> Answer {
    let query = try ImageQuery(target.parameters)
    if viewer.isRefusedBehindCompute {
      throw .forbidden(
        "HTTP 401 Unauthorized: This server could not verify that you are authorized to access the document you "
          + "requested. Either you supplied the wrong credentials (e.g., bad password), or your browser does not "
          + "understand how to supply the credentials required.")
    }
    let page = try page(query, images)
    var items: [String] = []
    for image in page {
      guard let detail = images.detail(of: image) else { throw Self.unreadable }
      items.append(
        withDetails
          ? ImageJSON.image(image.id, detail, addresses) : ImageJSON.reference(image, addresses))
    }
    var text = "{\"images\": [" + items.joined(separator: ", ") + "]"
    // Above the largest linked page the limit is obeyed but compared with that page: no link (observed).
    if let last = page.last, page.count == min(query.limit ?? .max, ImageQuery.largestLinkedPage) {
      let path = withDetails ? "images/detail" : "images"
      let href = "\(addresses.endpoint)/\(path)?\(query.next(after: last.id))"
      text += ", \"images_links\": [{\"rel\": \"next\", \"href\": \(PythonText.quoted(href))}]"
    }
    return .json(200, text + "}")
  }

  private func page(_ query: ImageQuery, _ images: ImageStore) throws(Answer) -> [ImageRecord] {
    let limit = query.limit ?? .max
    var page: [ImageRecord] = []
    guard let marker = query.marker else {
      for image in images.newestFirst where isListed(image) && query.matches(image) {
        page.append(image)
        if page.count == limit { break }
      }
      return page
    }
    guard let start = images[marker], let older = images.newestFirst(after: marker) else {
      throw .badRequest("HTTP 400 Bad Request: No image found with ID \(marker)")
    }
    guard viewer.sees(start) else {
      throw .forbidden("HTTP 403 Forbidden: Forbidding request, image \(marker) not visible")
    }
    for image in older where isListed(image) && query.matches(image) {
      page.append(image)
      if page.count == limit { break }
    }
    return page
  }

  private func isListed(_ image: ImageRecord) -> Bool {
    viewer.finds(image) && (image.status != .killed || listsFailed)
  }

  /// Deletes an image; the answer is the same for a protected one and for somebody else's (observed).
  private func delete(_ id: String, _ images: inout ImageStore) throws(Answer) -> Answer {
    let image = try image(id, images)
    guard viewer.mayWrite(image), !image.isProtected, !viewer.isRefusedBehindCompute else {
      throw .forbidden("You are not allowed to delete the image.")
    }
    if !losesWrite { images.remove(id) }
    return .noContent
  }

  func image(_ id: String, _ images: ImageStore) throws(Answer) -> ImageRecord {
    guard let image = images[id], viewer.sees(image) else { throw .imageNotFound }
    return image
  }

  static let unreadable = Answer.unexpected("json.decoder.JSONDecodeError")
}
