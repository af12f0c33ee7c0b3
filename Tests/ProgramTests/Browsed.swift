import Foundation
import Pilot
import Testing

/// A program that is looked at cell by cell after each key, and byte by byte in the end.
struct Browsed {
  private let novalens: PtyProgram
  private let frame: URL
  private let kind: TerminalKind
  private let rows: Int
  private let isASCII: Bool
  private var redraws = 0

  /// - Parameter locale: `C.UTF-8`, `C`, or `Latin`, for which one is made.
  init(_ cloud: ServedCloud, _ locale: String, columns: Int, rows: Int) throws {
    frame = cloud.workplace.home.appendingPathComponent("frame")
    kind = try TerminalKind("xterm-256color")
    self.rows = rows
    isASCII = locale != "C.UTF-8"
    let variables =
      locale == "Latin" ? try LatinTests.makeLocale(in: cloud.workplace) : ["LC_ALL": locale, "LANG": ""]
    novalens = try cloud.browse(
      environment: variables.merging(["NOVALENS_FRAMES": frame.path]) { $1 }, columns: columns, rows: rows)
  }

  func wait(_ what: String, _ condition: @escaping @Sendable (VirtualTerminal) -> Bool) async throws {
    try await novalens.waitForFrame(what, frame, kind, condition: condition)
  }

  func press(_ keys: String, until text: String) async throws {
    await novalens.send(keys)
    try await wait("“\(text)” is shown after “\(keys)”") { $0.text.contains(text) }
  }

  func press(_ keys: String, untilGone text: String) async throws {
    await novalens.send(keys)
    try await wait("“\(text)” is not shown any more after “\(keys)”") { !$0.text.contains(text) }
  }

  /// The last line says which keys work, and so where one is.
  func press(_ keys: String, untilFooter text: String) async throws {
    await novalens.send(keys)
    try await wait("the footer begins with “\(text)” after “\(keys)”") {
      $0.text(row: $0.rows - 1).hasPrefix(" " + text)
    }
  }

  /// Sends a text as a terminal sends what is pasted.
  func paste(_ text: String) async {
    await novalens.send(bytes: Array("\u{1B}[200~\(text)\u{1B}[201~".utf8))
  }

  /// Shows the next pages, if there are any.
  mutating func turnPages(_ count: Int) async throws {
    for _ in 0..<count {
      await novalens.send("<C-f>")
      // What comes next is certainly behind the page: a redraw is answered whether anything has changed or not.
      let before = await novalens.bytesReceived
      await novalens.send("<C-l>")
      redraws += 1
      try await novalens.waitForBytes(after: before + rows * 10)
      try await wait("the next page") { _ in true }
    }
  }

  /// Ends the program; all that it has sent was its own.
  ///
  /// - Returns: how often the bell was rung, and what else the terminal was asked for beside the picture.
  func end() async throws -> (bells: Int, requests: [String]) {
    await novalens.send("<C-c>")
    try await novalens.waitUntil("it ends, or asks") {
      !$0.isAlternateScreen || $0.text.contains("Leave with unsaved edits?")
    }
    await novalens.send("<C-c>")
    _ = try await novalens.exitStatus()
    // A terminal of 8 bits takes parts of UTF-8 for commands.
    if isASCII { #expect(await novalens.received.allSatisfy { $0 < 0x80 }) }
    return await expectOwnOutput(novalens, redraws: redraws)
  }
}
