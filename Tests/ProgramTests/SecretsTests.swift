import Foundation
import NovaClient
import Pilot
import SandboxCloud
import Testing

/// What must stay inside the program, and what must not leave it.
@Suite(.serialized) struct SecretsTests {
  /// Presses every key that does something to a list, a detail, a page, a form or a question, and leaves.
  private func pressEverything(_ novalens: PtyProgram) async throws {
    let printable = (33...126).map { String(UnicodeScalar(UInt8($0))) }.map { $0 == "<" ? "<lt>" : $0 }
    let named = [
      "Enter", "Tab", "Space", "Up", "Down", "Left", "Right", "Home", "End", "PgUp", "PgDn", "Del", "BS",
    ]
    let controls = "abdefghijklmnoprstuvwxy".map { "C-\($0)" }
    // `q` leaves; Ctrl-C and Ctrl-Z do in other tests what they do.
    let keys = printable.filter { $0 != "q" } + (named + controls + ["F1", "F5"]).map { "<\($0)>" }
    for opening in ["", "<Enter>", "f", "?", "D", "E", "e"] {
      for key in keys { await novalens.send("\(opening)\(key)y<Esc><Esc><Esc>") }
    }
    await novalens.send("0")
    // All of that has been dealt with when a key behind it has.
    await novalens.send("@")
    try await novalens.waitUntil("the keys have been answered", timeout: .seconds(60)) {
      $0.text(row: 1).contains("Requests, newest first")
    }
  }

  @Test func `no key sends a write in a read-only session`() async throws {
    try await withCloud(settings: SandboxSettings(imageCount: 30)) { cloud in
      // An editor that changes nothing and leaves at once.
      let novalens = try cloud.browse("--read-only", environment: ["EDITOR": "true", "VISUAL": "true"])
      try await novalens.waitFor("30 images")
      await novalens.look { #expect($0.text(row: 0).contains("read-only")) }
      try await pressEverything(novalens)
      #expect(await cloud.writes == 0)

      // The same cloud, the same person: without the option a delete arrives.
      let writer = try cloud.browse()
      try await writer.waitFor("30 images")
      await writer.send("/=\(try await deletable(cloud))<Enter>")
      try await writer.waitFor("1 shown")
      await writer.send("D")
      try await writer.waitFor("Delete this image?")
      await writer.resize(columns: 100, rows: 24)
      try await writer.waitFor(String(repeating: "─", count: 100))
      await writer.send("y")
      try await writer.waitFor("Deleted ")
      #expect(await cloud.writes == 1)
    }
  }

  private func deletable(_ cloud: ServedCloud) async throws -> String {
    await cloud.sandbox.create("mine")
    return "mine"
  }

  @Test func `token and password are nowhere to be seen`() async throws {
    try await withCloud("amber", "birch") { cloud in
      let variables = cloud.variables.merging(["OS_PASSWORD": ""]) { $1 }
      try cloud.workplace.write(cloud.cloudsFile(password: nil), to: "clouds.yaml")
      let novalens = try cloud.workplace.start(
        ["--os-cloud", "sandbox", "--log-file", "requests.log"],
        environment: variables.filter { $0.key == "OS_PASSWORD" }, columns: 200, rows: 60)
      try await novalens.waitFor("Password for sandbox:")
      await novalens.send("demo-secret\r")
      try await novalens.waitFor("2 images")
      await novalens.send("y")
      try await novalens.waitFor(#""name" : "amber""#)
      await novalens.send("q@")
      try await novalens.waitFor("/identity/v3/auth/tokens")
      let process = novalens.processID
      let arguments = try Data(contentsOf: URL(filePath: "/proc/\(process)/cmdline"))
      await novalens.send("qq")
      #expect(try await novalens.exitStatus() == 0)

      let tokens = Set(await cloud.sandbox.received.compactMap { $0.headers["X-Auth-Token"] })
      #expect(!tokens.isEmpty)
      let sent = await novalens.received
      var places = try cloud.workplace.files()
      #expect(places["requests.log"]?.contains("GET 127.0.0.1") == true)
      places["the screen"] = String(decoding: sent, as: UTF8.self)
      places["the command line"] = String(decoding: arguments, as: UTF8.self)
      for (place, text) in places {
        for secret in tokens.union(["demo-secret"]) {
          #expect(!text.contains(secret), "\(place) gives it away")
        }
      }
    }
  }

  @Test func `files are for nobody else's eyes`() async throws {
    let workplace = try Workplace()
    try workplace.write("from before\n", to: "requests.log")
    let novalens = try workplace.start(["--demo", "--log-file", "requests.log"])
    try await novalens.waitFor(" images")
    await novalens.send("q")
    #expect(try await novalens.exitStatus() == 0)
    #expect(try workplace.permissions(of: "requests.log") == 0o600)
    #expect(try workplace.files()["requests.log"]?.hasPrefix("from before\n") == true)
    #expect(try workplace.permissions(of: ".local/state/novalens") == 0o700)
    #expect(try workplace.permissions(of: ".local/state/novalens/stderr.log") == 0o600)
  }

  @Test(arguments: ["0", "777"]) func `what is kept is for nobody else's eyes, whatever the umask says`(
    _ umask: String
  ) async throws {
    try await withImage { image in
      let novalens = try image.cloud.workplace.start(
        ["-c", #"umask \#(umask); exec "$0""#, PtyProgram.built("novalens")], program: "/bin/sh",
        environment: image.cloud.variables)
      try await novalens.waitFor("1 image ")
      await novalens.send("ed<Down>")
      try await novalens.waitFor("1 unsaved change")
      await novalens.send("<Down>dw")
      try await novalens.waitFor("Will send")
      await novalens.send("<Enter>")
      try await novalens.waitFor("Saved 2 changes")
      await novalens.send("ed<Esc>")
      try await novalens.waitFor("1 unsaved change is kept")
      await novalens.send("<C-c>")
      try await novalens.waitFor("Leave with unsaved edits?")
      await novalens.send("<C-c>")
      #expect(try await novalens.exitStatus() == 0)

      let folder = image.cloud.workplace.home.appending(path: ".local/state/novalens").path
      let below = try FileManager.default.subpathsOfDirectory(atPath: folder)
      #expect(below.contains { $0.hasSuffix(".draft") } && below.contains { $0.hasPrefix("journal/") })
      for path in [""] + below {
        let place = ".local/state/novalens/\(path)"
        var isFolder: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: "\(folder)/\(path)", isDirectory: &isFolder)
        #expect(
          try image.cloud.workplace.permissions(of: place) == (isFolder.boolValue ? 0o700 : 0o600), "\(path)")
      }
    }
  }

  @Test func `what is wrong with how the connection is kept safe is on the screen`() async throws {
    try await withImage { image in
      let file = image.cloud.cloudsFile().replacing(
        "    region_name", with: "    verify: false\n    region_name")
      try image.cloud.workplace.write(file, to: "clouds.yaml")
      let novalens = try image.cloud.workplace.start([])
      try await novalens.waitFor("Certificates are not checked")
    }
  }
}
