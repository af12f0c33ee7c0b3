import Foundation
import Yams

/// A YAML file of settings; JSON is YAML too.
struct SettingsFile {
  var path: String
  /// How it is named in messages: `clouds.yaml (~/.config/openstack/clouds.yaml`, still without its bracket.
  private let title: String
  /// In bytes: thousands of clouds. To read one takes up to 190 times its length.
  private static let largest = 1 << 20
  /// A file with more is no settings file, but one whose aliases multiply.
  private var nodesLeft = 100_000

  init(path: String, home: String?) {
    self.path = path
    let shown = home.flatMap { path.hasPrefix($0 + "/") ? "~" + path.dropFirst($0.count) : nil } ?? path
    title = "\(path.split(separator: "/").last ?? "") (\(shown)"
  }

  /// The file and a line in it, for messages.
  func place(_ line: Int?) -> String { title + (line.map { ", line \($0)" } ?? "") + ")" }

  /// Reads the file; nil where there is none.
  /// - Throws: `NovaError` of kind `.misconfigured` with the line.
  mutating func read() throws -> SettingTree? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let bytes: Data
    do {
      // It may be a pipe, or a device that has no end.
      let file = try FileHandle(forReadingFrom: URL(filePath: path))
      bytes = try file.read(upToCount: Self.largest + 1) ?? Data()
    } catch {
      throw problem("it cannot be read (\(error.localizedDescription))", line: nil)
    }
    guard bytes.count <= Self.largest else {
      throw problem("it is larger than \(Self.largest >> 20) MiB, which no such file is", line: nil)
    }
    // Known before the library has made an object of each.
    guard bytes.count(where: { ",\n\r".utf8.contains($0) }) <= nodesLeft else {
      throw problem("it is too long", line: nil)
    }
    guard let text = String(data: bytes, encoding: .utf8) else { throw problem("it is not UTF-8", line: nil) }
    return try parse(text)
  }

  mutating func parse(_ yaml: String) throws -> SettingTree {
    do {
      guard let node = try Yams.compose(yaml: yaml) else {
        return SettingTree(content: .table([:]), place: place(nil))
      }
      return try tree(node)
    } catch let error as YamlError {
      throw problem(error.sentence, line: error.line)
    }
  }

  private mutating func tree(_ node: Node) throws -> SettingTree {
    nodesLeft -= 1
    guard nodesLeft > 0 else { throw problem("it is too long", line: nil) }
    let content: SettingTree.Content
    switch node {
    case .scalar(let scalar): content = .text(scalar.string)
    case .sequence(let nodes): content = .list(try nodes.map { try tree($0) })
    case .mapping(let pairs): content = .table(try table(pairs))
    case .alias: throw problem("an alias stands for nothing", line: node.mark?.line)
    }
    return SettingTree(content: content, place: place(node.mark?.line))
  }

  private mutating func table(_ pairs: Node.Mapping) throws -> [String: SettingTree] {
    var own: [String: SettingTree] = [:]
    var inherited = SettingTree(content: .table([:]), place: "")
    for (keyNode, value) in pairs where !value.isNothing {
      guard let key = keyNode.scalar?.string else {
        throw problem("a key must be a text", line: keyNode.mark?.line)
      }
      let child = try tree(value)
      guard key == "<<" else {
        own[key] = child
        continue
      }
      // YAML's merge key: a table, or a list of tables of which the first counts.
      for base in (child.list ?? [child]).reversed() { inherited = inherited.merged(with: base) }
    }
    return (inherited.table ?? [:]).merging(own) { $1 }
  }

  private func problem(_ sentence: String, line: Int?) -> NovaError {
    NovaError(.misconfigured, "\(place(line)): \(sentence)")
  }
}

extension Node {
  /// `key:` and `key: null`, which stand for an absent key.
  fileprivate var isNothing: Bool {
    guard let scalar, scalar.style == .any || scalar.style == .plain else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
  }
}

extension YamlError {
  // Yams' own description repeats the line of the file, on which a password may stand.
  fileprivate var sentence: String {
    switch self {
    case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _):
      problem
    case .duplicatedKeysInMapping(let keys, _): "twice in one table: " + keys.sorted().joined(separator: ", ")
    default: "it is not YAML"
    }
  }

  fileprivate var line: Int? {
    switch self {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
    case .duplicatedKeysInMapping(_, let context): context.mark.line
    default: nil
    }
  }
}
