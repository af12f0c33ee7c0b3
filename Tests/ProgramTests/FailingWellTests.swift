import Foundation
import NovaClient
import Pilot
import SandboxCloud
import Testing

/// What goes wrong between the program and a cloud, as a person sees it: it is said in the header, the old rows stay,
/// keys are answered, and when it is over all is as before. The lines are those of the table in Tests/README.md.
@Suite struct FailingWellTests {
  struct Trouble: Sendable, CustomTestStringConvertible {
    var name: String
    var fault: Fault
    var pattern = RequestPattern.compute
    /// What the header says.
    var word: String
    /// What `!` says of it.
    var reason: String
    var endsTokens = false
    /// What the log of requests has of the service's answer.
    var said: [String] = []

    var testDescription: String { name }
  }

  private static func refusal(_ status: Int, _ kind: String, _ message: String) -> Fault {
    .answer(
      HTTPResponse(
        status, headers: ["Content-Type": "application/json", "x-openstack-request-id": "req-4711"],
        body: Data("{\"\(kind)\": {\"code\": \(status), \"message\": \"\(message)\"}}".utf8)))
  }

  static let readings: [Trouble] = [
    Trouble(name: "reset", fault: .drop, word: "unreachable", reason: "closed the connection"),
    Trouble(name: "truncated", fault: .cut(afterBytes: 7), word: "nonsense answered", reason: "no sense"),
    Trouble(name: "no JSON", fault: .notJSON, word: "nonsense answered", reason: "no sense"),
    Trouble(
      name: "absurdly deep", fault: .nested(levels: 5000), word: "nonsense answered", reason: "no sense"),
    Trouble(name: "endless", fault: .endless, word: "nonsense answered", reason: "too large"),
    Trouble(name: "502", fault: .badGateway, word: "service in trouble", reason: "not available"),
    Trouble(name: "500", fault: .unexpected("Boom"), word: "service in trouble", reason: "failed"),
    Trouble(
      name: "403", fault: refusal(403, "forbidden", "Policy says no"), word: "not allowed",
      reason: "Policy says no"),
    Trouble(
      name: "429", fault: .tooManyRequests(retryAfter: 2), word: "asked to wait", reason: "left alone"),
    Trouble(
      name: "503 with Retry-After", fault: .unavailable(retryAfter: 2), word: "service in trouble",
      reason: "not available"),
    Trouble(
      name: "401 twice", fault: .unauthorized, pattern: .any, word: "not signed in",
      reason: "not signed in"),
  ]

  @Test(arguments: readings) func `a reading that fails`(_ trouble: Trouble) async throws {
    try await withCloud("amber", "birch") { cloud in
      let novalens = try cloud.browse("--interval=1s", columns: 100)
      try await novalens.waitFor("2 images")
      await cloud.sandbox.inject(trouble.fault, into: trouble.pattern, times: .max)
      try await novalens.waitUntil("the header says it", timeout: .seconds(90)) {
        $0.text(row: 0).contains("✗ \(trouble.word)")
      }
      try await novalens.waitUntil("the old rows stay") {
        $0.text(row: 3).contains("amber") && $0.text(row: 4).contains("birch")
      }
      await novalens.send("j")
      try await novalens.waitUntil("a key is answered") { $0.cursor == (4, 1) }
      await novalens.send("!")
      try await novalens.waitUntil("the reason is there, whole") {
        $0.pageText.contains(trouble.reason)
      }
      await novalens.send("<Esc>")
      await cloud.sandbox.removeFaults()
      await cloud.sandbox.create("cedar")
      await novalens.send("r")
      try await novalens.waitUntil("it is as before") {
        $0.text(row: 0).contains("● live") && $0.text(row: 5).contains("cedar")
      }
    }
  }

  @Test(arguments: [429, 503]) func `who is told when to come back says so and waits`(_ status: Int)
    async throws
  {
    try await withCloud("amber") { cloud in
      let novalens = try cloud.browse("--interval=1s", columns: 100)
      try await novalens.waitFor("1 image ")
      let fault: Fault =
        status == 429 ? .tooManyRequests(retryAfter: 3000) : .unavailable(retryAfter: 3000)
      await cloud.sandbox.inject(fault, into: .compute)
      try await novalens.waitUntil("the header says when") {
        $0.text(row: 0).contains("retry in 49m") || $0.text(row: 0).contains("retry in 50m")
      }
      await cloud.sandbox.forgetRequests()
      await novalens.send("?")
      try await novalens.waitFor("filter by name while typing")
      #expect(await cloud.sandbox.requests == [])
    }
  }

