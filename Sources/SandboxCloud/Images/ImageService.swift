import Foundation
import NovaClient

/// The image service, as far as the compute API hides things that people must know: one image with its visibility,
/// owner and protection. It is only read.
enum ImageService {
  /// Answers `GET /v2/images/{id}`; `parts` is the path behind `/image`.
  static func answer(
    _ request: HTTPRequest, _ parts: [String], token: Token?, images: ImageStore, challenge: String
  ) -> HTTPResponse {
    guard let token, !token.isRefusedBehindCompute else {
      return HTTPResponse(
        .html(
          401, "Unauthorized",
          "This server could not verify that you are authorized to access the document you requested."),
        headers: ["WWW-Authenticate": challenge])
    }
    guard request.method == .get, parts.count == 3, parts[0] == "v2", parts[1] == "images" else {
      return HTTPResponse(.html(404, "Not Found", "The resource could not be found."))
    }
    guard let image = images[parts[2]], Viewer(token).sees(image) else {
      return HTTPResponse(.html(404, "Not Found", "No image found with ID \(parts[2])"))
    }
    return HTTPResponse(.json(200, json(image)))
  }

  /// Properties and fields side by side, as the service shows them.
  private static func json(_ image: ImageRecord) -> String {
    var members: [String: JSONValue] = [:]
    for entry in image.properties.entries { members[entry.key] = .string(entry.value) }
    let path = "/v2/images/\(image.id)"
    let fields: [String: JSONValue] = [
      "id": .string(image.id), "name": image.name.map(JSONValue.string) ?? .null,
      "status": .string(image.status.rawValue), "visibility": .string(image.visibility.rawValue),
      "owner": .string(image.owner), "protected": .bool(image.isProtected),
      "min_disk": .integer(image.minDisk), "min_ram": .integer(image.minRAM),
      "size": image.size.map(JSONValue.integer) ?? .null,
      "created_at": .string(Timestamp.format(image.created)),
      "updated_at": .string(Timestamp.format(image.updated)), "tags": [], "os_hidden": false,
      "disk_format": "qcow2", "container_format": "bare", "self": .string(path),
      "file": .string("\(path)/file"), "schema": "/v2/schemas/image",
    ]
    return PythonText.json(.object(members.merging(fields) { _, field in field }))
  }
}
