import Foundation
import NovaClient
import Pilot
import SandboxCloud
import Testing

/// From the command line, the variables and clouds.yaml to the first image, or to a sentence that says why not.
@Suite(.serialized) struct StartingTests {
  private func expect(
    _ arguments: [String], in workplace: Workplace, ends status: Int32,
    saying words: String..., sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let novalens = try workplace.start(arguments, columns: 200, rows: 60)
    #expect(try await novalens.exitStatus() == status, sourceLocation: sourceLocation)
    let text = await novalens.text
    for words in words { #expect(text.contains(words), sourceLocation: sourceLocation) }
    #expect(await novalens.modes == novalens.firstModes, sourceLocation: sourceLocation)
    await novalens.look { #expect(!$0.isAlternateScreen, sourceLocation: sourceLocation) }
  }

  @Test func `with nothing configured it says in three lines what to do`() async throws {
    let novalens = try Workplace().start(columns: 200)
    #expect(try await novalens.exitStatus() == 2)
    let lines = await novalens.text.split(separator: "\n")
    #expect(lines.count == 3)
    for line in lines { #expect(line.hasPrefix("novalens: ")) }
    #expect(lines[1].contains("--os-cloud NAME") && lines[1].contains("OS_AUTH_URL"))
    #expect(lines[2].contains("novalens --demo"))
  }

  @Test func `what is wrong in clouds_yaml is said with file and name`() async throws {
    let workplace = try Workplace()
    let path = ".config/openstack/clouds.yaml"
    try workplace.write("clouds:\n  one: {auth: {auth_url: http://127.0.0.1:9}}\n  two: {}\n", to: path)
    let place = "clouds.yaml (~/\(path)"
    try await expect(["--os-cloud", "three"], in: workplace, ends: 2, saying: place, "three", "one, two")
    try await expect([], in: workplace, ends: 2, saying: place, "which cloud? There are one, two")
    try await expect(
      ["--os-cloud", "two"], in: workplace, ends: 2, saying: place, "cloud \"two\"", "username")
    try workplace.write("clouds:\n  one: [\n", to: path)
    try await expect(["--os-cloud", "one"], in: workplace, ends: 2, saying: place, "line 3")
  }

  @Test func `version, help and mistakes on the command line`() async throws {
    let workplace = try Workplace()
    try await expect(["--version"], in: workplace, ends: 0, saying: "0.1.0")
    try await expect(["--help"], in: workplace, ends: 0, saying: "--os-cloud <name>", "--demo", "--read-only")
    try await expect(["sandbox", "--help"], in: workplace, ends: 0, saying: "--port <number>")
    try await expect(["--demmo"], in: workplace, ends: 64, saying: "--demmo", "--demo")
    try await expect(["--demo", "--os-cloud", "lab"], in: workplace, ends: 64, saying: "Choose one of")
    try await expect(
      ["--demo", "--insecure"], in: workplace, ends: 64, saying: "--insecure says nothing to --demo")
    try await expect(
      ["--endpoint", "http://127.0.0.1:9", "--os-region-name", "x"], in: workplace, ends: 64,
      saying: "--os-region-name says nothing to --endpoint")
    try await expect(["--demo", "--interval", "0s"], in: workplace, ends: 64, saying: "--interval")
    try await expect(["--endpoint", "nova.example"], in: workplace, ends: 64, saying: "http://")
    try await expect(
      ["--endpoint", "https://127.0.0.1:9/v2.1", "--os-cacert", "no.pem"], in: workplace, ends: 2,
      saying: "--os-cacert: no.pem: No such file")
    try await expect(["--demo", "--log-file", "no/log"], in: workplace, ends: 1, saying: "log file no/log")
  }

  @Test func `a pipe is no terminal`() async throws {
    let workplace = try Workplace()
    let novalens = try workplace.start(
      ["-c", #""$0" --demo </dev/null"#, PtyProgram.built("novalens")], program: "/bin/sh")
    #expect(try await novalens.exitStatus() == 1)
    #expect(await novalens.text.hasPrefix("novalens: standard input and output must be a terminal"))
  }

  @Test func `the variables alone lead to a cloud`() async throws {
    try await withCloud("amber") { cloud in
      let novalens = try cloud.browse()
      try await novalens.waitUntil("the image is shown") { $0.text(row: 3).hasPrefix(" ▌ amber") }
      try await novalens.waitFor("RegionOne · demo")
    }
  }

  @Test func `a missing password is asked for and not shown`() async throws {
    try await withCloud("amber") { cloud in
      try cloud.workplace.write(cloud.cloudsFile(password: nil), to: ".config/openstack/clouds.yaml")
      let novalens = try cloud.workplace.start(["--os-cloud", "sandbox"])
      try await novalens.waitFor("Password for sandbox:")
      let isShowing = await novalens.modes.isCooked
      #expect(!isShowing)
      await novalens.send("demo-secret\r")
      try await novalens.waitFor("1 image ")
      #expect(!String(decoding: await novalens.received, as: UTF8.self).contains("secret"))
      await novalens.send("q")
      #expect(try await novalens.exitStatus() == 0)
      #expect(await novalens.modes == novalens.firstModes)
    }
  }

  @Test func `a password that is refused is asked for again, three times in all`() async throws {
    try await withCloud("amber") { cloud in
      try cloud.workplace.write(cloud.cloudsFile(password: nil), to: "clouds.yaml")
      let novalens = try cloud.workplace.start(["--os-cloud", "sandbox"], columns: 120)
      try await novalens.waitFor("Password for sandbox:")
      await novalens.send("mistyped\r")
      try await novalens.waitUntil("it is asked for again") {
        $0.text.contains("user name, password, domain or project is wrong")
          && $0.text.components(separatedBy: "Password for sandbox:").count == 3
      }
      await novalens.send("demo-secret\r")
      try await novalens.waitFor("1 image ")

      let stranger = try cloud.workplace.start(["--os-cloud", "sandbox"], columns: 120)
      for count in 2...4 {
        try await stranger.waitUntil("it is asked for") {
          $0.text.components(separatedBy: "Password for sandbox:").count == count
        }
        await stranger.send("guessed\r")
      }
      #expect(try await stranger.exitStatus() == 1)
      #expect(await stranger.modes == stranger.firstModes)
    }
  }

  @Test func `what clouds_yaml asks for and is not there is said with file and name`() async throws {
    try await withCloud("amber") { cloud in
      let lines = cloud.cloudsFile().replacing("RegionOne", with: "Nowhere")
      try cloud.workplace.write(lines, to: "clouds.yaml")
      let novalens = try cloud.workplace.start(["--os-cloud", "sandbox"], columns: 200)
      try await novalens.waitFor("✗ not configured")
      await novalens.send("!")
      try await novalens.waitFor(
        "clouds.yaml (./clouds.yaml, line 3): cloud \"sandbox\": no public compute endpoint in region Nowhere"
      )
      try cloud.workplace.write(lines + "\n    cacert: no.pem\n", to: "clouds.yaml")
      try await expect(
        ["--os-cloud", "sandbox"], in: cloud.workplace, ends: 2,
        saying: "clouds.yaml (./clouds.yaml, line 3): cloud \"sandbox\": cacert: no.pem: No such file")
    }
  }

  @Test func `a port that is taken is said in words`() async throws {
    try await withCloud("amber") { cloud in
      let port = try #require(URL(string: cloud.address.authURL)?.port)
      try await expect(
        ["sandbox", "--port", "\(port)"], in: cloud.workplace, ends: 1,
        saying: "cannot listen on 127.0.0.1:\(port): another program listens there")
    }
  }

  @Test(
    arguments: [("<C-c>", -SIGINT), ("<C-d>", 2), ("<Enter>", 2), ("SIGTERM", -SIGTERM)] as [(String, Int32)])
  func `who gives no password gets the terminal back`(_ answer: String, _ status: Int32) async throws {
    try await withCloud("amber") { cloud in
      try cloud.workplace.write(cloud.cloudsFile(password: nil), to: "clouds.yaml")
      let novalens = try cloud.workplace.start(["--os-cloud", "sandbox"])
      try await novalens.waitFor("Password for sandbox:")
      if answer == "SIGTERM" { await novalens.signal(SIGTERM) } else { await novalens.send(answer) }
      let ended = try await novalens.exitStatus()
      #expect(ended == status)
      #expect(await novalens.modes == novalens.firstModes)
      #expect(await cloud.sandbox.requests.isEmpty)
    }
  }

  @Test func `a wrong password is said, and a corrected file counts without a restart`() async throws {
    try await withCloud("amber") { cloud in
      try cloud.workplace.write(cloud.cloudsFile(password: "wrong"), to: "clouds.yaml")
      let novalens = try cloud.workplace.start([])
      try await novalens.waitFor("✗ not signed in")
      try cloud.workplace.write(cloud.cloudsFile(), to: "clouds.yaml")
      await novalens.send("r")
      try await novalens.waitUntil("the image is shown") {
        $0.text(row: 0).contains("● live") && $0.text(row: 3).hasPrefix(" ▌ amber")
      }
    }
  }

  @Test func `an endpoint needs no Keystone, only a token`() async throws {
    try await withCloud("amber") { cloud in
      let asked = HTTPRequest(
        .post, cloud.address.authURL + "/auth/tokens", headers: ["Content-Type": "application/json"],
        body: Data(
          #"""
          {"auth": {"identity": {"methods": ["password"], "password": {"user": {"name": "demo",
          "password": "demo-secret", "domain": {"name": "Default"}}}},
          "scope": {"project": {"name": "demo", "domain": {"name": "Default"}}}}}
          """#.utf8))
      let token = try #require(await cloud.sandbox.respond(to: asked).headers["X-Subject-Token"])
      let endpoint = ["--endpoint", cloud.address.computeURL]
      let novalens = try cloud.workplace.start(endpoint, environment: ["OS_TOKEN": token])
      try await novalens.waitUntil("the image is shown") { $0.text(row: 3).hasPrefix(" ▌ amber") }
      for request in await cloud.sandbox.requests { #expect(request.hasPrefix("GET /compute/v2.1/images")) }

      let stranger = try cloud.workplace.start(endpoint)
      try await stranger.waitFor("✗ not signed in")
      await stranger.look { #expect(!$0.text.contains("amber")) }
    }
  }

  @Test func `the served sandbox says how to connect, and both ways work`() async throws {
    let workplace = try Workplace()
    let sandbox = try workplace.start(
      ["sandbox", "--port", "0", "--images", "12", "--still"], columns: 120, rows: 40)
    try await sandbox.waitFor("nothing is kept.")
    let lines = await sandbox.text.split(separator: "\n")

    let exports = lines.filter { $0.hasPrefix("  export ") }.joined(separator: "\n")
    let byVariables = try workplace.start(
      ["-c", "\(exports)\nexec \"$0\"", PtyProgram.built("novalens")], program: "/bin/sh")
    try await byVariables.waitFor("12 images")

    let start = try #require(lines.firstIndex { $0 == "  clouds:" })
    let file = lines[start...].prefix { $0.hasPrefix("  ") }.map { $0.dropFirst(2) }
    try workplace.write(file.joined(separator: "\n"), to: ".config/openstack/clouds.yaml")
    let byFile = try workplace.start(["--os-cloud", "sandbox"])
    try await byFile.waitFor("12 images")
    await byFile.look { #expect($0.text(row: 0).contains("sandbox · RegionOne")) }

    await sandbox.send("<C-c>")
    #expect(try await sandbox.exitStatus() == -SIGINT)
    try await byFile.waitFor("✗ unreachable")
  }
}
