import BrowserModel
import BrowserRig
import Foundation
import NovaClient
import Testing

/// A person's browser on the cloud of the suite, driven by commands as keys would, with a clock that stands still.
@MainActor final class EditingDesk {
  let cloud: CloudUnderTest
  let browser: Browser
  private let account: CloudUnderTest.Account
  private let time = ManualTime()
  private let state: URL

  /// Sits down and waits until the whole list is there.
  init(_ account: CloudUnderTest.Account = .member) async throws {
    self.account = account
    cloud = try CloudUnderTest.here()
    state = FileManager.default.temporaryDirectory.appending(path: "novalens-\(UUID().uuidString)")
    let session = try cloud.session(account)
    let place = Place(cloud: "conformance")
    browser = Browser(
      client: ImagesClient(session), place: place, interval: .seconds(36_000), time: time,
      state: StateFolder(path: state.path), visibility: { try await session.visibility(of: $0) })
    browser.start { place }
    await browser.settled()
    try #require(browser.feed.connection == .live)
  }

  /// Gets up; nothing is left behind.
  func leave() throws {
    browser.stop()
    if FileManager.default.fileExists(atPath: state.path) { try FileManager.default.removeItem(at: state) }
  }

  func press(_ commands: Command...) async {
    for command in commands {
      _ = browser.perform(command)
      await browser.settled()
    }
  }

  /// Lets time pass, as a person does who reads.
  func think(_ seconds: TimeInterval) async {
    time.advance(by: seconds)
    await browser.settled()
  }

  /// Opens the editor on the images whose names contain a text.
  func edit(_ names: String, many: Bool = false) async throws {
    await press(.filterName, .type(.killToStart), .type(.insert(names)), .accept)
    if many { await press(.markAll) }
    await press(.edit)
    _ = try editor
  }

  var editor: MetadataEditor { get throws { try browser.openEditor } }
  var review: Review { get throws { try browser.openReview } }

  // MARK: Edits

  func go(to key: String) async throws {
    let row = try #require(try editor.session.rows.firstIndex { $0.key == key })
    await press(.move(.first))
    for _ in 0..<row { await press(.move(.down)) }
  }

  /// Adds an item, or changes the value of the one that is there.
  func set(_ key: String, to value: String) async throws {
    if try editor.session.rows.contains(where: { $0.key == key && $0.value != .absent }) {
      try await go(to: key)
      await press(.editValue, .type(.killToStart), .type(.insert(value)), .accept)
    } else {
      await press(.addKey, .type(.insert(key)), .accept, .type(.insert(value)), .accept)
    }
  }

  func rename(_ key: String, to other: String) async throws {
    try await go(to: key)
    await press(.renameKey, .type(.killToStart), .type(.insert(other)), .accept)
  }

  func delete(_ key: String) async throws {
    try await go(to: key)
    await press(.deleteKey)
  }

  /// Has an external editor put these lines in the place of all.
  func replace(with lines: String) async throws {
    browser.carryOut = { [browser] effect in
      guard case .editFile(let path) = effect else { return }
      do {
        try Data(lines.utf8).write(to: URL(filePath: path))
        browser.edited(problem: nil)
      } catch {
        browser.edited(problem: "\(error)")
      }
    }
    await press(.external)
  }

  // MARK: What comes of it

  /// What the service holds.
  func held(_ id: Image.ID) async throws -> [String: String] {
    try await cloud.client(.member).metadata(of: id).mapValues(MetadataRules.text)
  }

  /// Reviews and sends, and expects that the service then holds what the review has said, of all images.
  func save() async throws {
    await press(.review)
    let review = try review
    let promised = try review.items.map { ($0.id, try #require($0.merge).result) }
    await press(.accept)
    if promised.count > 1 {
      #expect(try self.review.failed.isEmpty)
      await press(.accept)
    }
    #expect(browser.overlay == nil, "\(browser.notice?.text ?? "")")
    for (id, result) in promised { #expect(try await held(id) == result) }
  }

  /// What was asked about metadata while a body ran: `PUT metadata/key`.
  func requests(_ body: () async throws -> Void) async throws -> [String] {
    let before = try cloud.requests(account).count
    try await body()
    return try cloud.requests(account).dropFirst(before).compactMap { request in
      guard let range = request.range(of: "/metadata"), let method = request.split(separator: " ").first
      else {
        return nil
      }
      return "\(method) metadata\(request[range.upperBound...])"
    }
  }
}
