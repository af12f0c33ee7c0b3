package import BrowserModel
package import Foundation
package import NovaClient
package import SandboxCloud

/// A browser on a sandbox in the same process, with a clock that stands still. What a test does to the sandbox is
/// what other people do to the cloud.
@MainActor package final class BrowserRig {
  package let sandbox: Sandbox
  package let time: ManualTime
  package let browser: Browser
  package let session: CloudSession
  /// Where drafts and journal are, if they are kept.
  private let home: StateHome
  package var statePath: String { home.path }
  private let way: SlowTransport
  private let identity: Shared<Int>

  /// - Parameters:
  ///   - images: how many images there are; 0 where a test makes its own.
  ///   - keeping: whether drafts and journal are kept on disk.
  package convenience init(
    images: Int = 0, rows: Int = 20, readOnly: Bool = false, interval: Duration = .seconds(5),
    keeping: Bool = false
  ) throws {
    let time = ManualTime()
    let sandbox = Sandbox(SandboxSettings(imageCount: images, clock: .stopped(at: time.now)))
    self.init(
      sandbox, time, rows: rows, readOnly: readOnly, interval: interval, home: StateHome(), isKeeping: keeping
    )
  }

  private init(
    _ sandbox: Sandbox, _ time: ManualTime, rows: Int = 20, readOnly: Bool = false,
    interval: Duration = .seconds(5), home: StateHome, isKeeping: Bool
  ) {
    self.sandbox = sandbox
    self.time = time
    self.home = home
    let login = KeystoneLogin(
      url: InProcessTransport.address.authURL,
      method: .password(.name("demo", .name("Default")), "demo-secret"),
      scope: .project("demo", .name("Default")))
    let way = SlowTransport(InProcessTransport(sandbox), time)
    let identity = Shared(1)
    self.way = way
    self.identity = identity
    let transport = way
    let configuration = CloudConfiguration(name: "sandbox", auth: .keystone(login))
    let session =
      readOnly
      ? CloudSession(transport: ReadOnlyGate(transport)) { configuration }
      : CloudSession(transport: transport) { configuration }
    self.session = session
    browser = Browser(
      client: ImagesClient(session), place: Place(cloud: "sandbox"), isReadOnly: readOnly, interval: interval,
      time: time, state: isKeeping ? StateFolder(path: home.path) : nil,
      visibility: { try await session.visibility(of: $0) }, credentials: { identity.value },
      chance: { 1 })
    browser.carryOut = { [weak self] in self?.effects.append($0) }
    browser.viewport.listRows = rows
  }

  /// How many seconds the service needs for each answer.
  package var slowness: TimeInterval {
    get { way.seconds.value }
    set { way.seconds.value = newValue }
  }

  /// Called when an answer has come, before the program gets it.
  package var answerComes: @Sendable (HTTPRequest) async -> Void {
    get { way.answerComes.value }
    set { way.answerComes.value = newValue }
  }

  package var answersHaveDates: Bool {
    get { way.hasDates.value }
    set { way.hasDates.value = newValue }
  }

  /// Stands for what one signs in with.
  package var credentials: Int {
    get { identity.value }
    set { identity.value = newValue }
  }

  /// What the terminal was to do without a key.
  package private(set) var effects: [Effect] = []

  /// The log of changes, oldest first: `web: SAVING → ACTIVE`.
  package var changes: [String] { browser.log.lines.map { "\($0.name): \($0.words)" } }

  /// Another program on the same cloud and the same state folder, while this one runs.
  package func beside(readOnly: Bool = false) throws -> BrowserRig {
    BrowserRig(sandbox, time, readOnly: readOnly, home: home, isKeeping: true)
  }

  /// The next program after this one has ended.
  package func another(readOnly: Bool = false) throws -> BrowserRig {
    browser.stop()
    return try beside(readOnly: readOnly)
  }

  package var client: ImagesClient { ImagesClient(session) }

  /// The draft files of all programs.
  package var draftFiles: [String] {
    let folder = "\(statePath)/drafts"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".draft") }.map { "\(folder)/\($0)" }
  }

  /// Starts reading and waits until nothing more happens by itself.
  package func start() async {
    browser.start { [session] in
      let info = try await session.connect()
      return Place(
        cloud: info.cloud, region: info.region, project: info.project, projectID: info.projectID,
        user: info.user)
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
    for character in text { await perform(.type(.insert(String(character)))) }
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

/// The state folder of one program after the other; it goes with the last of them.
private final class StateHome: Sendable {
  let path = FileManager.default.temporaryDirectory.appending(path: "novalens-\(UUID().uuidString)").path

  deinit {
    guard FileManager.default.fileExists(atPath: path) else { return }
    do { try FileManager.default.removeItem(atPath: path) } catch { print("\(path) stays behind: \(error)") }
  }
}
