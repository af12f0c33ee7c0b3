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

  @Test(arguments: ["C.UTF-8", "C", "Latin"]) func `as names`(_ locale: String) async throws {
    try await withCloud { cloud in
      for text in HostileText.all { await cloud.sandbox.create(text.text, status: .saving) }
      // What is made in the second in which the reading begins is told as new.
      await cloud.sandbox.advance(by: .seconds(2))
      var browsed = try Browsed(cloud, locale, columns: 80, rows: 24)
      let count = HostileText.all.count
      try await browsed.wait("all are read") { $0.text(row: 0).contains("\(count) images") }
      try await browsed.turnPages(count / 19)

      // In what is said when an upload has ended, and in the log of it.
      try await browsed.press("*", until: "\(count) marked")
      try await browsed.press("F", until: "Waiting for")
      for image in await cloud.sandbox.allImages { await cloud.sandbox.finish(image.id, size: 1) }
      let log = "Changes, last noticed first"
      try await browsed.press("<Esc>L", until: log)
      try await browsed.wait("all have ended") { $0.text(row: 1).hasSuffix(" of \(count)") }
      for _ in 0..<count / 20 {
        try await browsed.press("!", untilGone: log)
        try await browsed.press("<Esc>", until: log)
        try await browsed.turnPages(1)
      }
      try await browsed.press("<Esc>", untilFooter: "Enter open")

      // In the question before deleting, some at a time.
      try await browsed.press("g", untilFooter: "Enter open")
      for _ in 0..<count / 11 {
        try await browsed.press("v" + String(repeating: "j", count: 10) + "v", until: "11 marked")
        try await browsed.press("D", until: "Delete the 11 marked images")
        try await browsed.press("n", until: "Nothing was deleted")
        try await browsed.press("<Esc>j", untilFooter: "Enter open")
      }
      let (bells, requests) = try await browsed.end()
      // Each is said twice, as one terminal knows this and another that.
      #expect(bells > 0 && requests.count == 2 * bells)
      #expect(requests.allSatisfy { $0.hasPrefix("9;novalens: ") || $0.hasPrefix("777;notify;novalens;") })
    }
  }

  @Test(arguments: ["C.UTF-8", "C"]) func `pasted into a field`(_ locale: String) async throws {
    try await withCloud("amber") { cloud in
      let browsed = try Browsed(cloud, locale, columns: 80, rows: 24)
      try await browsed.wait("it is read") { $0.text(row: 0).contains("1 image ") }
      try await browsed.press("/", untilFooter: "Enter keep the filter")
      for text in HostileText.all {
        await browsed.paste(text.text)
        try await browsed.press("x", until: "x")
        try await browsed.press("<C-e><C-u>", until: "amber")
      }
      #expect(try await browsed.end() == (0, []))
    }
  }

  /// The detail and the JSON of the image under the cursor, so many pages of each, and into its editor.
  private static func lookThrough(_ browsed: inout Browsed, pages: Int) async throws {
    try await browsed.press("<Enter>", untilFooter: "Esc back")
    try await browsed.turnPages(pages)
    try await browsed.press("<Esc>", untilFooter: "Enter open")
    try await browsed.press("y", until: "\"id\"")
    try await browsed.turnPages(pages)
    try await browsed.press("<Esc>", untilFooter: "Enter open")
    try await browsed.press("e", untilFooter: "i edit")
  }

  @Test(arguments: ["C.UTF-8", "C"]) func `values without end, looked at and edited`(_ locale: String)
    async throws
  {
    try await withCloud { cloud in
      let texts = HostileText.all.filter { $0.text.unicodeScalars.count > 255 }
      let id = await cloud.sandbox.create("image")
      for (number, text) in texts.enumerated() {
        await cloud.sandbox.set("k\(100 + number)", to: text.text, on: id)
      }
      var browsed = try Browsed(cloud, locale, columns: 100, rows: 40)
      try await browsed.wait("it is read") { $0.text(row: 0).contains("1 image ") && $0.cursor == (3, 1) }
      try await Self.lookThrough(&browsed, pages: 40)
      for _ in texts {
        // Into the text, along it, and out of it again.
        try await browsed.press("i<C-a><Right><Right>", untilFooter: "Enter keep")
        try await browsed.press("<C-e>", untilFooter: "Enter keep")
        try await browsed.press("<Esc>j", untilFooter: "i edit")
      }
      try await browsed.press("g" + String(repeating: "dj", count: texts.count), until: "unsaved change")
      try await browsed.press("w", until: "will be")
      try await browsed.turnPages(40)
      try await browsed.press("<Esc>", untilFooter: "i edit")
      try await browsed.press("<Esc>", untilFooter: "Enter open")
      #expect(try await browsed.end() == (0, []))
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
      var browsed = try Browsed(cloud, locale, columns: 100, rows: 40)
      try await browsed.wait("all are read") { $0.text(row: 0).contains(" images") && $0.cursor == (3, 1) }
      for _ in stride(from: 0, to: texts.count, by: count) {
        try await Self.lookThrough(&browsed, pages: 5)
        try await browsed.turnPages(3)
        // Each of them deleted, as the review has it; the paths of the requests, too.
        try await browsed.press("g" + String(repeating: "dj", count: count * 5 / 4), until: "unsaved change")
        try await browsed.press("w", until: "will be")
        try await browsed.turnPages(8)
        try await browsed.press("<Esc>", untilFooter: "i edit")
        try await browsed.press("<Esc>j", untilFooter: "Enter open")
      }
      #expect(try await browsed.end() == (0, []))
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
      #expect(try await browsed.end() == (0, []))
    }
  }
}
