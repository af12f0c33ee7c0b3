/// A part of a settings file: texts, lists and tables, each with the place it was read from.
///
/// Every scalar stays the text that was written: a project's id `0123` is no number, and neither is a password.
struct SettingTree: Hashable, Sendable {
  indirect enum Content: Hashable, Sendable {
    case text(String)
    case list([SettingTree])
    case table([String: SettingTree])
  }

  var content: Content
  /// For messages: `clouds.yaml (/etc/openstack/clouds.yaml, line 12)`.
  var place: String

  var text: String? { if case .text(let text) = content { text } else { nil } }
  var list: [SettingTree]? { if case .list(let list) = content { list } else { nil } }
  var table: [String: SettingTree]? { if case .table(let table) = content { table } else { nil } }

  subscript(key: String) -> SettingTree? { table?[key] }

  /// Both trees in one; where both have a value, the other's counts.
  func merged(with other: SettingTree?) -> SettingTree {
    guard let other else { return self }
    guard let mine = table, let theirs = other.table else { return other }
    return SettingTree(content: .table(mine.merging(theirs) { $0.merged(with: $1) }), place: place)
  }
}
