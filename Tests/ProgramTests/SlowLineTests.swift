import Foundation
import Glibc
import Pilot
import SandboxCloud
import Testing

/// The program on a machine at the other end of a bad line: through the real `sshd`, 150 ms there and back, 5 kB a
/// second. That it shows what it should is seen by `TerminalMatrixTests`; how fast, by `make bench`.
@Suite struct SlowLineTests {
  @Test func `a line that breaks in the midst of an edit loses nothing`() async throws {
    try await withImage { image in
      let shell = try SecureShell(in: image.cloud.workplace)
      let novalens = try shell.start(image.cloud.command())
      try await novalens.waitFor("1 image ")
      await novalens.send("ei<C-u>scsi<Enter>")
      try await novalens.waitFor("1 unsaved change")
      // And in the midst of a word.
      await novalens.send("j<Enter><C-u>half a w")
      try await novalens.waitFor("half a w")
      shell.cut()
      #expect(try await novalens.exitStatus() == 255)

      let next = try shell.start(image.cloud.command())
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
