import Pilot
import SandboxCloud
import Testing

/// Terminals with less: no colours, no Unicode, few capabilities, or none.
@Suite(.serialized) struct TerminalKindsTests {
  @Test(arguments: ["NO_COLOR", "--no-color", "vt100"])
  func `without colours nothing is coloured, and the cursor's row stands out`(_ way: String) async throws {
    try await withCloud("amber", "birch") { cloud in
      let environment = ["NO_COLOR": ["NO_COLOR": "1"], "vt100": ["TERM": "vt100"]][way] ?? [:]
      let novalens = try cloud.browse(way.hasPrefix("--") ? way : nil, environment: environment)
      try await novalens.waitUntil("the cursor's row stands out") {
        $0.text.contains("2 images") && $0.cell(row: 3, column: 5).isReversed
      }
      await novalens.look { terminal in
        for row in 0..<24 {
          for column in 0..<80 {
            let cell = terminal.cell(row: row, column: column)
            #expect(cell.foreground == nil && cell.background == nil)
          }
        }
      }
    }
  }

  @Test func `with colours a status has one`() async throws {
    try await withCloud { cloud in
      await cloud.sandbox.create("amber", status: .queued)
      let novalens = try cloud.browse()
      try await novalens.waitUntil("SAVING has its colour") { terminal in
        terminal.text.contains("SAVING")
          && (0..<80).contains { terminal.cell(row: 3, column: $0).foreground != nil }
      }
    }
  }

  @Test(arguments: [["--ascii"], ["LC_ALL"]])
  func `without Unicode only ASCII is sent`(_ way: [String]) async throws {
    try await withCloud("amber", "grün", "日本") { cloud in
      let environment = way == ["LC_ALL"] ? ["LC_ALL": "C", "LANG": ""] : [:]
      let novalens = try cloud.browse(way == ["--ascii"] ? "--ascii" : nil, environment: environment)
      try await novalens.waitFor("3 images")
      await novalens.send("f")
      try await novalens.waitFor("Min disk")
      await novalens.send("<Esc>?")
      try await novalens.waitFor("filter by name while typing")
      await novalens.send("q<Enter>")
      try await novalens.waitFor("Metadata (")
      await novalens.send("<Esc>D")
      try await novalens.waitFor("Delete this image?")
      let highest = await novalens.received.max()
      #expect(highest ?? 0x80 < 0x80)
    }
  }

  @Test(arguments: [
    "xterm", "vt100", "vt220", "linux", "screen", "tmux-256color", "rxvt-unicode", "alacritty",
  ])
  func `a terminal that can place its cursor is enough`(_ term: String) async throws {
    try await withCloud("amber", "birch") { cloud in
      let novalens = try cloud.browse(environment: ["TERM": term])
      try await novalens.waitFor("2 images")
      await novalens.send("<Down>")
      try await novalens.waitUntil("the cursor has moved") { $0.text(row: 4).hasPrefix(" ▌ birch") }
      await novalens.send("/bi<Enter>")
      try await novalens.waitFor("1 shown")
      await novalens.send("q")
      #expect(try await novalens.exitStatus() == 0)
      #expect(await novalens.modes == novalens.firstModes)
    }
  }

  @Test(arguments: [
    ("dumb", "TERM=dumb", "try TERM=xterm-256color"),
    ("nonsense", "TERM=nonsense", "try TERM=xterm-256color"),
    ("", "TERM is not set", "try TERM=xterm-256color"),
  ])
  func `a terminal that cannot is refused in one line`(_ term: String, _ words: String, _ help: String)
    async throws
  {
    // Before anything is asked: this cloud wants a password, and no one answers there.
    let workplace = try Workplace()
    try workplace.write(
      "clouds: {far: {auth: {auth_url: 'http://127.0.0.1:1/v3', username: u, project_name: p}}}",
      to: ".config/openstack/clouds.yaml")
    let novalens = try workplace.start(["--os-cloud", "far"], environment: ["TERM": term])
    #expect(try await novalens.exitStatus() == 1)
    let text = await novalens.text.split(separator: "\n")
    #expect(text.count == 1)
    #expect(text.first?.hasPrefix("novalens: ") == true && text.first?.contains(words) == true)
    #expect(text.first?.hasSuffix(help) == true)
    #expect(await novalens.modes == novalens.firstModes)
  }
}
