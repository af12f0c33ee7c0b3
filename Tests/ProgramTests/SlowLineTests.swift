import Foundation
import Glibc
import Pilot
import SandboxCloud
import Testing

/// The program on a machine at the other end of a bad line: through the real `sshd`, 150 ms there and back, 5 kB a
/// second. What `make bench` measures there is here only done.
@Suite struct SlowLineTests {
  /// What runs novalens there as a person's own shell would.
  private static func command(_ cloud: ServedCloud, _ more: [String: String] = [:]) -> String {
    let variables = cloud.variables.merging(
      ["HOME": cloud.workplace.home.path, "TZ": "UTC", "LANG": "C.UTF-8"]
    ) { $1 }.merging(more) { $1 }
    let pairs = variables.map { "\($0.key)='\($0.value)'" }.joined(separator: " ")
    return "cd '\(cloud.workplace.home.path)' && exec env \(pairs) \(PtyProgram.built("novalens"))"
  }

  @Test(arguments: [("xterm-256color", 80, 24), ("screen", 132, 43)])
  func `a journey through it shows what was drawn`(_ term: String, _ columns: Int, _ rows: Int) async throws {
    try await withJourneyCloud { cloud in
      let shell = try SecureShell(in: cloud.workplace)
      let frame = cloud.workplace.home.appendingPathComponent("frame")
      let novalens = try shell.start(
        Self.command(cloud, ["NOVALENS_FRAMES": frame.path]), columns: columns, rows: rows, term: term)
      let journey = Journey(novalens: novalens, frame: frame, kind: try TerminalKind(term))
      try await journey.travel()
      await novalens.send("q")
      // ssh ends as the program did.
      #expect(try await novalens.exitStatus() == 0)
      await expectGivenBack(novalens)
    }
  }

  @Test func `a line that breaks in the midst of an edit loses nothing`() async throws {
    try await withImage { image in
      let shell = try SecureShell(in: image.cloud.workplace)
      let novalens = try shell.start(Self.command(image.cloud))
      try await novalens.waitFor("1 image ")
      await novalens.send("ei<C-u>scsi<Enter>")
      try await novalens.waitFor("1 unsaved change")
      // And in the midst of a word.
      await novalens.send("j<Enter><C-u>half a w")
      try await novalens.waitFor("half a w")
      shell.cut()
      #expect(try await novalens.exitStatus() == 255)

      let next = try shell.start(Self.command(image.cloud))
      try await next.waitFor("1 draft with unsaved edits")
      try await next.waitFor("1 image")
      await next.send("e")
      try await next.waitFor("brought back")
      try await next.waitUntil("all is there") { $0.text.contains("scsi") && $0.text.contains("half a w") }
      #expect(await image.held["hw_disk_bus"] == "ide")
      await next.send("<C-c>")
      try await next.waitFor("Leave with unsaved edits?")
      await next.send("<C-c>")
      #expect(try await next.exitStatus() == 0)
    }
  }
}
