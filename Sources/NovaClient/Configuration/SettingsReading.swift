import Foundation

/// Makes sense of what is written about a cloud (names and rules: openstacksdk, "Configuring OpenStack SDK
/// Applications", and keystoneauth's plugins).
struct SettingsReading {
  var settings: CloudSettings
  var overrides: CloudOverrides
  var home: String?

  /// - Throws: `NovaError` of kind `.misconfigured` that names the file, the cloud and the setting.
  func configuration() throws -> CloudConfiguration {
    let auth = try auth()
    let endpoint = settings["compute_endpoint_override", "endpoint_override", "endpoint"]
    if case .none = auth, endpoint == nil {
      throw settings.error("auth_type none needs compute_endpoint_override")
    }
    return CloudConfiguration(
      name: settings.cloud ?? Origin(settings["auth_url"] ?? endpoint ?? "")?.host ?? "cloud",
      auth: auth, region: overrides.region ?? settings["region_name"], interface: try interface(),
      tls: try tls(), computeEndpoint: endpoint, written: settings.written)
  }

  private func auth() throws -> CloudAuth {
    let type = settings["auth_type", "auth_plugin"]
    let hasCredential = settings["application_credential_id", "application_credential_name"] != nil
    switch type {
    case "none", "admin_token": return .none(token: settings["token"].map { Secret($0) })
    case "v3applicationcredential": return try login(credential())
    case nil where hasCredential: return try login(credential())
    case "token", "v3token": return try login(.token(Secret(settings.required("token"))))
    case nil where settings["token"] != nil && settings["password"] == nil:
      return try login(.token(Secret(settings.required("token"))))
    case "password", "v3password", nil:
      return try login(.password(user(), settings["password"].map { Secret($0) }))
    case let other?:
      throw settings.problem(
        with: "auth_type",
        "\"\(other)\" is not supported; there are password, v3applicationcredential, token, none")
    }
  }

  private func login(_ method: KeystoneLogin.Method) throws -> CloudAuth {
    let url = try settings.required("auth_url")
    guard Origin(url) != nil else {
      throw settings.problem(with: "auth_url", "must be an address that begins with http:// or https://")
    }
    return .keystone(KeystoneLogin(url: url, method: method, scope: try scope(method)))
  }

  private func credential() throws -> KeystoneLogin.Method {
    let secret = Secret(try settings.required("application_credential_secret"))
    if let id = settings["application_credential_id"] {
      return .applicationCredential(id: id, secret: secret)
    }
    let name = try settings.required("application_credential_name")
    return .namedApplicationCredential(name, try user(), secret: secret)
  }

  private func user() throws -> KeystoneLogin.User {
    if let id = settings["user_id"] { return .id(id) }
    return .name(try settings.required("username"), domain("user"))
  }

  private func scope(_ method: KeystoneLogin.Method) throws -> KeystoneLogin.Scope {
    switch method {
    case .applicationCredential, .namedApplicationCredential:
      guard overrides.projectName == nil else {
        throw settings.error("an application credential is good for its own project only")
      }
      return .unscoped
    case .password, .token: break
    }
    if let name = overrides.projectName { return .project(name, domain("project")) }
    if settings["system_scope"] != nil { return .system }
    if let id = settings["project_id", "tenant_id"] { return .projectID(id) }
    if let name = settings["project_name", "tenant_name"] { return .project(name, domain("project")) }
    if let id = settings["domain_id"] { return .domain(.id(id)) }
    if let name = settings["domain_name"] { return .domain(.name(name)) }
    return .unscoped
  }

  /// The domain of a user or a project; every cloud is born with one whose id is `default`.
  private func domain(_ owner: String) -> KeystoneLogin.Domain {
    if let id = settings["\(owner)_domain_id"] { return .id(id) }
    if let name = settings["\(owner)_domain_name"] { return .name(name) }
    if let name = settings["default_domain_name"] { return .name(name) }
    return .id(settings["default_domain_id", "default_domain"] ?? "default")
  }

  private func interface() throws -> ServiceInterface {
    let key = settings["interface"] == nil ? "endpoint_type" : "interface"
    guard let name = overrides.interface ?? settings[key] else { return .public }
    if let interface = ServiceInterface(name: name) { return interface }
    let sentence = "must be public, internal or admin, not \"\(name)\""
    guard overrides.interface == nil else { throw NovaError(.misconfigured, "--os-interface \(sentence)") }
    throw settings.problem(with: key, sentence)
  }

  private func tls() throws -> TLSSettings {
    let isVerified = try settings.flag("verify") ?? true
    let isInsecure = try settings.flag("insecure") ?? false
    return TLSSettings(
      cacert: overrides.cacert ?? settings["cacert"].map(path), cert: settings["cert"].map(path),
      key: settings["key"].map(path), verify: isVerified && !isInsecure && !overrides.insecure)
  }

  private func path(_ text: String) -> String {
    guard let home, text.hasPrefix("~/") else { return text }
    return home + text.dropFirst()
  }
}