  /// What a service says of a token that it takes no more; the last two where another behind it does not.
  static let tokenRefusals: [Trouble] = [
    Trouble(name: "401", fault: .unauthorized, word: "401", reason: ""),
    Trouble(
      name: "403 that stands for it",
      fault: refusal(403, "forbidden", "HTTP 401 Unauthorized: This server could not verify …"), word: "403",
      reason: ""),
    Trouble(
      name: "500 that stands for it", fault: .unexpected("nova.exception.ImageNotAuthorized"), word: "500",
      reason: ""),
  ]

  @Test(arguments: tokenRefusals) func `a token that is refused is renewed in place, unseen`(
    _ refusal: Trouble
  ) async throws {
    try await withCloud("amber") { cloud in
      let novalens = try cloud.browse("--interval=1s")
      try await novalens.waitFor("1 image ")
      await cloud.sandbox.forgetRequests()
      await cloud.sandbox.inject(refusal.fault, into: .compute)
      await cloud.sandbox.create("birch")
      try await novalens.waitFor("2 images")
      #expect(await cloud.sandbox.requests.contains { $0.contains("/auth/tokens") })
      #expect(!String(decoding: await novalens.received, as: UTF8.self).contains("✗"))
    }
  }

  @Test func `while nothing is answered the age of the data counts up`() async throws {
    try await withCloud("amber") { cloud in
      let novalens = try cloud.browse("--interval=1s", columns: 100)
      try await novalens.waitFor("1 image ")
      await cloud.sandbox.inject(.hang, times: .max)
      try await novalens.waitFor("… waiting 3s")
      try await novalens.waitFor("… waiting 4s")
    }
  }

  @Test func `the JSON of an image is read again when the service is back`() async throws {
    try await withCloud("amber") { cloud in
      let novalens = try cloud.browse(columns: 100)
      try await novalens.waitFor("1 image ")
      await cloud.sandbox.inject(.unexpected("Boom"), into: .compute, times: .max)
      await novalens.send("y")
      try await novalens.waitFor("amber could not be read")
      try await novalens.waitFor("r read again")
      await cloud.sandbox.removeFaults()
      await novalens.send("r")
      try await novalens.waitFor("\"id\" : ")
    }
  }

  @Test func `the log of requests is there while a save hangs, which goes on`() async throws {
    try await withImage { image in
      let novalens = try await image.browse()
      await novalens.send("ed")
      try await novalens.waitFor("1 unsaved change")
      let gate = Gate()
      await image.cloud.sandbox.inject(.hold(gate), into: .path("/compute/", .delete))
      await novalens.send("w")
      try await novalens.waitFor("Will send")
      await novalens.send("<Enter>")
      try await novalens.waitFor("Saving …")
      await novalens.send("@")
      try await novalens.waitFor("DELETE waiting ")
      await gate.open()
      try await novalens.waitFor("DELETE 204 ")
      await novalens.send("<Esc>")
      try await novalens.waitFor("Saved 1 change")
    }
  }

  @Test func `one image that does not fit is said, and the rest is there`() async throws {
    try await withCloud(settings: SandboxSettings(imageCount: 30)) { cloud in
      let id = await cloud.sandbox.create("poisoned")
      await cloud.sandbox.set("mappings", to: "no JSON", on: id)
      let novalens = try cloud.browse(columns: 100)
      try await novalens.waitFor("1 unreadable (!)")
      try await novalens.waitFor("30 images")
    }
  }

