import Foundation
import NovaClient
import SandboxCloud
import Testing

/// A place from which a test asks a sandbox as one of its users, with a stopped clock.
struct SandboxDesk {
  /// 2026-11-23T12:00:00Z.
  static let start = Date(timeIntervalSince1970: 1_795_435_200)

  let sandbox: Sandbox
  private var tokens: [String: String] = [:]

  init(imageCount: Int = 0, listsFailed: Bool = false, isAlive: Bool = false) async throws {
    sandbox = Sandbox(
      SandboxSettings(
        imageCount: imageCount, isAlive: isAlive, listsFailed: listsFailed, clock: .stopped(at: Self.start)))
    for name in ["demo", "reader", "alt", "admin"] {
      let answer = await sandbox.respond(to: Self.signIn(name, project: name == "reader" ? "demo" : name))
      let token: String = try #require(answer.headers["X-Subject-Token"])
      tokens[name] = token
    }
  }

  static func signIn(_ name: String, project: String, password: String? = nil) -> HTTPRequest {
    let user: JSONValue = [
      "name": .string(name), "domain": ["id": "default"], "password": .string(password ?? "\(name)-secret"),
    ]
    let scope: JSONValue = ["project": ["name": .string(project), "domain": ["id": "default"]]]
    let body: JSONValue = [
      "auth": ["identity": ["methods": ["password"], "password": ["user": user]], "scope": scope]
    ]
    return HTTPRequest(
      .post, InProcessTransport.address.authURL + "/auth/tokens", body: Data(body.text().utf8))
  }

  /// A request to the compute endpoint; `path` starts with a slash.
  func request(
    _ method: HTTPMethod, _ path: String, body: String? = nil, as user: String = "demo",
    headers: HTTPHeaders = [:]
  ) -> HTTPRequest {
    var all = headers
    all["X-Auth-Token"] = tokens[user]
    if body != nil, all["Content-Type"] == nil { all["Content-Type"] = "application/json" }
    return HTTPRequest(
      method, InProcessTransport.address.computeURL + path, headers: all, body: body.map { Data($0.utf8) })
  }

  /// Asks the compute service.
  func ask(
    _ method: HTTPMethod, _ path: String, body: String? = nil, as user: String = "demo",
    headers: HTTPHeaders = [:]
  ) async -> HTTPResponse {
    await sandbox.respond(to: request(method, path, body: body, as: user, headers: headers))
  }

  /// The names in a list, in its order.
  func names(_ query: String, as user: String = "demo") async throws -> [String] {
    let answer = await ask(.get, "/images" + query, as: user)
    #expect(answer.status == 200, "\(query): \(answer.text)")
    return try answer.json()["images"]?.array?.map { $0["name"]?.string ?? "null" } ?? []
  }

  /// The `next` link of a list without what every link starts with.
  func next(_ path: String) async throws -> String? {
    let answer = try await ask(.get, path).json()
    let link = answer["images_links"]?.array?.first?["href"]?.string
    return link.map { String($0.dropFirst(InProcessTransport.address.computeURL.count)) }
  }

  /// An image of a project, older by so many seconds than the start.
  func image(
    _ name: String, secondsAgo: Int, owner: String = Accounts.demoProject.id,
    status: ImageRecord.Status = .active, visibility: ImageRecord.Visibility = .private,
    properties: ImageProperties = [:]
  ) -> ImageRecord {
    let digits = String(secondsAgo)
    return ImageRecord(
      id: "00000000-0000-4000-a000-" + String(repeating: "0", count: 12 - digits.count) + digits, name: name,
      owner: owner, created: Self.start.addingTimeInterval(-Double(secondsAgo)), status: status,
      visibility: visibility, properties: properties)
  }
}

extension HTTPResponse {
  var text: String { String(decoding: body, as: UTF8.self) }

  func json() throws -> JSONValue { try JSONDecoder().decode(JSONValue.self, from: body) }

  /// The message of an error in any of the services' forms.
  func message() throws -> String? {
    let json = try json()
    return json["message"]?.string ?? json.object?.values.first?["message"]?.string
  }
}
