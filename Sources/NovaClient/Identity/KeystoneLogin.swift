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
