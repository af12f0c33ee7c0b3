package import BrowserModel
package import Foundation
package import NovaClient
package import SandboxCloud

/// A browser on a sandbox in the same process, with a clock that stands still. What a test does to the sandbox is
/// what other people do to the cloud.
@MainActor package final class BrowserRig {
  package let sandbox: Sandbox
  package let time = ManualTime()
  package let browser: Browser
  package let session: CloudSession

  /// - Parameter images: how many images there are; 0 where a test makes its own.
  package init(images: Int = 0, rows: Int = 20, readOnly: Bool = false, interval: Duration = .seconds(5))
    throws
  {
    sandbox = Sandbox(SandboxSettings(imageCount: images, clock: .stopped(at: time.now)))
    let address = InProcessTransport.address
    let login = KeystoneLogin(
      url: address.authURL, method: .password(.name("demo", .name("Default")), "demo-secret"),
      scope: .project("demo", .name("Default")))
    let transport = InProcessTransport(sandbox)
    let configuration = CloudConfiguration(name: "sandbox", auth: .keystone(login))
    session =
      readOnly
      ? CloudSession(transport: ReadOnlyGate(transport)) { configuration }
      : CloudSession(transport: transport) { configuration }
    browser = Browser(
      client: ImagesClient(session), place: Place(cloud: "sandbox"), isReadOnly: readOnly, interval: interval,
      time: time, chance: { 1 })
    browser.viewport.listRows = rows
  }

  /// Starts reading and waits until nothing more happens by itself.
  package func start() async {
    browser.start { [session] in
      let info = try await session.connect()
      return Place(cloud: info.cloud, region: info.region, project: info.project)
    }
    await browser.settled()
  }

  @discardableResult package func perform(_ commands: Command...) async -> Effect? {
    var effect: Effect?
    for command in commands {
      effect = browser.perform(command)
      await browser.settled()
    }
    return effect
  }

  package func type(_ text: String) async {
    for character in text { await perform(.edit(.insert(String(character)))) }
  }

  /// Lets time pass, here and in the cloud.
  package func pass(_ seconds: TimeInterval) async {
    await sandbox.advance(by: .seconds(seconds))
    time.advance(by: seconds)
    await browser.settled()
  }

  /// Makes an image in the cloud, each a second after the one before.
  @discardableResult package func make(
    _ name: String, status: ImageRecord.Status = .active, disk: Int = 0, ram: Int = 0,
    properties: [String: String] = [:]
  ) async -> Image.ID {
    await sandbox.advance(by: .seconds(1))
    let id = await sandbox.create(name, status: status, size: 1 << 20)
    for (key, value) in properties { await sandbox.set(key, to: value, on: id) }
    await sandbox.modify(id) { image in
      image.minDisk = disk
      image.minRAM = ram
    }
    return Image.ID(id)
  }

  package var names: [String] { browser.feed.listing.rows.map(\.image.displayName) }
  package var ids: [String] { browser.feed.listing.rows.map(\.image.id.rawValue) }
}
