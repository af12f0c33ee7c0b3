/// All that is needed to reach one project of one cloud: where, as whom, and by which way.
public struct CloudConfiguration: Hashable, Sendable {
  /// The name to show: that of the cloud in clouds.yaml, or the host where there is none.
  public var name: String
  /// How to sign in.
  public var auth: CloudAuth
  /// The region to take from the catalogue; nil where there is only one.
  public var region: String?
  /// Which of a service's addresses to take from the catalogue.
  public var interface: ServiceInterface
  /// Whom to trust.
  public var tls: TLSSettings
  /// The compute endpoint to use instead of the catalogue's; needed where `auth` is `.none`.
  public var computeEndpoint: String?
  /// Where it is written, for whoever must correct it.
  public var written: Place

  /// Where a configuration is written.
  public enum Place: Hashable, Sendable, CustomStringConvertible {
    /// In a file; its name, and the cloud's in it.
    case file(String)
    /// In `OS_*` variables.
    case variables
    /// In arguments, or in a program.
    case arguments

    /// What an error begins with.
    public var description: String {
      switch self {
      case .file(let place): place
      case .variables: "the OS_* variables"
      case .arguments: "the command line"
      }
    }
  }

  /// A configuration, checked only when it is used.
  public init(
    name: String, auth: CloudAuth, region: String? = nil, interface: ServiceInterface = .public,
    tls: TLSSettings = TLSSettings(), computeEndpoint: String? = nil, written: Place = .arguments
  ) {
    self.name = name
    self.auth = auth
    self.region = region
    self.interface = interface
    self.tls = tls
    self.computeEndpoint = computeEndpoint
    self.written = written
  }

  /// A compute endpoint that is used as it stands, without Keystone.
  /// - Parameter token: sent with each request, if there is one.
  public init(endpoint: String, token: Secret? = nil, tls: TLSSettings = TLSSettings()) {
    self.init(
      name: Origin(endpoint)?.description ?? endpoint, auth: .none(token: token), tls: tls,
      computeEndpoint: endpoint)
  }

  /// Whether everything is known but the password, which a person may be asked for.
  public var needsPassword: Bool {
    if case .keystone(let login) = auth, case .password(_, nil) = login.method { true } else { false }
  }

  /// The project that is asked for by name; nil where an id, or the credential itself, says which.
  public var projectName: String? {
    if case .keystone(let login) = auth, case .project(let name, _) = login.scope { name } else { nil }
  }

  /// The same configuration with a password that a person has typed; nothing changes where none is missing.
  public func with(password: Secret) -> CloudConfiguration {
    guard case .keystone(var login) = auth, case .password(let user, nil) = login.method else { return self }
    login.method = .password(user, password)
    var copy = self
    copy.auth = .keystone(login)
    return copy
  }
}

/// How to come by a token.
public enum CloudAuth: Hashable, Sendable {
  /// No sign-in: each request carries this token, or none.
  case none(token: Secret?)
  /// Sign-in at Keystone.
  case keystone(KeystoneLogin)
}

/// Which of its addresses a service is called by, as Keystone names them.
public enum ServiceInterface: String, Hashable, Sendable {
  /// For everybody.
  case `public`
  /// From within the cloud.
  case `internal`
  /// For its administrators.
  case admin

  /// Understands the older names too: `publicURL`.
  public init?(name: String) {
    self.init(rawValue: name.hasSuffix("URL") ? String(name.dropLast(3)) : name)
  }
}
