import Foundation

/// The clouds that a person has written down: `clouds.yaml` with `secure.yaml` and the profiles of
/// `clouds-public.yaml`, found where openstacksdk finds them.
struct CloudsFile {
  /// What messages call the file that was read.
  let place: String
  private let clouds: [String: SettingTree]
  private let profiles: [String: SettingTree]

  /// Reads the first file of each kind.
  /// - Throws: `NovaError` of kind `.misconfigured`; nil where there is no clouds.yaml.
  static func find(_ environment: [String: String], directories: [String]) throws -> CloudsFile? {
    func first(_ stem: String, _ variable: String) throws -> SettingTree? {
      let names = directories.flatMap { directory in
        ["yaml", "yml", "json"].map { "\(directory)/\(stem).\($0)" }
      }
      for path in [environment[variable] ?? ""] + names where !path.isEmpty {
        var file = SettingsFile(path: path, home: environment["HOME"])
        if let tree = try file.read() { return tree }
      }
      return nil
    }
    guard let clouds = try first("clouds", "OS_CLIENT_CONFIG_FILE") else { return nil }
    let secure = try first("secure", "OS_CLIENT_SECURE_FILE")
    let profiles = try first("clouds-public", "OS_CLIENT_VENDOR_FILE")
    return try CloudsFile(clouds.merged(with: secure), profiles: profiles)
  }

  private init(_ tree: SettingTree, profiles: SettingTree?) throws {
    place = tree.place
    guard let clouds = tree["clouds"]?.table else {
      throw NovaError(.misconfigured, "\(tree.place): it has no table \"clouds\"")
    }
    self.clouds = clouds
    self.profiles = profiles?["public-clouds"]?.table ?? [:]
  }

  /// The names in order.
  var names: [String] { clouds.keys.sorted() }

  /// The settings of one cloud, in one of its regions where it lists several.
  /// - Throws: `NovaError` of kind `.misconfigured` with the names that there are.
  func settings(_ name: String, region: String?) throws -> CloudSettings {
    guard var cloud = clouds[name] else {
      let known = names.isEmpty ? "there is none" : "there are \(names.joined(separator: ", "))"
      throw NovaError(.misconfigured, "\(place): no cloud \"\(name)\"; \(known)")
    }
    if let profile = (cloud["profile"] ?? cloud["cloud"])?.text {
      // openstacksdk brings profiles along; ours must be in the file, unless the cloud needs nothing of its profile.
      guard profiles[profile] != nil || cloud["auth"]?["auth_url"] != nil else {
        throw NovaError(
          .misconfigured,
          "\(cloud.place): cloud \"\(name)\": its profile \"\(profile)\" is not in clouds-public.yaml")
      }
      cloud = profiles[profile]?.merged(with: cloud) ?? cloud
    }
    cloud = try Self.inRegion(region, cloud, name)
    guard let table = cloud.table else {
      throw NovaError(.misconfigured, "\(cloud.place): cloud \"\(name)\" must be a table")
    }
    return CloudSettings(table, cloud: name, place: clouds[name]?.place ?? place)
  }

  /// Of a list of regions the one that is asked for, otherwise the first; a region may have settings of its own.
  private static func inRegion(_ region: String?, _ cloud: SettingTree, _ name: String) throws -> SettingTree
  {
    guard let regions = cloud["regions"]?.list, !regions.isEmpty else { return cloud }
    let wanted = region ?? cloud["region_name"]?.text
    let found = regions.first { wanted == nil || ($0.text ?? $0["name"]?.text) == wanted }
    guard let found, let foundName = found.text ?? found["name"]?.text else {
      let known = regions.compactMap { $0.text ?? $0["name"]?.text }.joined(separator: ", ")
      throw NovaError(
        .misconfigured, "\(cloud.place): cloud \"\(name)\" has no region \"\(wanted ?? "")\"; it has \(known)"
      )
    }
    let own = SettingTree(
      content: .table(["region_name": SettingTree(content: .text(foundName), place: found.place)]), place: "")
    return cloud.merged(with: own).merged(with: found["values"])
  }
}
