import Foundation

/// A token with what Keystone says about it.
struct KeystoneToken: Hashable, Sendable {
  var secret: Secret
  /// How long it was good for when it was given out, by Keystone's own clock.
  var lifetime: Duration
  /// For the screen's header.
  var project: String?
  var projectID: String?
  var user: String?
  var roles: [String]
  var catalog: ServiceCatalog

  /// Reads the answer to a sign-in.
  /// - Throws: `NovaError` of kind `.malformedAnswer`.
  init(_ response: HTTPResponse) throws {
    guard let secret = response.headers.secret("X-Subject-Token"), !secret.isEmpty else {
      throw NovaError(.malformedAnswer, "Keystone's answer holds no token.", status: response.status)
    }
    let token = try JSONReading.decode(Body.self, from: response).token
    self.secret = secret
    guard let end = Timestamp.parse(token.expiresAt) else {
      throw NovaError(.malformedAnswer, "Keystone's answer does not say until when the token is good.")
    }
    // Two times of the same clock: this machine's may be wrong.
    let start = response.date ?? token.issuedAt.flatMap(Timestamp.parse) ?? Date()
    lifetime = .seconds(max(0, end.timeIntervalSince(start)))
    project = token.project?.name
    projectID = token.project?.id
    user = token.user?.name
    roles = token.roles?.map(\.name).sorted() ?? []
    catalog = token.catalog ?? ServiceCatalog()
  }

  /// The parts of Keystone's answer that matter here; scope decides which of the optional ones there are.
  private struct Body: Decodable {
    struct Token: Decodable {
      var expiresAt: String
      var issuedAt: String?
      var project: Named?
      var user: Named?
      var roles: [Named]?
      var catalog: ServiceCatalog?

      enum CodingKeys: String, CodingKey {
        case expiresAt = "expires_at"
        case issuedAt = "issued_at"
        case project, user, roles, catalog
      }
    }

    struct Named: Decodable {
      var id: String?
      var name: String
    }

    var token: Token
  }
}
