import Foundation
import NovaClient

/// The identity service, version 3: signing in, and what a token says.
struct Keystone {
  private let accounts: Accounts
  private let lifetime: Duration
  private var tokens: [String: Token] = [:]
  private var random: SplitMix

  init(_ settings: SandboxSettings) {
    accounts = settings.accounts
    lifetime = settings.tokenLifetime
    // Another stream than the images', so that signing in does not change the cloud.
    random = SplitMix(seed: settings.seed ^ 0x746F_6B65_6E73)
  }

  /// The token under an id, if the services take it at this time.
  func token(_ id: String?, at now: Date) -> Token? {
    guard let id, let token = tokens[id], token.isGood(at: now) else { return nil }
    return token
  }

  /// Takes all tokens back.
  mutating func revokeAll() {
    for id in tokens.keys { tokens[id]?.isRevoked = true }
  }

  /// Lets the image service refuse all tokens that the compute service still takes.
  mutating func refuseAllBehindCompute() {
    for id in tokens.keys { tokens[id]?.isRefusedBehindCompute = true }
  }

  /// Answers what came to `/identity…`; `parts` is the path behind that.
  mutating func answer(
    _ request: HTTPRequest, _ parts: [String], at address: SandboxAddress, now: Date
  ) -> HTTPResponse {
    switch (request.method, parts) {
    case (.get, []):
      return respond(
        .json(300, "{\"versions\": {\"values\": [\(version(address))]}}"),
        ["Location": "\(address.authURL)/"])
    case (.get, ["v3"]):
      return respond(.json(200, "{\"version\": \(version(address))}"))
    case (.post, ["v3", "auth", "tokens"]):
      return signIn(request.body ?? Data(), at: address, now: now)
    case (.get, ["v3", "auth", "tokens"]), (.delete, ["v3", "auth", "tokens"]):
      return inspect(request, at: address, now: now)
    default:
      return respond(
        .html(404, "Not Found", "The requested URL was not found on the server."))
    }
  }

  private mutating func signIn(_ body: Data, at address: SandboxAddress, now: Date) -> HTTPResponse {
    do {
      let auth = try SignIn.auth(in: body)
      let (user, methods, former, boundScope) = try identify(auth, now: now)
      let scope = if let boundScope { boundScope } else { try scope(auth["scope"], for: user) }
      let end = now.addingTimeInterval(Double(lifetime.components.seconds))
      let token = Token(
        id: "gAAAAAB" + String(decoding: random.hex(32) + random.hex(32), as: UTF8.self),
        auditID: String(decoding: random.hex(22), as: UTF8.self), methods: methods, user: user,
        scope: scope, issued: now, expires: former.map { min($0.expires, end) } ?? end)
      tokens[token.id] = token
      return respond(.json(201, token.json(address)), ["X-Subject-Token": token.id])
    } catch {
      return respond(error, error.status == 401 ? ["WWW-Authenticate": Self.challenge(address)] : [:])
    }
  }

  /// Who asks, by which methods, with which token, and the scope that a credential is bound to.
  private func identify(
    _ auth: [String: JSONValue], now: Date
  ) throws(Answer) -> (Accounts.User, [String], Token?, Token.Scope?) {
    let identity = auth["identity"] ?? .null
    let methods = identity["methods"]?.array?.compactMap(\.string) ?? []
    switch methods {
    case ["password"]:
      let claimed = identity["password"]?["user"]
      guard let user = user(claimed), user.password == claimed?["password"]?.string else {
        throw SignIn.refused
      }
      return (user, methods, nil, nil)
    case ["token"]:
      guard let token = tokens[identity["token"]?["id"]?.string ?? ""] else {
        throw .keystone(404, "Not Found", "Could not recognize Fernet token")
      }
      guard token.isGood(at: now) else { throw .keystone(404, "Not Found", "Could not find token.") }
      return (token.user, token.methods + methods, token, nil)
    case ["application_credential"]:
      let claimed = identity["application_credential"]
      let credential = try credential(claimed)
      guard credential.secret == claimed?["secret"]?.string,
        let user = accounts.users.first(where: { $0.id == credential.user })
      else { throw SignIn.refused }
      return (user, methods, nil, .project(user.project))
    default:
      throw SignIn.unsupportedMethod
    }
  }

  private func user(_ claimed: JSONValue?) -> Accounts.User? {
    if let id = claimed?["id"]?.string { return accounts.users.first { $0.id == id } }
    guard SignIn.isDefaultDomain(claimed?["domain"]) else { return nil }
    return accounts.users.first { $0.name == claimed?["name"]?.string }
  }

  private func credential(_ claimed: JSONValue?) throws(Answer) -> Accounts.ApplicationCredential {
    let id = claimed?["id"]?.string
    let name = claimed?["name"]?.string
    let owner = user(claimed?["user"])
    let found = accounts.applicationCredentials.first { credential in
      id.map { $0 == credential.id } ?? (credential.name == name && credential.user == owner?.id)
    }
    guard let found else {
      throw .keystone(404, "Not Found", "Could not find Application Credential: \(id ?? name ?? "").")
    }
    return found
  }

  private func scope(_ asked: JSONValue?, for user: Accounts.User) throws(Answer) -> Token.Scope {
    guard let asked, asked.object != nil else { return .none }
    if let project = asked["project"] {
      let isNamed = project["name"]?.string == user.project.name && SignIn.isDefaultDomain(project["domain"])
      guard project["id"]?.string == user.project.id || isNamed else { throw SignIn.refused }
      return .project(user.project)
    }
    guard user.roles.contains(.admin) else { throw SignIn.refused }
    return asked["system"] == nil ? .domain : .system
  }

  /// What a token says of another, and taking it back.
  private mutating func inspect(
    _ request: HTTPRequest, at address: SandboxAddress, now: Date
  ) -> HTTPResponse {
    guard token(request.headers["X-Auth-Token"], at: now) != nil else {
      return respond(SignIn.refused, ["WWW-Authenticate": Self.challenge(address)])
    }
    guard let subject = token(request.headers["X-Subject-Token"], at: now) else {
      return respond(.keystone(404, "Not Found", "Could not recognize Fernet token"))
    }
    if request.method == .delete {
      tokens[subject.id]?.isRevoked = true
      return respond(.noContent)
    }
    return respond(.json(200, subject.json(address)), ["X-Subject-Token": subject.id])
  }

  private func version(_ address: SandboxAddress) -> String {
    "{\"id\": \"v3.14\", \"status\": \"stable\", \"updated\": \"2020-04-07T00:00:00Z\", "
      + "\"links\": [{\"rel\": \"self\", \"href\": \"\(address.authURL)/\"}], \"media-types\": "
      + "[{\"base\": \"application/json\", \"type\": \"application/vnd.openstack.identity-v3+json\"}]}"
  }

  /// The header that every service sends with 401.
  static func challenge(_ address: SandboxAddress) -> String { "Keystone uri=\"\(address.authURL)\"" }

  private func respond(_ answer: Answer, _ headers: HTTPHeaders = [:]) -> HTTPResponse {
    var all = headers
    all.add("Vary", "X-Auth-Token")
    return HTTPResponse(answer, headers: all)
  }
}