  @Test func `one image that is no image is shown as unreadable, and the rest is there`() async throws {
    try await withCloud("amber", "birch", "odd") { cloud in
      await cloud.sandbox.inject(
        .replace(#""name": "odd""#, with: #""name": {"of": 5}"#), into: .path("/compute"), times: .max)
      let novalens = try cloud.browse(columns: 100)
      try await novalens.waitFor("UNREADABLE")
      try await novalens.waitFor("1 unreadable (!)")
      try await novalens.waitUntil("the rest is there") {
        $0.text.contains("amber") && $0.text.contains("birch") && $0.text.contains("3 images")
      }
    }
  }

  @Test func `a certificate that nobody has signed is said`() async throws {
    let server = try await SelfSignedServer(connections: 20)
    let novalens = try Workplace().start(
      ["--endpoint", "https://localhost:\(server.port)/v2.1"], environment: ["OS_TOKEN": "t"], columns: 120)
    try await novalens.waitUntil("the header says it") {
      $0.text(row: 0).contains("✗ certificate not trusted")
    }
    await novalens.send("!")
    try await novalens.waitFor("localhost:\(server.port) shows a certificate that is not trusted")
    await novalens.send("qq")
    #expect(try await novalens.exitStatus() == 0)
  }

  @Test(arguments: [
    ("https://127.0.0.1:PORT", "ended the connection while TLS began"),
    ("http://nowhere.invalid/v2.1", "has no address"),
    ("http://127.0.0.1:1/v2.1", "connection refused by"),
  ])
  func `a service that cannot be reached is said with the reason`(_ endpoint: String, _ reason: String)
    async throws
  {
    try await withCloud("amber") { cloud in
      let port = cloud.address.computeURL.split(separator: ":")[2].prefix { $0.isNumber }
      let novalens = try cloud.workplace.start(
        ["--endpoint", endpoint.replacing("PORT", with: port)], environment: ["OS_TOKEN": "t"], columns: 120)
      try await novalens.waitUntil("the header says it") { $0.text(row: 0).contains("✗ unreachable") }
      try await novalens.waitFor("Images could not be read")
      await novalens.send("!")
      try await novalens.waitUntil("the reason is there, whole") {
        $0.pageText.contains(reason)
      }
      await novalens.send("qq")
      #expect(try await novalens.exitStatus() == 0)
    }
  }
}

extension FailingWellTests {
  static let refusals: [Trouble] = [
    Trouble(
      name: "403", fault: refusal(403, "forbidden", "Not yours"), word: "403", reason: "not yours to change",
      said: ["Not yours", "req-4711"]),
    Trouble(
      name: "404", fault: refusal(404, "itemNotFound", "Gone"), word: "404", reason: "it is gone",
      said: ["Gone", "req-4711"]),
    Trouble(
      name: "409", fault: refusal(409, "conflictingRequest", "Conflict"), word: "409",
      reason: "somebody else changed it", said: ["Conflict", "req-4711"]),
    Trouble(
      name: "413", fault: refusal(413, "overLimit", "Too long"), word: "413", reason: "too large",
      said: ["Too long", "req-4711"]),
    Trouble(
      name: "429", fault: .tooManyRequests(retryAfter: 1), word: "429", reason: "asked too often"),
    Trouble(
      name: "503", fault: .unavailable(retryAfter: 1), word: "503", reason: "not available"),
    Trouble(name: "reset", fault: .drop, word: "closed the connection", reason: "Not everything was saved"),
  ]

  @Test(arguments: refusals) func `a write that fails`(_ trouble: Trouble) async throws {
    try await withImage { image in
      let novalens = try image.cloud.browse(columns: 160, rows: 40)
      try await novalens.waitFor("1 image ")
      await novalens.send("ei<C-u>scsi<Enter>w")
      try await novalens.waitFor("Will send")
      let writes = RequestPattern { $0.method == .put || $0.method == .post }
      await image.cloud.sandbox.inject(trouble.fault, into: writes, times: .max)
      await novalens.send("<Enter>")
      try await novalens.waitFor(trouble.reason)
      // It waits for the person, with the edit where it was.
      try await novalens.waitFor("1 unsaved change")
      let count = await image.cloud.writes
      await novalens.send("<Esc>@")
      try await novalens.waitUntil("the log has it") {
        $0.text.contains("/metadata") && $0.text.contains(trouble.word)
          && trouble.said.allSatisfy($0.text.contains)
      }
      #expect(count == 1)
      #expect(await image.cloud.writes == 1)
      #expect(await image.held["hw_disk_bus"] == "ide")
      await image.cloud.sandbox.removeFaults()
      await novalens.send("<Esc>ew")
      try await novalens.waitFor("Will send")
      await novalens.send("<Enter>")
      try await novalens.waitFor("Saved 1 change")
      #expect(await image.held["hw_disk_bus"] == "scsi")
    }
  }
}

extension VirtualTerminal {
  /// What is written on a page that lies over everything, without the lines around it, or nothing where there is none.
  fileprivate var pageText: String {
    guard text(row: rows - 1).hasPrefix(" Esc back") else { return "" }
    return (1..<rows - 2).map { text(row: $0) }.joined(separator: "\n")
  }
}
