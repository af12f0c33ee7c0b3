import BrowserModel
import Foundation
import NovaClient

extension FuzzTarget {
  /// A person's clouds.yaml, which a template or another program may have made.
  static let clouds = FuzzTarget("clouds") { bytes in
    let file = scratch(bytes)
    defer { unlink(file) }
    let source = CloudSource(environment: ["OS_CLIENT_CONFIG_FILE": file, "HOME": "/root"], directories: [])
    do {
      for name in try source.cloudNames().prefix(5) {
        _ = try source.configuration(cloud: name)
      }
    } catch {
      precondition(error is NovaError, "an error that no sentence is made for: \(error)")
    }
  }

  /// What lies in the state folder, which a crash or another version may have left: drafts, the journal, and the text
  /// that comes back from `$EDITOR`.
  static let drafts = FuzzTarget("drafts") { bytes in
    if let draft = try? JSONDecoder().decode(StoredDraft.self, from: Data(bytes)) {
      _ = draft.changeCount
      _ = draft.title
      _ = EditSession(draft.subjects, history: draft.history).rows
    }
    if let entry = try? JSONDecoder().decode(Journal.Entry.self, from: Data(bytes)) { _ = entry.hashValue }
    do {
      let wanted = try MetadataDocument.parse(String(decoding: bytes, as: UTF8.self), unchanged: ["a": "b"])
      if let wanted {
        let text = MetadataDocument.render(wanted, title: "t", message: nil)
        let again = try MetadataDocument.parse(text, unchanged: wanted)
        precondition(again == wanted || again == nil, "what is written is not what is read")
      }
    } catch {
      precondition(!"\(error)".isEmpty)
    }
  }

  /// A file in memory with some content.
  private static func scratch(_ bytes: [UInt8]) -> String {
    let path = "/dev/shm/novalens-fuzz-\(getpid())-\(UInt64.random(in: .min ... .max))"
    let isThere = FileManager.default.createFile(atPath: path, contents: Data(bytes))
    precondition(isThere, "no room for a file")
    return path
  }
}
