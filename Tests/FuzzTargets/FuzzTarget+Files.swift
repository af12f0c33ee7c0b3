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
    await expectJournalSound(bytes)
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

  /// Whether bytes are a draft, so that what the fuzzer begins with gets as far as it should.
  package static func isDraft(_ bytes: [UInt8]) -> Bool {
    (try? JSONDecoder().decode(StoredDraft.self, from: Data(bytes)))?.changeCount ?? 0 > 0
  }

  /// How many images the last save has, in a journal of these bytes.
  package static func lastSaveCount(_ bytes: [UInt8]) async -> Int {
    await withJournal(bytes) { await $0.lastSave(of: "1", cloud: "c", project: "p").count }
  }

  /// Whatever lies in the journal, a save that is added to it is found.
  private static func expectJournalSound(_ bytes: [UInt8]) async {
    let own =
      #"{"after":{},"before":{"a":"b"},"cloud":"c","image":"1","isDone":true,"keys":["a"],"name":"n","#
      + #""project":"p","save":"the last of all","time":"2026-11-28T03:00:00Z","user":"u"}"#
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    guard let entry = try? decoder.decode(Journal.Entry.self, from: Data(own.utf8)) else {
      preconditionFailure("a save is not understood")
    }
    await withJournal(bytes) { journal in
      _ = await journal.lastSave(of: "1", cloud: "c", project: "p")
      do { try await journal.append([entry]) } catch { preconditionFailure("no room for a save: \(error)") }
      let last = await journal.lastSave(of: "1", cloud: "c", project: "p")
      precondition(last.contains { $0.image == "1" && $0.save == entry.save }, "a save is lost")
    }
  }

  private static func withJournal<Result>(_ bytes: [UInt8], _ body: (Journal) async -> Result) async -> Result
  {
    let folder = StateFolder(path: scratchName())
    defer { try? FileManager.default.removeItem(atPath: folder.path) }
    do { try folder.folder("journal").create("saves.jsonl", with: Data(bytes)) } catch {
      preconditionFailure("no room for a journal: \(error)")
    }
    return await body(Journal(folder))
  }

  private static func scratchName() -> String {
    "/dev/shm/novalens-fuzz-\(getpid())-\(UInt64.random(in: .min ... .max))"
  }

  /// A file in memory with some content.
  private static func scratch(_ bytes: [UInt8]) -> String {
    let path = scratchName()
    let isThere = FileManager.default.createFile(atPath: path, contents: Data(bytes))
    precondition(isThere, "no room for a file")
    return path
  }
}
