public import Foundation

/// Where a person has said which cloud to use: clouds.yaml and the `OS_*` variables.
///
/// It reads anew each time it is asked, so that a corrected file counts without a restart.
public struct CloudSource: Sendable {
  private let environment: [String: String]
  private let directories: [String]

  /// - Parameters:
  ///   - environment: the variables; nothing else is taken from the process.
  ///   - directories: where to look for files, first to last; nil means openstacksdk's: the working directory,
  ///     `$XDG_CONFIG_HOME/openstack` (`~/.config/openstack`) and `/etc/openstack`.
  public init(
    environment: [String: String] = ProcessInfo.processInfo.environment, directories: [String]? = nil
  ) {
    self.environment = environment
    self.directories = directories ?? Self.directories(environment)
  }

  /// The configuration of a cloud: of the one that is named here or by `OS_CLOUD`; else what the `OS_*` variables
  /// say; else the only one of clouds.yaml.
  /// - Returns: nil where nothing is configured at all.
  /// - Throws: `NovaError` of kind `.misconfigured` that says what is wrong, and where.
  public func configuration(
    cloud: String? = nil, overrides: CloudOverrides = CloudOverrides()
  ) throws -> CloudConfiguration? {
    if let cloud = cloud ?? environment["OS_CLOUD"].flatMap({ $0.isEmpty ? nil : $0 }) {
      guard let file = try file() else {
        throw NovaError(
          .misconfigured,
          "no clouds.yaml to look up cloud \"\(cloud)\" in: \(directories.joined(separator: ", "))")
      }
      return try named(cloud, in: file, overrides)
    }
    let variables = CloudSettings(environment)
    if variables["auth_url", "endpoint", "endpoint_override", "compute_endpoint_override"] != nil {
      return try read(variables, overrides)
    }
    guard let file = try file(), let only = file.names.first else { return nil }
    guard file.names.count == 1 else {
      let names = file.names.joined(separator: ", ")
      throw NovaError(
        .misconfigured, "\(file.place): which cloud? There are \(names) (--os-cloud or OS_CLOUD).")
    }
    return try named(only, in: file, overrides)
  }

  /// The names in clouds.yaml, in order; empty where there is no file.
  /// - Throws: `NovaError` of kind `.misconfigured` where the file cannot be understood.
  public func cloudNames() throws -> [String] { try file()?.names ?? [] }

  /// - Throws: also where a file is named that is not there, and no other is.
  private func file() throws -> CloudsFile? {
    if let file = try CloudsFile.find(environment, directories: directories) { return file }
    if let named = environment["OS_CLIENT_CONFIG_FILE"], !named.isEmpty {
      throw NovaError(
        .misconfigured,
        "\(named) (OS_CLIENT_CONFIG_FILE) is not there, and no clouds.yaml in: \(directories.joined(separator: ", "))"
      )
    }
    return nil
  }

  private func named(
    _ cloud: String, in file: CloudsFile, _ overrides: CloudOverrides
  ) throws -> CloudConfiguration {
    let configuration = try read(file.settings(cloud, region: overrides.region), overrides)
    // As the other clients do, so that the password need not lie in a file.
    guard let password = CloudSettings(environment)["password"] else { return configuration }
    return configuration.with(password: Secret(password))
  }

  private func read(_ settings: CloudSettings, _ overrides: CloudOverrides) throws -> CloudConfiguration {
    try SettingsReading(settings: settings, overrides: overrides, home: environment["HOME"]).configuration()
  }

  private static func directories(_ environment: [String: String]) -> [String] {
    let configured = environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 }
    let personal = configured ?? environment["HOME"].map { "\($0)/.config" }
    return ["."] + (personal.map { ["\($0)/openstack"] } ?? []) + ["/etc/openstack"]
  }
}
