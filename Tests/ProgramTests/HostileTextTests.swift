import Foundation
import NovaClient
import Pilot
import SandboxCloud
import Testing

/// Names and values that try to do something to the terminal: nothing but the program's own sequences reaches it, and
/// every column stands where it stands.
@Suite struct HostileTextTests {
  @Test func `the list is long, and each has its reason`() {
    #expect(HostileText.all.count >= 500)
    #expect(Set(HostileText.all.map(\.text.unicodeScalars).map(Array.init)).count >= 500)
    for text in HostileText.all { #expect(!text.reason.isEmpty) }
  }

  @Test(arguments: ["C.UTF-8", "C"]) func `as names`(_ locale: String) async throws {
    try await withCloud { cloud in
      for text in HostileText.all { await cloud.sandbox.create(text.text) }
      let browsed = try Browsed(cloud, locale, columns: 80, rows: 24)
      try await browsed.wait("all are read") { $0.text(row: 0).contains("\(HostileText.all.count) images") }
      for _ in 0..<(HostileText.all.count / 19) { try await browsed.turnPage() }
      try await browsed.end()
    }
  }

  @Test(arguments: ["C.UTF-8", "C"]) func `as keys and values, looked at and edited`(_ locale: String)
    async throws
  {
    try await withCloud { cloud in
      let texts = HostileText.all.filter { $0.text.unicodeScalars.count <= 255 }
      let count = 100
      for start in stride(from: 0, to: texts.count, by: count) {
        let id = await cloud.sandbox.create("image \(start)")
        for (number, text) in texts[start..<min(start + count, texts.count)].enumerated() {
          await cloud.sandbox.set("k\(100 + number)", to: text.text, on: id)
          if number % 4 == 0 { await cloud.sandbox.set("\(text.text)", to: "v", on: id) }
        }
      }
      let browsed = try Browsed(cloud, locale, columns: 100, rows: 40)
      try await browsed.wait("all are read") { $0.text(row: 0).contains(" images") && $0.cursor == (3, 1) }
      for _ in stride(from: 0, to: texts.count, by: count) {
        try await browsed.press("<Enter>", untilFooter: "Esc back")
        for _ in 0..<5 { try await browsed.turnPage() }
        try await browsed.press("<Esc>", untilFooter: "Enter open")
        try await browsed.press("e", untilFooter: "i edit")
        for _ in 0..<3 { try await browsed.turnPage() }
        try await browsed.press("<Esc>j", untilFooter: "Enter open")
      }
      try await browsed.end()
    }
  }

  @Test func `half a surrogate pair is shown as a replacement`() async throws {
    try await withCloud { cloud in
      let names = [
        #"\ud800"#, #"\udc00x"#, #"a\ud83d"#, #"\ude00\ud83d"#, #"\ud800\u0000"#, #"\uDBFF\uD800\uDC00"#,
      ]
      let images = names.enumerated().map { number, name in
        #"{"id": "00000000-0000-0000-0000-00000000000\#(number)", "status": "ACTIVE", "name": "n\#(name)", "metadata": {"v": "\#(name)"}}"#
      }
      let body = #"{"images": [\#(images.joined(separator: ", "))]}"#
      await cloud.sandbox.inject(
        .answer(HTTPResponse(200, headers: ["Content-Type": "application/json"], body: Data(body.utf8))),
        into: .path("/compute/v2.1/images/detail"))
      let browsed = try Browsed(cloud, "C.UTF-8", columns: 80, rows: 24)
      try await browsed.wait("they are there") { terminal in
        (3..<9).allSatisfy {
          terminal.text(row: $0).contains("\u{FFFD}") && terminal.text(row: $0).contains("ACTIVE")
        }
      }
      try await browsed.end()
    }
  }
}

/// A program that is looked at cell by cell and byte by byte.
private struct Browsed {
  private let novalens: PtyProgram
  private let frame: URL
  private let kind: TerminalKind
  private let rows: Int
  private let columns: Int

  init(_ cloud: ServedCloud, _ locale: String, columns: Int, rows: Int) throws {
    frame = cloud.workplace.home.appendingPathComponent("frame")
    kind = try TerminalKind("xterm-256color")
    self.rows = rows
    self.columns = columns
    novalens = try cloud.browse(
      environment: ["LC_ALL": locale, "LANG": "", "NOVALENS_FRAMES": frame.path], columns: columns, rows: rows
    )
  }

  func wait(_ what: String, _ condition: @escaping @Sendable (VirtualTerminal) -> Bool) async throws {
    try await novalens.waitForFrame(what, frame, kind, condition: condition)
  }

  func press(_ keys: String, untilFooter text: String) async throws {
    await novalens.send(keys)
    try await wait("the footer begins with “\(text)” after “\(keys)”") {
      $0.text(row: $0.rows - 1).hasPrefix(" " + text)
    }
  }

  /// Shows the next page, if there is one.
  func turnPage() async throws {
    await novalens.send("<C-f>")
    // What comes next is certainly behind the page: a redraw is answered whether anything has changed or not.
    let before = await novalens.bytesReceived
    await novalens.send("<C-l>")
    try await novalens.waitForBytes(after: before + rows * 10)
    try await wait("the next page") { _ in true }
  }

  func end() async throws {
    await novalens.send("<C-c>")
    _ = try await novalens.exitStatus()
    var grammar = OutputGrammar(rows: rows, columns: columns)
    grammar.read(await novalens.received)
    #expect(grammar.violations.prefix(5) == [])
  }
}
