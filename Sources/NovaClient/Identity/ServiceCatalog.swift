/// The services of a cloud and their addresses, as Keystone gives them with a token.
public struct ServiceCatalog: Hashable, Sendable, Decodable {
  /// One kind of service.
  public struct Service: Hashable, Sendable, Decodable {
    /// `compute`, `image`, `identity` …
    public var type: String
    /// Its addresses.
    public var endpoints: [Endpoint]
  }

  /// One address of a service.
  public struct Endpoint: Hashable, Sendable, Decodable {
    /// `public`, `internal` or `admin`.
    public var interface: String
    /// The region that it serves; old catalogues say `region` instead of `region_id`.
    public var region: String?
    /// The address, with or without a version.
    public var url: String

    /// Makes an endpoint.
    public init(_ interface: ServiceInterface, region: String?, url: String) {
      self.interface = interface.rawValue
      self.region = region
      self.url = url
    }

    private enum Key: String, CodingKey { case interface, region, regionID = "region_id", url }

    /// Reads Keystone's form.
    public init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: Key.self)
      interface = try values.decode(String.self, forKey: .interface)
      region =
        try values.decodeIfPresent(String.self, forKey: .regionID)
        ?? values.decodeIfPresent(String.self, forKey: .region)
      url = try values.decode(String.self, forKey: .url)
    }
  }

  /// All services.
  public var services: [Service]

  /// A catalogue, for tests.
  public init(_ services: [Service] = []) { self.services = services }

  /// Reads Keystone's list.
  public init(from decoder: any Decoder) throws {
    services = try decoder.singleValueContainer().decode([Service].self)
  }

  /// The endpoint of a service.
  /// - Parameter region: nil takes the only one there is.
  /// - Throws: `NovaError` of kind `.misconfigured` that names what there is instead.
  public func endpoint(
    _ type: String, region: String?, interface: ServiceInterface
  ) throws -> Endpoint {
    let all = services.filter { $0.type == type }.flatMap(\.endpoints)
    let offered = all.filter { $0.interface == interface.rawValue }
    let found = offered.filter { region == nil || $0.region == region }
    let regions = Set(found.map(\.region))
    if let endpoint = found.first, regions.count == 1 { return endpoint }
    if found.count > 1 {
      throw NovaError(
        .misconfigured, "\(type) is in several regions: \(Self.list(regions)). Say which (region_name).")
    }
    let place = region.map { " in region \($0)" } ?? ""
    throw NovaError(
      .misconfigured,
      "no \(interface.rawValue) \(type) endpoint\(place); the catalogue has \(offer(type, all))")
  }

  private func offer(_ type: String, _ endpoints: [Endpoint]) -> String {
    guard !endpoints.isEmpty else {
      return services.isEmpty ? "nothing" : "only " + Self.list(Set(services.map(\.type)))
    }
    let places = Set(endpoints.map { "\($0.interface) in \($0.region ?? "no region")" })
    return "\(type) as \(Self.list(places))"
  }

  private static func list(_ names: Set<String?>) -> String {
    names.map { $0 ?? "no region" }.sorted().joined(separator: ", ")
  }
}
