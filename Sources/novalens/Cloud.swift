import BrowserModel
import Foundation
import NovaClient
import SandboxCloud
import Synchronization

/// A cloud that can be browsed: the client module put together, and what is known before anything is asked.
@MainActor struct Cloud {
  let client: ImagesClient
  let place: Place
  let isReadOnly: Bool
  /// Finds out what the cloud calls itself; signs in for it if it must.
  let whereabouts: @Sendable () async throws -> Place
  /// Finds out who may see an image, where the cloud has an image service.
  let visibility: VisibilityReading
  /// The exchanges with the services, as they happen.
  let requests: AsyncStream<RequestRecord>
  /// What a person must be warned of meanwhile: of the files that they want to be written, of where a token goes.
  let problems: AsyncStream<String>
  /// Where changes are written down, if the person wants that.
  let events: EventLog?
  /// What a person can do when the sign-in is refused.
  let remedy: String
  /// Tells by its value whether the configuration is another than before.
  let credentials: @Sendable () async -> Int?
  private let transport: CurlTransport
  private var server: SandboxServer?

  /// - Parameters:
  ///   - hasTypedPassword: whether somebody has typed the password, so that no file can be corrected.
  ///   - source: the configuration, read anew for each sign-in.
  /// - Throws: `StartProblem` when the log file cannot be written.
  init(
    _ configuration: CloudConfiguration, name: String? = nil, options: ConnectionOptions,
    hasTypedPassword: Bool = false, source: @escaping @Sendable () throws -> CloudConfiguration
  ) throws {
    remedy = Self.remedy(configuration, hasTypedPassword: hasTypedPassword)
    let (problems, problem) = AsyncStream<String>.makeStream()
    self.problems = problems
    let log = try options.logFile.map { try LogFile($0) { problem.yield($0) } }
    events = try options.eventLog.map { try EventLog($0) { problem.yield($0) } }
    // A file that cannot be read just now is no reason to try anything.
    credentials = { (try? source())?.hashValue }
    let (requests, sink) = AsyncStream<RequestRecord>.makeStream()
    self.requests = requests
    transport = CurlTransport(tls: configuration.tls, userAgent: "novalens/\(Version.text)")
    let logged = RequestLog(RenewedTrust(transport) { try source().tls }) { record in
      sink.yield(record)
      if record.outcome != .underWay { log?.append(record) }
    }
    isReadOnly = options.readOnly
    let session = CloudSession(
      transport: isReadOnly ? ReadOnlyGate(logged) : logged,
      onWarnings: { if let line = CloudInfo.line(of: $0) { problem.yield(line) } }, source: source)
    client = ImagesClient(session)
    place = Place(
      cloud: name ?? configuration.name, region: configuration.region, project: configuration.projectName)
    visibility = { try await session.visibility(of: $0) }
    whereabouts = {
      let info = try await session.connect()
      return Place(
        cloud: name ?? info.cloud, region: info.region, project: info.project,
        projectID: info.projectID, user: info.user, warning: CloudInfo.line(of: info.warnings))
    }
  }

  private static func remedy(_ configuration: CloudConfiguration, hasTypedPassword: Bool) -> String {
    if hasTypedPassword { return "Begin anew to type another password; r tries once more with the same." }
    if case .file = configuration.written {
      return "It is tried again as soon as clouds.yaml is changed; r tries at once."
    }
    if case .none(let token) = configuration.auth {
      return token == nil
        ? "This endpoint wants a token: begin anew with OS_TOKEN set, or with --os-cloud."
        : "Begin anew with another token; r tries once more with the same."
    }
    return "Begin anew with other OS_* variables; r tries once more with these."
  }

  /// The sandbox, served over real HTTP on a free loopback port.
  static func sandbox(images: Int, options: ConnectionOptions) async throws -> Cloud {
    let server = SandboxServer(Sandbox(.demo(imageCount: images)))
    do {
      let address = try await server.start()
      let source = CloudSource(environment: address.variables, directories: [])
      guard let configuration = try source.configuration() else {
        preconditionFailure("the sandbox's own variables describe a cloud")
      }
      var cloud = try Cloud(configuration, name: "demo", options: options) { configuration }
      cloud.server = server
      return cloud
    } catch let problem as StartProblem {
      throw problem
    } catch {
      throw StartProblem(description: "the sandbox could not be started: \(error)")
    }
  }

  func close() async {
    transport.close()
    await server?.stop()
  }
}

extension SandboxAddress {
  /// The variables that lead to the sandbox, as its help for people prints them.
  var variables: [String: String] {
    [
      "OS_AUTH_URL": authURL, "OS_USERNAME": "demo", "OS_PASSWORD": "demo-secret", "OS_PROJECT_NAME": "demo",
      "OS_USER_DOMAIN_NAME": "Default", "OS_PROJECT_DOMAIN_NAME": "Default",
      "OS_REGION_NAME": SandboxAddress.region,
    ]
  }
}

extension CloudInfo {
  /// All that is to be warned of, in one line; what is short comes first, so that none of it is cut off unseen.
  static func line(of warnings: [String]) -> String? {
    warnings.isEmpty ? nil : warnings.sorted { $0.count < $1.count }.joined(separator: " ")
  }
}
