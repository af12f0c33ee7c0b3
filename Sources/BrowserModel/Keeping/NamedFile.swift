import Foundation

/// A file that a person names.
enum NamedFile {
  /// Far more than the metadata of an image can be: 128 items of twice 255 characters.
  private static let largest = 1 << 20

  /// - Throws: why it cannot be read, as a sentence.
  static func read(_ path: String) throws -> String {
    let path = (path.trimmingCharacters(in: .whitespaces) as NSString).expandingTildeInPath
    guard !path.isEmpty else { throw Refusal(description: "type the path of a file (YAML or JSON)") }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw StateFault(path, errno) }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw Refusal(description: "\(path) is no file")
    }
    guard status.st_size <= largest else { throw Refusal(description: "\(path) is too large for metadata") }
    guard let text = String(data: try handle.readToEnd() ?? Data(), encoding: .utf8) else {
      throw Refusal(description: "\(path) is no text (UTF-8)")
    }
    return text
  }

  /// The paths that begin with a text, folders with a slash behind them, in order.
  static func completions(of path: String) -> [String] {
    let cut = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    let folder = path[..<cut].isEmpty ? "." : (String(path[..<cut]) as NSString).expandingTildeInPath
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return [] }
    let prefix = path[cut...]
    return names.sorted().filter { $0.hasPrefix(prefix) && (!$0.hasPrefix(".") || !prefix.isEmpty) }.map {
      name in
      var status = stat()
      let isFolder = stat("\(folder)/\(name)", &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
      return path[..<cut] + name + (isFolder ? "/" : "")
    }
  }

  private struct Refusal: Error, CustomStringConvertible {
    let description: String
  }
}
