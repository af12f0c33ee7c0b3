package import Foundation

/// A home folder of its own, in which programs run that know nothing of the machine they are tested on.
package final class Workplace: Sendable {
  /// The folder; it is gone with the workplace.
  package let home: URL

  package init() throws {
    home = FileManager.default.temporaryDirectory.appendingPathComponent("novalens-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
  }

  deinit {
    do {
      try FileManager.default.removeItem(at: home)
    } catch {
      print("\(home.path) stays behind: \(error)")
    }
  }

  /// Starts the built `novalens` in the home folder, on a terminal of its own.
  ///
  /// - Parameters:
  ///   - program: the program to start; `novalens` unless told otherwise.
  ///   - environment: what is added to `HOME` and `TZ`; an empty value leaves one out.
  package func start(
    _ arguments: [String] = [], program: String = PtyProgram.built("novalens"),
    environment: [String: String] = [:], columns: Int = 80, rows: Int = 24
  ) throws -> PtyProgram {
    let variables = ["HOME": home.path, "TZ": "UTC"].merging(environment) { $1 }
    return try PtyProgram.start(
      program: program, arguments: arguments, environment: variables, workplace: self, columns: columns,
      rows: rows)
  }

  /// Writes a file below the home folder, making the folders on the way.
  package func write(_ text: String, to path: String) throws {
    let file = home.appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  /// All that programs have left below the home folder, by path.
  package func files() throws -> [String: String] {
    var files: [String: String] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: home.path) {
      let file = home.appendingPathComponent(path)
      guard try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else { continue }
      files[path] = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    }
    return files
  }

  /// Who may do what with a file below the home folder, as `chmod` writes it: 0o600.
  package func permissions(of path: String) throws -> Int? {
    let file = home.appendingPathComponent(path).path
    return try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
  }
}
