/// What is written about one cloud, by name, before anybody has made sense of it.
///
/// clouds.yaml and the `OS_*` variables use the same names: `auth_url` is `OS_AUTH_URL`.
struct CloudSettings {
  /// The cloud's name in clouds.yaml; nil for variables.
  let cloud: String?
  private let values: [String: SettingTree]
  /// Where they are written.
  let written: CloudConfiguration.Place

  /// Settings from a table of clouds.yaml; those under `auth` count over those beside it.
  init(_ table: [String: SettingTree], cloud: String, place: String) {
    self.cloud = cloud
    written = .file("\(place): cloud \"\(cloud)\"")
    values = table.merging(table["auth"]?.table ?? [:]) { $1 }
  }

  /// Settings from variables; an empty one counts as absent, as shells make it hard to take one away.
  init(_ environment: [String: String]) {
    cloud = nil
    written = .variables
    var values: [String: SettingTree] = [:]
    for (name, value) in environment where name.hasPrefix("OS_") && !value.isEmpty {
      values[name.dropFirst(3).lowercased()] = SettingTree(content: .text(value), place: name)
    }
    self.values = values
  }

  /// The text under the first of these names that has one.
  subscript(names: String...) -> String? { names.lazy.compactMap { values[$0]?.text }.first }

  /// A truth value under the first of these names that has one.
  /// - Throws: `NovaError` of kind `.misconfigured` for a word that is none.
  func flag(_ name: String) throws -> Bool? {
    guard let text = self[name] else { return nil }
    switch text.lowercased() {
    case "true", "yes", "on", "1": return true
    case "false", "no", "off", "0": return false
    default: throw problem(with: name, "must be true or false, not \"\(text)\"")
    }
  }

  /// The text under a name that must be there.
  func required(_ name: String) throws -> String {
    if let text = self[name] { return text }
    guard cloud != nil else { throw error("OS_\(name.uppercased()) is not set") }
    throw error("auth has no \(name)")
  }

  /// An error about one setting, with the line where it stands.
  func problem(with name: String, _ sentence: String) -> NovaError {
    guard let cloud, let found = values[name] else { return error("OS_\(name.uppercased()) \(sentence)") }
    return NovaError(.misconfigured, "\(found.place): cloud \"\(cloud)\": \(name) \(sentence)")
  }

  /// An error about the whole.
  func error(_ sentence: String) -> NovaError { NovaError(.misconfigured, "\(written): \(sentence)") }
}
