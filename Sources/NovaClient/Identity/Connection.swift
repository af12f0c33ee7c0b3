import Foundation

/// What one sign-in gave: where the service is, and the token for it.
struct Connection: Sendable {
  /// Counts the sign-ins of a session, so that a newer token can be told from the one that was refused.
  let number: Int
  let configuration: CloudConfiguration
  /// Nil where the configuration says that none is needed.
  let token: Secret?
  /// Nil where nobody knows until when the token is good.
  let validity: TokenValidity?
  let catalog: ServiceCatalog
  /// The compute endpoint.
  private(set) var compute: ServiceURL
  private(set) var info: CloudInfo

  /// A connection without Keystone.
  init(_ number: Int, _ configuration: CloudConfiguration, token: Secret?) throws {
    guard let endpoint = configuration.computeEndpoint else {
      throw NovaError(.misconfigured, "without Keystone an endpoint must be given (--endpoint)")
    }
    self.number = number
    self.configuration = configuration
    self.token = token
    validity = nil
    catalog = ServiceCatalog()
    compute = try ServiceURL(endpoint: endpoint)
    info = CloudInfo(
      cloud: configuration.name, region: configuration.region, roles: [], endpoint: compute.base,
      warnings: Self.warnings(configuration, endpoint: compute))
  }

  /// A connection with what Keystone gave out.
  init(
    _ number: Int, _ configuration: CloudConfiguration, _ token: KeystoneToken,
    from start: ContinuousClock.Instant
  ) throws {
    guard token.projectID != nil || !token.catalog.services.isEmpty else {
      throw NovaError(.misconfigured, "the token is good for no project; name one (project_name)")
    }
    self.number = number
    self.configuration = configuration
    self.token = token.secret
    validity = TokenValidity(from: start, lifetime: token.lifetime)
    catalog = token.catalog
    var region = configuration.region
    if let override = configuration.computeEndpoint {
      compute = try ServiceURL(endpoint: override)
    } else {
      let endpoint = try Self.compute(of: token.catalog, configuration)
      compute = try ServiceURL(endpoint: endpoint.url)
      region = endpoint.region
    }
    info = CloudInfo(
      cloud: configuration.name, region: region, project: token.project, projectID: token.projectID,
      user: token.user, roles: token.roles, endpoint: compute.base,
      warnings: Self.warnings(configuration, endpoint: compute))
  }

  /// The same connection with the compute endpoint that version discovery found.
  func at(_ endpoint: ServiceURL) -> Connection {
    var copy = self
    copy.compute = endpoint
    copy.info.endpoint = endpoint.base
    return copy
  }

  /// What the catalogue lacks was asked for by the configuration, so that is where somebody must look.
  private static func compute(
    of catalog: ServiceCatalog, _ configuration: CloudConfiguration
  ) throws -> ServiceCatalog.Endpoint {
    do {
      return try catalog.endpoint(
        "compute", region: configuration.region, interface: configuration.interface)
    } catch var error as NovaError {
      error.message = "\(configuration.written): \(error.message)"
      throw error
    }
  }

  /// The image service with its version; nil where the catalogue has none for this region and interface. A token
  /// that goes to the compute service encrypted goes nowhere else in the clear.
  var imageService: ServiceURL? {
    do {
      let endpoint = try catalog.endpoint(
        "image", region: info.region, interface: configuration.interface)
      var image = try ServiceURL(endpoint: endpoint.url)
      if !image.hasVersion { image = try ServiceURL(endpoint: image.base + "/v2") }
      let schemes = [compute, image].map { Origin($0.base)?.scheme }
      return schemes == ["https", "http"] ? nil : image
    } catch {
      return nil
    }
  }

  /// Makes a call to a service with this connection's token.
  func request(_ call: ServiceCall, to service: ServiceURL) -> HTTPRequest {
    var headers: HTTPHeaders = ["Accept": "application/json"]
    if let token { headers.add("X-Auth-Token", token) }
    let body = call.body.map { Data($0.text().utf8) }
    if body != nil { headers.add("Content-Type", "application/json") }
    return HTTPRequest(call.method, service.url(call), headers: headers, body: body)
  }

  private static func warnings(_ configuration: CloudConfiguration, endpoint: ServiceURL) -> [String] {
    var warnings: [String] = []
    if case .keystone(let login) = configuration.auth, Origin(login.url)?.scheme == "https",
      Origin(endpoint.base)?.scheme == "http"
    {
      warnings.append("The token goes in the clear: sign-in is https, but compute is \(endpoint.base).")
    }
    if !configuration.tls.verify { warnings.append("Certificates are not checked (verify is off).") }
    return warnings
  }
}
