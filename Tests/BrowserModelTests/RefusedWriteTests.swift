import BrowserModel
import BrowserRig
import Foundation
import NovaClient
import SandboxCloud
import Testing

/// A write that the service refuses: it is said in words, the edit stays, and nothing is sent again by itself.
@MainActor struct RefusedWriteTests {
  @Test(arguments: [
    (403, "not yours to change"), (404, "gone"), (409, "somebody else changed it"), (413, "too large"),
    (429, "asked too often"), (503, "not available"),
  ])
  func `a refused save keeps the edit and waits for the person`(_ status: Int, _ words: String) async throws {
    let (rig, id) = try await BrowserRig.withImage()
    await rig.perform(.edit)
    await rig.change(to: "scsi")
    await rig.perform(.review)
    var answer = HTTPResponse(
      status, body: Data(#"{"fault": {"code": 1, "message": "Its own words."}}"#.utf8))
    if [429, 503].contains(status) { answer.headers["Retry-After"] = "1" }
    let writes = RequestPattern { $0.method != .get }
    await rig.sandbox.inject(.answer(answer), into: writes, times: .max)
    await rig.sandbox.forgetRequests()
    await rig.perform(.accept)
    #expect(rig.browser.notice?.text.contains(words) == true, "\(rig.browser.notice?.text ?? "nothing")")
    #expect(try rig.editor.session.hasChanges)
    // However long one waits.
    await rig.pass(120)
    #expect(await rig.sandbox.requests.count { !$0.hasPrefix("GET ") } == 1)
    #expect(rig.draftFiles.count == 1)
    // The reason stays with the edit, in this run and in the next.
    await rig.perform(.back, .edit)
    #expect(try rig.editor.refusals["hw_disk_bus"]?.contains(words) == true)
    await rig.sandbox.removeFaults()
    let next = try rig.another()
    await next.start()
    await next.perform(.edit)
    #expect(try next.editor.refusals["hw_disk_bus"]?.contains(words) == true)
    await next.perform(.review, .accept)
    #expect(try await rig.held(id)["hw_disk_bus"] == "scsi")
  }
}
