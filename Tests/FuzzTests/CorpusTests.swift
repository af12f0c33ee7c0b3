import Foundation
import FuzzTargets
import Pilot
import Testing

/// The inputs that the fuzzer begins with, and those that it has found something with, on every run of the tests.
@Suite struct CorpusTests {
  /// Where the inputs lie, a folder for each target.
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Corpus")

  private static func inputs(_ target: String) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(
      at: folder.appending(path: target), includingPropertiesForKeys: nil
    ).sorted { $0.path < $1.path }
  }

  // That none takes more than a second is looked after where nothing else runs, by `make fuzz`.
  @Test(arguments: FuzzTarget.all.map(\.name)) func `each input is dealt with, whole and cut anywhere`(
    _ name: String
  ) async throws {
    let target = try #require(FuzzTarget.all.first { $0.name == name })
    let inputs = try Self.inputs(name)
    #expect(inputs.count >= 5)
    for input in inputs {
      let bytes = Array(try Data(contentsOf: input))
      await target.run(bytes)
      // Cut anywhere, it is as bad as a line that is cut.
      for count in stride(from: 0, to: min(bytes.count, 4096), by: 7) {
        await target.run(Array(bytes[..<count]))
      }
    }
  }

  @Test(arguments: FuzzTarget.all.map(\.name)) func `long inputs are dealt with as well`(_ name: String)
    async throws
  {
    let target = try #require(FuzzTarget.all.first { $0.name == name })
    for input in try Self.inputs(name) {
      let bytes = Array(try Data(contentsOf: input).prefix(2000))
      guard !bytes.isEmpty else { continue }
      await target.run(Array(repeatElement(bytes, count: 60_000 / bytes.count + 1).joined()))
    }
  }

  @Test func `the draft and the journal among the inputs are understood`() async throws {
    let folder = Self.folder.appending(path: "drafts")
    let draft = Array(try Data(contentsOf: folder.appending(path: "draft.json")))
    #expect(FuzzTarget.isDraft(draft))
    let journal = Array(try Data(contentsOf: folder.appending(path: "entry.json")))
    #expect(await FuzzTarget.lastSaveCount(journal) == 1)
  }

  @Test func `the answer of the image service among the inputs is understood`() async throws {
    let input = Self.folder.appending(path: "images/visibility.json")
    #expect(await FuzzTarget.visibility(Array(try Data(contentsOf: input))) == "shared")
  }

  @Test func `an input takes at most ten times its own length in memory`() async throws {
    // Answers of services, keys, pastes, names and the journal, in a program of its own, which sees all that is asked for.
    let program = try PtyProgram.start(program: PtyProgram.built("fuzz-memory"), columns: 100, rows: 60)
    #expect(try await program.exitStatus(timeout: .seconds(60)) == 0)
    let lines = await program.text.split(separator: "\n")
    #expect(lines.count == 32)
    for line in lines {
      let numbers = line.split(separator: " ").prefix(2).compactMap { Double($0) }
      try #require(numbers.count == 2, "\(line)")
      #expect(numbers[0] <= numbers[1], "\(line)")
    }
  }
}
