import BrowserModel
import Foundation
import Testing

/// The folder for what outlives a run, on a machine that others use as well.
@Suite final class StateFolderTests {
  private let parent = FileManager.default.temporaryDirectory.appending(path: "novalens-\(UUID().uuidString)")
    .path
  private var state: StateFolder { StateFolder(path: "\(parent)/novalens") }

  deinit { try? FileManager.default.removeItem(atPath: parent) }

  private func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  private func set(_ mode: Int, _ path: String) throws {
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
  }

  @Test(arguments: [0o777, 0o755, 0o500]) func `what others could read is mended`(_ found: Int) throws {
    try state.create("draft", with: Data("text".utf8))
    try set(0o644, state.file("draft"))
    try set(found, state.path)
    #expect(state.read("draft") == Data("text".utf8))
    #expect(try mode(state.file("draft")) == 0o600)
    try state.make()
    #expect(try mode(state.path) == 0o700)
  }

  @Test func `links are followed neither to a file nor to a folder`() throws {
    let elsewhere = StateFolder(path: "\(parent)/elsewhere")
    try elsewhere.create("file", with: Data("others".utf8))
    try state.make()
    try FileManager.default.createSymbolicLink(
      atPath: state.file("file"), withDestinationPath: elsewhere.file("file"))
    #expect(state.read("file") == nil)
    #expect(throws: StateFault.self) { try state.append(Data("x".utf8), to: "file") }
    try FileManager.default.createSymbolicLink(
      atPath: state.file("drafts"), withDestinationPath: elsewhere.path)
    let drafts = state.folder("drafts")
    #expect(drafts.names.isEmpty && drafts.read("file") == nil)
    #expect(throws: StateFault.self) { try drafts.create("new", with: Data()) }
    #expect(elsewhere.read("file") == Data("others".utf8))
  }

  @Test func `the folder itself is no link, but those above it may be`() throws {
    let elsewhere = "\(parent)/elsewhere"
    try FileManager.default.createDirectory(atPath: elsewhere, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: state.path, withDestinationPath: elsewhere)
    for folder in [state, state.folder("drafts"), state.folder("drafts").folder("texts")] {
      let fault = #expect(throws: StateFault.self) { try folder.create("new", with: Data()) }
      #expect(fault?.description == "\(state.path): is a link, and a folder is needed in its place")
      #expect(throws: StateFault.self) { try folder.append(Data(), to: "new") }
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: elsewhere).isEmpty)
    try FileManager.default.createDirectory(atPath: "\(elsewhere)/drafts", withIntermediateDirectories: true)
    try Data("others".utf8).write(to: URL(filePath: "\(elsewhere)/drafts/old"))
    #expect(state.folder("drafts").names.isEmpty && state.folder("drafts").read("old") == nil)

    let above = "\(parent)/above"
    try FileManager.default.createSymbolicLink(atPath: above, withDestinationPath: elsewhere)
    let behind = StateFolder(path: "\(above)/novalens").folder("drafts")
    try behind.create("new", with: Data("text".utf8))
    #expect(behind.read("new") == Data("text".utf8))
  }

  @Test func `a folder of another user is not used`() throws {
    try FileManager.default.createDirectory(atPath: state.path, withIntermediateDirectories: true)
    // Only root can give one away.
    guard chown(state.path, 12345, 12345) == 0 else { return }
    let fault = #expect(throws: StateFault.self) { try state.folder("drafts").create("new", with: Data()) }
    #expect(fault?.description == "\(state.path): belongs to another user")
    #expect(try FileManager.default.contentsOfDirectory(atPath: state.path).isEmpty)
  }

  @Test func `a pipe in a file's place is no file, and nobody waits for it`() throws {
    try state.make()
    #expect(mkfifo(state.file("draft"), 0o600) == 0)
    #expect(state.read("draft") == nil)
  }
}
