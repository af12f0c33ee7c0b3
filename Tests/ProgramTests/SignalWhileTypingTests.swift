import Glibc
import Pilot
import Testing

/// An end that says so beforehand loses not even the last key.
@Suite(.serialized) struct SignalWhileTypingTests {
  @Test(arguments: [(SIGTERM, 143), (SIGHUP, 129), (SIGINT, 130)] as [(Int32, Int32)])
  func `the last key before a signal is kept`(_ signal: Int32, _ status: Int32) async throws {
    try await withImage { image in
      let novalens = try await image.browse()
      await novalens.send("ei<C-u>half a valu")
      try await novalens.waitFor("half a valu")
      await novalens.send("X")
      try await novalens.waitFor("half a valuX")
      await novalens.signal(signal)
      #expect(try await novalens.exitStatus() == status)
      let next = try await image.browse(saying: "1 draft with unsaved edits")
      await next.send("e")
      try await next.waitFor("half a valuX")
    }
  }

  @Test func `the last key before the line is cut is kept`() async throws {
    try await withImage { image in
      let novalens = try await image.browse()
      await novalens.send("eahalf a ke")
      try await novalens.waitFor("half a ke")
      await novalens.send("X")
      try await novalens.waitFor("half a keX")
      await novalens.hangUp()
      #expect(try await novalens.exitStatus() == 129)
      let next = try await image.browse(saying: "1 draft with unsaved edits")
      await next.send("e")
      try await next.waitFor("half a keX")
    }
  }
}
