import Foundation
import NovaClient
import SandboxCloud
import Testing

/// Somebody else who makes, finishes, changes and deletes images while a browser looks on: through the image service
/// of a real cloud, since the compute service offers no way to make one, and by hand in the sandbox.
struct Colleague: Sendable {
  let cloud: CloudUnderTest

  /// Makes an image that waits for its data.
  func create(_ name: String) async throws -> Image.ID {
    if let sandbox = cloud.sandbox { return Image.ID(await sandbox.create(name, status: .queued)) }
    let body: JSONValue = [
      "name": .string(name), "disk_format": "raw", "container_format": "bare", "visibility": "private",
    ]
    let answer = try await ask(.post, "", "application/json", Data(body.text().utf8))
    return Image.ID(try #require(answer.json["id"]?.string))
  }

  /// Brings the data of an image.
  func upload(_ id: Image.ID) async throws {
    if let sandbox = cloud.sandbox { return await sandbox.finish(id.rawValue, size: 9) }
    _ = try await ask(.put, "/\(id)/file", "application/octet-stream", Data("some data".utf8))
  }

  func set(_ key: String, to value: String, on id: Image.ID) async throws {
    if let sandbox = cloud.sandbox { return await sandbox.set(key, to: value, on: id.rawValue) }
    _ = try await cloud.client().setMetadataItem(key, to: value, of: id)
  }

  func delete(_ id: Image.ID) async throws {
    if let sandbox = cloud.sandbox { return await sandbox.remove(id.rawValue) }
    _ = try await ask(.delete, "/\(id)", nil, nil)
  }

  /// Asks the image service for something below `/v2/images`.
  private func ask(
    _ method: HTTPMethod, _ path: String, _ type: String?, _ body: Data?
  ) async throws -> RawAnswer {
    let token = try await cloud.access().token
    let base = try await cloud.session().endpoint(for: "image")
    var headers: HTTPHeaders = ["X-Auth-Token": token]
    headers["Content-Type"] = type
    let url = base + (base.hasSuffix("/v2") ? "" : "/v2") + "/images" + path
    let answer = RawAnswer(
      response: try await cloud.transport.send(HTTPRequest(method, url, headers: headers, body: body)))
    try #require((200...299).contains(answer.status), "\(method) \(path): \(answer.status) \(answer.text)")
    return answer
  }
}
