import Foundation
import NovaClient
import SandboxCloud
import Testing

/// The two ways from a client to a sandbox; what is true over one must be true over the other.
enum Wire: Sendable {
  /// By a function call.
  case inProcess
  /// Through sockets on 127.0.0.1.
  case curl

  static let both: [Wire] = [.inProcess, .curl]
}

/// A place from which a test asks a sandbox with our own client. The sandbox's clock stands still.
struct ClientDesk {
  let sandbox: Sandbox
  let address: SandboxAddress
  /// The way to the sandbox, for requests that our client would not make.
  let transport: any HTTPTransport
  /// The client of `demo`, a member of the project `demo`.
  let client: ImagesClient

  /// Opens a desk while a body runs.
  /// - Parameter readOnly: whether the gate of `--read-only` stands before the transport.
  static func open(
    _ wire: Wire, imageCount: Int = 0, readOnly: Bool = false,
    _ body: (ClientDesk) async throws -> Void
  ) async throws {
    let sandbox = Sandbox(
      SandboxSettings(imageCount: imageCount, clock: .stopped(at: SandboxDesk.start)))
    switch wire {
    case .inProcess:
      let transport = InProcessTransport(sandbox)
      try await body(ClientDesk(sandbox, InProcessTransport.address, transport, readOnly))
    case .curl:
      let server = SandboxServer(sandbox)
      let address = try await server.start()
      let transport = CurlTransport()
      do {
        try await body(ClientDesk(sandbox, address, transport, readOnly))
      } catch {
        transport.close()
        await server.stop()
        throw error
      }
      transport.close()
      await server.stop()
    }
  }

  private init(
    _ sandbox: Sandbox, _ address: SandboxAddress, _ transport: any HTTPTransport, _ readOnly: Bool
  ) {
    self.sandbox = sandbox
    self.address = address
    self.transport = readOnly ? ReadOnlyGate(transport) : transport
    client = Self.client("demo", "demo", address, self.transport)
  }

  /// The client of another user.
  func client(of user: String, in project: String) -> ImagesClient {
    Self.client(user, project, address, transport)
  }

  private static func client(
    _ user: String, _ project: String, _ address: SandboxAddress, _ transport: any HTTPTransport
  ) -> ImagesClient {
    let login = KeystoneLogin(
      url: address.authURL,
      method: .password(.name(user, .name("Default")), Secret("\(user)-secret")),
      scope: .project(project, .name("Default")))
    return ImagesClient(
      CloudSession(transport: transport) { CloudConfiguration(name: "sandbox", auth: .keystone(login)) })
  }

  /// Adds an image of the project `demo`, older by so many seconds than the start.
  @discardableResult func add(
    _ name: String?, secondsAgo: Int, _ change: (inout ImageRecord) -> Void = { _ in }
  ) async -> Image.ID {
    let digits = String(secondsAgo)
    var image = ImageRecord(
      id: "00000000-0000-4000-a000-" + String(repeating: "0", count: 12 - digits.count) + digits,
      name: name, owner: Accounts.demoProject.id,
      created: SandboxDesk.start.addingTimeInterval(-Double(secondsAgo)), visibility: .private)
    change(&image)
    await sandbox.add(image)
    return Image.ID(image.id)
  }

  /// The next requests to the compute service get this answer instead of the sandbox's.
  func answer(_ response: HTTPResponse, times: Int = 1) async {
    await sandbox.inject(.answer(response), into: .compute, times: times)
  }

  /// What the images API has been asked, without what every address starts with: `GET /images?limit=2`.
  func asked() async -> [String] {
    await sandbox.requests.filter { $0.contains(" /compute/") }
      .map { $0.replacingOccurrences(of: "/compute/v2.1", with: "") }
  }
}

extension HTTPResponse {
  /// A 200 with a body of JSON.
  static func json(_ text: String) -> HTTPResponse {
    HTTPResponse(200, headers: ["Content-Type": "application/json"], body: Data(text.utf8))
  }
}
