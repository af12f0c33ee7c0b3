import Foundation
import Pilot
import SandboxCloud
import Testing

/// A machine whose people have ISO 8859-1 or KOI8-R, which is neither ASCII nor UTF-8.
@Suite struct LatinTests {
  /// Makes a locale that Debian has only the description of, and gives the variables with which a program has it.
  static func makeLocale(
    _ language: String = "en_US", _ characterSet: String = "ISO-8859-1", in workplace: Workplace
  ) throws -> [String: String] {
    let name = "\(language).\(characterSet)"
    let folder = workplace.home.appending(path: "locales")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let localedef = Process()
    localedef.executableURL = URL(filePath: "/usr/bin/localedef")
    localedef.arguments = [
      "-i", language, "-f", characterSet, folder.appending(path: name).path,
    ]
    try localedef.run()
    localedef.waitUntilExit()
    try #require(localedef.terminationStatus == 0, "the package locales has the descriptions")
    return ["LOCPATH": folder.path, "LC_ALL": name, "LANG": ""]
  }

  @Test func `nothing is garbled, and what is typed is understood`() async throws {
    try await withCloud("amber", "grün", "日本", "\u{9B}31mred") { cloud in
      let locale = try Self.makeLocale(in: cloud.workplace)
      let frame = cloud.workplace.home.appendingPathComponent("frame")
      let novalens = try cloud.browse(environment: locale.merging(["NOVALENS_FRAMES": frame.path]) { $1 })
      let kind = try TerminalKind("xterm-256color")
      try await novalens.waitForFrame("replacements stand for what it has not", frame, kind) {
        $0.text.contains("4 images") && $0.text.contains(" gr?n ") && $0.text.contains(" ???? ")
      }
      // A byte is a letter here: the ü that its keyboard sends finds the one in the cloud.
      await novalens.send(bytes: Array("/gr".utf8) + [0xFC])
      try await novalens.waitForFrame("it is found", frame, kind) { $0.text.contains("1 shown") }
      await novalens.send("<Enter>e")
      try await novalens.waitForFrame("the editor is there", frame, kind) { $0.text.contains("editing") }
      let highest = await novalens.received.max()
      #expect(highest ?? 0x80 < 0x80)
    }
  }

  @Test func `a name says enough where the machine has no such locale`() async throws {
    try await withCloud("amber", "grün") { cloud in
      let novalens = try cloud.browse(environment: ["LC_ALL": "de_DE.ISO-8859-1", "LOCPATH": "/nowhere"])
      try await novalens.waitFor("2 images")
      await novalens.send(bytes: Array("/gr".utf8) + [0xFC])
      try await novalens.waitUntil("it is found") {
        $0.text.contains("1 shown") && $0.text.contains("Name gr? ")
      }
    }
  }

  @Test func `what is typed in KOI8-R is understood`() async throws {
    try await withCloud("amber", "гриб") { cloud in
      let locale = try Self.makeLocale("ru_RU", "KOI8-R", in: cloud.workplace)
      let novalens = try cloud.browse(environment: locale)
      try await novalens.waitFor("2 images")
      // г, р, typed and pasted.
      await novalens.send(bytes: Array("/".utf8) + [0xC7])
      try await novalens.waitFor("1 shown")
      await novalens.send(bytes: Array("\u{1B}[200~".utf8) + [0xD2] + Array("\u{1B}[201~".utf8))
      await novalens.send("<Enter>")
      try await novalens.waitUntil("both are in the filter") {
        $0.text.contains("1 shown") && $0.text.contains("Name ??  ")
      }
    }
  }
}
