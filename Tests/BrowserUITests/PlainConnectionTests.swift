import BrowserModel
import BrowserRig
import BrowserUI
import Console
import NovaClient
import SandboxCloud
import Testing

/// A catalogue can send a token that was got over https on in the clear. Nobody should find out later.
@MainActor struct PlainConnectionTests {
  nonisolated private static let warning =
    "The token goes in the clear: sign-in is https, but compute is http://nova.lab."

  @Test func `it is warned about, and stays in view beside what drafts have to say`() async throws {
    let rig = try BrowserRig(keeping: true)
    await rig.make("web", properties: ["note": "a"])
    await rig.start()
    await rig.perform(.edit, .deleteKey, .back)

    let next = try rig.another()
    next.browser.start { Place(cloud: "lab", project: "demo", warning: Self.warning) }
    await next.browser.settled()
    let notice = try #require(next.browser.notice)
    #expect(notice.weight == .warning)
    #expect(notice.text.hasPrefix(Self.warning))
    let screen = next.screen(Size(columns: 120, rows: 36))
    #expect(screen.text.contains(Self.warning))
    await next.pass(5)
    #expect(next.browser.notice == notice)
  }
}
