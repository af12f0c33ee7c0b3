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

  @Test func `a pipe in a file's place is no file, and nobody waits for it`() throws {
    try state.make()
    #expect(mkfifo(state.file("draft"), 0o600) == 0)
    #expect(state.read("draft") == nil)
  }
}
