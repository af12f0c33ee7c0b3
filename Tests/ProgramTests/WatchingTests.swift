import Foundation
import Pilot
import SandboxCloud
import Testing

/// Somebody looks on while others work.
@Suite(.serialized) struct WatchingTests {
  @Test func `a row changes by itself, and the log leads to its image`() async throws {
    try await withCloud("amber", "birch", "cedar") { cloud in
      let novalens = try cloud.workplace.start(
        ["--interval", "1s", "--event-log", "events.jsonl"], environment: cloud.variables)
      try await novalens.waitFor("3 images")
      let birch = try #require(await cloud.sandbox.allImages.first { $0.name == "birch" }).id
      await cloud.sandbox.set("os_distro", to: "debian", on: birch)
      try await novalens.waitFor("birch os_distro: – → debian")
      try await novalens.waitUntil("the row is marked") { $0.text(row: 4).hasPrefix(" ~ birch") }
      await novalens.send("L")
      try await novalens.waitFor("Changes, last noticed first")
      await novalens.send("/debian<Enter><Enter>")
      try await novalens.waitUntil("the cursor is on the image") { terminal in
        terminal.cursor == (4, 1) && terminal.text(row: 4).contains("birch")
      }
      await cloud.sandbox.remove(birch)
      try await novalens.waitFor("GONE")
      try await novalens.waitFor("2 images")
      await novalens.send("q")
      #expect(try await novalens.exitStatus() == 0)
      let events = try #require(try cloud.workplace.files()["events.jsonl"])
      #expect(events.split(separator: "\n").count == 2)
      #expect(events.contains(#""event":"gone","image":"\#(birch)","name":"birch""#))
      #expect(try cloud.workplace.permissions(of: "events.jsonl") == 0o600)
    }
  }

  @Test(arguments: ["--event-log", "--log-file"])
  func `a file that cannot be written any more is said`(_ option: String) async throws {
    try await withCloud("amber") { cloud in
      let novalens = try cloud.workplace.start(
        ["--interval", "1s", option, "/dev/full"], environment: cloud.variables)
      try await novalens.waitFor("1 image ")
      await cloud.sandbox.create("birch")
      try await novalens.waitFor("/dev/full lacks lines from now on: No space left on device.")
      await novalens.send("q")
      #expect(try await novalens.exitStatus() == 0)
    }
  }

  @Test func `the bell rings when an image that is followed is ready, and the header says it until a key`()
    async throws
  {
    try await withCloud { cloud in
      let id = await cloud.sandbox.create("amber", status: .queued)
      let novalens = try cloud.workplace.start(["--interval", "1s"], environment: cloud.variables)
      try await novalens.waitFor("1 image ")
      await novalens.send("F")
      try await novalens.waitFor("Waiting for amber")
      await cloud.sandbox.finish(id, size: 1 << 30)
      try await novalens.waitFor("✓ amber is ACTIVE")
      let sent = String(decoding: await novalens.received, as: UTF8.self)
      #expect(sent.contains("\u{07}"))
      #expect(sent.contains("\u{1B}]9;novalens: amber is ACTIVE\u{07}"))
      #expect(sent.contains("\u{1B}]777;notify;novalens;amber is ACTIVE\u{07}"))
      await novalens.send("j")
      try await novalens.waitUntil("the header is as before") { !$0.text(row: 0).contains("amber") }
    }
  }

  @Test func `a password that is corrected in clouds.yaml is tried by itself`() async throws {
    try await withCloud("amber") { cloud in
      let path = ".config/openstack/clouds.yaml"
      try cloud.workplace.write(cloud.cloudsFile(password: "wrong"), to: path)
      let novalens = try cloud.workplace.start(["--os-cloud", "sandbox"])
      try await novalens.waitFor("✗ not signed in: credentials refused")
      try cloud.workplace.write(cloud.cloudsFile(), to: path)
      try await novalens.waitFor("amber")
      try await novalens.waitFor("● live")
    }
  }
}
