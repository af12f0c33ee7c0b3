import Foundation
import NovaClient
import SandboxCloud
import Testing

/// The cloud that the suite runs against: a real OpenStack, or the sandbox with the same images, over HTTP. Nothing
/// but where to sign in differs.
struct CloudUnderTest: Sendable {
  /// Who asks.
  enum Account: String, CaseIterable, Sendable {
    /// A member of the project that most images are of.
    case member
    /// Somebody of the same project who may only read.
    case reader
    /// A member of another project.
    case alt
    /// An administrator.
    case admin
  }

  /// The cloud of the suite that is running.
  @TaskLocal static var current: CloudUnderTest?

  let transport: CurlTransport
  /// The cloud itself, where it is the sandbox.
  let sandbox: Sandbox?
  private let configurations: [Account: CloudConfiguration]
  /// What to do where images are missing.
  private let advice: String
  /// A session for each account, with what it was told; a sign-in costs a real cloud a quarter of a second.
  private let sessions: [Account: (session: CloudSession, spy: Spy)]

  private init(
    _ transport: CurlTransport, sandbox: Sandbox? = nil, advice: String,
    configuration: (Account) throws -> CloudConfiguration
  ) throws {
    self.transport = transport
    self.sandbox = sandbox
    self.advice = advice
    let pairs = try Account.allCases.map { ($0, try configuration($0)) }
    configurations = Dictionary(uniqueKeysWithValues: pairs)
    sessions = configurations.mapValues { configuration in
      let spy = Spy(transport)
      return (CloudSession(transport: spy) { configuration }, spy)
    }
  }

  /// Opens the cloud that the environment names, or the sandbox, while a body runs.
  static func open(_ body: @Sendable (CloudUnderTest) async throws -> Void) async throws {
    let environment = ProcessInfo.processInfo.environment
    if isReal, let name = environment["NOVALENS_CONFORMANCE_CLOUD"] {
      try await openReal(name, environment, body)
    } else {
      try await openSandbox(body)
    }
  }

  private static func openReal(
    _ name: String, _ environment: [String: String],
    _ body: @Sendable (CloudUnderTest) async throws -> Void
  ) async throws {
    let source = CloudSource(environment: environment)
    let transport = CurlTransport()
    defer { transport.close() }
    let advice = "fill the cloud \(name) anew: openstack/seed --reset -n \(SeededImage.count)"
    try await body(
      CloudUnderTest(transport, advice: advice) { account in
        let cloud = account == .member ? name : "\(name)-\(account.rawValue)"
        return try #require(try source.configuration(cloud: cloud))
      })
  }

  private static func openSandbox(_ body: @Sendable (CloudUnderTest) async throws -> Void) async throws {
    let sandbox = Sandbox(SandboxSettings(imageCount: 0))
    for image in SeededImage.all { await sandbox.add(image.record) }
    let server = SandboxServer(sandbox)
    let address = try await server.start()
    let transport = CurlTransport()
    do {
      try await body(
        CloudUnderTest(transport, sandbox: sandbox, advice: "the sandbox starts with them") { account in
          let user = account == .member ? "demo" : account.rawValue
          let login = KeystoneLogin(
            url: address.authURL,
            method: .password(.name(user, .name("Default")), Secret("\(user)-secret")),
            scope: .project(account == .reader ? "demo" : user, .name("Default")))
          return CloudConfiguration(name: "sandbox", auth: .keystone(login))
        })
    } catch {
      transport.close()
      await server.stop()
      throw error
    }
    transport.close()
    await server.stop()
  }

  /// The cloud of the suite that is running.
  static func here() throws -> CloudUnderTest { try #require(current) }

  func session(_ account: Account = .member) throws -> CloudSession {
    try #require(sessions[account]).session
  }

  /// What an account has asked so far, as method and address.
  func requests(_ account: Account = .member) throws -> [String] {
    try #require(sessions[account]).spy.requests
  }

  /// Whether it is a real OpenStack, which takes its time.
  static var isReal: Bool {
    !(ProcessInfo.processInfo.environment["NOVALENS_CONFORMANCE_CLOUD"] ?? "").isEmpty
  }

  func client(_ account: Account = .member) throws -> ImagesClient { ImagesClient(try session(account)) }

  /// The compute endpoint and an account's token, for requests that our client would not make.
  func access(_ account: Account = .member) async throws -> (endpoint: String, token: String) {
    let (session, spy) = try #require(sessions[account])
    let endpoint = try await session.connect().endpoint
    let token: String = try #require(spy.tokens.last)
    return (endpoint, token)
  }

  func configuration(_ account: Account = .member) throws -> CloudConfiguration {
    try #require(configurations[account])
  }

  /// The image with a number, as it is now.
  func image(_ number: Int) async throws -> Image {
    let name = SeededImage(number: number).name
    let found = try await client().listDetailed(ImageQuery(name: name)).images
    guard let image = found.first, found.count == 1 else {
      throw MissingImages(names: [name], advice: advice)
    }
    return image
  }

  /// Makes sure that no image is missing, as those are that an earlier run has deleted.
  /// - Throws: `MissingImages`, or why the cloud cannot be reached.
  func requireImages() async throws {
    let names = Set(try await client().list().images.compactMap(\.name))
    let missing = SeededImage.all.map(\.name).filter { !names.contains($0) }
    guard missing.isEmpty else { throw MissingImages(names: missing, advice: advice) }
  }
}

/// The cloud does not hold what the suite is about.
struct MissingImages: Error, CustomStringConvertible {
  var names: [String]
  var advice: String

  var description: String {
    "\(names.count) images are missing, first \(names.first ?? "none"): \(advice)"
  }
}
