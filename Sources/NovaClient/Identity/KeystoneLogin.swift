/// What Keystone is told to give out a token: who, and for what.
public struct KeystoneLogin: Hashable, Sendable {
  /// Keystone's address, with or without `/v3`.
  public var url: String
  /// Who signs in.
  public var method: Method
  /// What the token shall be good for.
  public var scope: Scope

  /// A domain, which holds users and projects.
  public enum Domain: Hashable, Sendable {
    /// By its id.
    case id(String)
    /// By its name.
    case name(String)
  }

  /// A user.
  public enum User: Hashable, Sendable {
    /// By its id.
    case id(String)
    /// By its name within a domain.
    case name(String, Domain)
  }

  /// How somebody proves who he is.
  public enum Method: Hashable, Sendable {
    /// A user with a password; nil where it has yet to be asked for.
    case password(User, Secret?)
    /// An application credential by its id; it knows its user and its project.
    case applicationCredential(id: String, secret: Secret)
    /// An application credential by its name, which is unique only with its user.
    case namedApplicationCredential(String, User, secret: Secret)
    /// A token that was given out before.
    case token(Secret)
  }

  /// What a token is good for.
  public enum Scope: Hashable, Sendable {
    /// Nothing but identity calls, or what an application credential implies.
    case unscoped
    /// A project by its id.
    case projectID(String)
    /// A project by its name within a domain.
    case project(String, Domain)
    /// A domain.
    case domain(Domain)
    /// The whole cloud.
    case system
  }

  /// A login, checked only by Keystone.
  public init(url: String, method: Method, scope: Scope) {
    self.url = url
    self.method = method
    self.scope = scope
  }

  /// Where tokens are asked for.
  var tokensURL: String {
    var base = url[...]
    while base.hasSuffix("/") { base = base.dropLast() }
    // Old files name the version that no cloud has any more; the newer one lies beside it.
    if base.hasSuffix("/v2.0") { base = base.dropLast(5) }
    return base.hasSuffix("/v3") ? "\(base)/auth/tokens" : "\(base)/v3/auth/tokens"
  }
}

extension KeystoneLogin {
  /// The body of the request (Keystone API v3, "Password authentication with scoped authorization" and its
  /// neighbours).
  /// - Throws: `NovaError` of kind `.misconfigured` while the password is missing.
  func body() throws -> JSONValue {
    var auth: [String: JSONValue] = ["identity": try identity()]
    switch scope {
    case .unscoped: break
    case .projectID(let id): auth["scope"] = ["project": ["id": .string(id)]]
    case .project(let name, let domain):
      auth["scope"] = ["project": ["name": .string(name), "domain": domain.json]]
    case .domain(let domain): auth["scope"] = ["domain": domain.json]
    case .system: auth["scope"] = ["system": ["all": true]]
    }
    return ["auth": .object(auth)]
  }

  private func identity() throws -> JSONValue {
    switch method {
    case .password(let user, let password):
      guard let password else { throw NovaError(.misconfigured, "There is no password.") }
      var members = user.members
      members["password"] = .string(password.reveal())
      return ["methods": ["password"], "password": ["user": .object(members)]]
    case .applicationCredential(let id, let secret):
      return Self.credential(["id": .string(id), "secret": .string(secret.reveal())])
    case .namedApplicationCredential(let name, let user, let secret):
      return Self.credential([
        "name": .string(name), "user": .object(user.members), "secret": .string(secret.reveal()),
      ])
    case .token(let token):
      return ["methods": ["token"], "token": ["id": .string(token.reveal())]]
    }
  }

  private static func credential(_ members: [String: JSONValue]) -> JSONValue {
    ["methods": ["application_credential"], "application_credential": .object(members)]
  }
}

extension KeystoneLogin.Domain {
  fileprivate var json: JSONValue {
    switch self {
    case .id(let id): ["id": .string(id)]
    case .name(let name): ["name": .string(name)]
    }
  }
}

extension KeystoneLogin.User {
  fileprivate var members: [String: JSONValue] {
    switch self {
    case .id(let id): ["id": .string(id)]
    case .name(let name, let domain): ["name": .string(name), "domain": domain.json]
    }
  }
}
