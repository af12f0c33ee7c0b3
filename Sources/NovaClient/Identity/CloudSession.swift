/// A signed-in connection to one project of one cloud: it holds the token, renews it shortly before its end, and once
/// more, in place, when a service refuses it.
///
/// Calls that come together sign in once. The configuration is read anew for each sign-in, so that a corrected
/// password or file counts without a restart.
public actor CloudSession: ComputeService {
  private let transport: any HTTPTransport
  private let source: @Sendable () throws -> CloudConfiguration
  private let now: @Sendable () -> ContinuousClock.Instant
  private let onWarnings: @Sendable ([String]) -> Void
  private var current: Connection?
  private var signIn: SharedRun<Connection>?
  private var lastNumber = 0
  /// The newest connection whose token was refused; 0 for none.
  private var refused = 0
  /// The newest connection that could not be renewed early, and is used up to its end.
  private var unrenewed = 0
  /// The newest connection whose new token got the same doubtful answer as the old one.
  private var unhelped = 0
  /// The project of the first sign-in.
  private var projectID: String?
  /// What version discovery found, which does not change while a program runs.
  private var versions: [ServiceURL: ServiceURL] = [:]

  /// Nothing is sent before the first call.
  /// - Parameters:
  ///   - transport: carries everything, sign-in included.
  ///   - now: a clock that runs while the machine sleeps, too.
  ///   - onWarnings: called with what a later sign-in has to be warned of that the one before had not, such as a catalogue
  ///     that now has the service without encryption.
  ///   - source: read for each sign-in.
  public init(
    transport: any HTTPTransport,
    now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock().now },
    onWarnings: @escaping @Sendable ([String]) -> Void = { _ in },
    source: @escaping @Sendable () throws -> CloudConfiguration
  ) {
    self.transport = transport
    self.now = now
    self.onWarnings = onWarnings
    self.source = source
  }

  /// Where the last successful sign-in led; nil before the first.
  public var info: CloudInfo? { current?.info }

  /// Signs in, unless there is a token already.
  /// - Throws: `NovaError`: `.notSignedIn` when Keystone refuses, `.misconfigured` for what is written wrong.
  public func connect() async throws -> CloudInfo { try await connection().info }

  /// The address of another service, `image` for example, as the catalogue has it.
  /// - Throws: `NovaError` of kind `.misconfigured` where the catalogue lacks it.
  public func endpoint(for type: String) async throws -> String {
    let connection = try await connection()
    return try connection.catalog.endpoint(
      type, region: connection.info.region, interface: connection.configuration.interface
    ).url
  }

  /// Sends a call and gives the answer; a refused token is renewed, and the call repeated once.
  /// - Throws: `NovaError` of kind `.tokenRefused` when a new token is refused too, `.notSignedIn` when none is to be had;
  ///   otherwise what the transport throws.
  public func send(_ call: ServiceCall) async throws -> HTTPResponse {
    try await send { $0.request(call, to: $0.compute) }
  }

  /// The same for any service: the request is made anew for each connection, so that a token goes only where its own
  /// catalogue says.
  func send(_ request: (Connection) throws -> HTTPRequest) async throws -> HTTPResponse {
    let first = try await connection()
    let answer = try await transport.send(request(first))
    let isNearEnd = first.validity?.isNearEnd(now()) ?? false
    guard let refusal = TokenRefusal(answer, isNearEnd: isNearEnd) else { return answer }
    guard refusal == .certain || first.number > unhelped else { return answer }
    refused = max(refused, first.number)
    let second = try await connection()
    // Without Keystone there is nothing new, unless somebody has changed the configuration.
    let isNew = second.token != first.token
    let again = isNew ? try await transport.send(request(second)) : answer
    switch TokenRefusal(again, isNearEnd: isNearEnd) {
    case .certain:
      refused = max(refused, second.number)
      var error = NovaError(again)
      error.kind = .tokenRefused
      if second.token == nil {
        error.message = Self.wantsToken
        error.isServiceMessage = false
      }
      throw error
    case .likely: unhelped = max(unhelped, second.number)
    case nil: break
    }
    return again
  }

  /// What is wrong where there is no Keystone and no token.
  package static let wantsToken = "it wants a token and was sent none; OS_TOKEN can hold one"

  /// The present connection, or a new one when there is none, its token was refused, or its end is near.
  private func connection() async throws -> Connection {
    guard let current, current.number > refused else { return try await renewed() }
    // What could not be renewed early serves to its end.
    guard let validity = current.validity,
      now() >= (current.number > unrenewed ? validity.renewal : validity.end)
    else { return current }
    do {
      return try await renewed()
    } catch let error as NovaError {
      // While Keystone cannot be reached the old token goes on working.
      guard now() < validity.end else { throw error }
      unrenewed = max(unrenewed, current.number)
      return current
    }
  }

  /// Signs in, or waits with others who are about it.
  private func renewed() async throws -> Connection {
    if let signIn, let ticket = signIn.join() { return try await signIn.value(ticket) }
    lastNumber += 1
    let number = lastNumber
    let run = SharedRun { try await self.connect(number) }
    signIn = run
    guard let ticket = run.join() else {
      preconditionFailure("a sign-in ends on this actor, not before it is joined")
    }
    return try await run.value(ticket)
  }

  private func connect(_ number: Int) async throws -> Connection {
    let configuration = try source()
    let start = now()
    var connection: Connection
    switch configuration.auth {
    case .none(let token): connection = try Connection(number, configuration, token: token)
    case .keystone(let login):
      let token = try await Keystone(transport: transport).signIn(login)
      connection = try Connection(number, configuration, token, from: start)
    }
    try keepProject(connection.info)
    connection = connection.at(try await versioned(connection.compute))
    let known = current?.info.warnings ?? connection.info.warnings
    let isNew = connection.info.warnings.contains { !known.contains($0) }
    if number > current?.number ?? 0 { current = connection }
    if isNew { onWarnings(connection.info.warnings) }
    return connection
  }

  /// A corrected file may bring another password, but not another project: what is on somebody's screen, and what they
  /// are about to change, belongs to the first.
  private func keepProject(_ info: CloudInfo) throws {
    guard let projectID, let other = info.projectID, other != projectID else {
      projectID = projectID ?? info.projectID
      return
    }
    throw NovaError(
      .notSignedIn,
      "the configuration leads to another project now (\(info.project ?? other)); begin anew for that")
  }

  private func versioned(_ endpoint: ServiceURL) async throws -> ServiceURL {
    if let known = versions[endpoint] { return known }
    let found = try await VersionDiscovery(transport: transport).versioned(endpoint)
    versions[endpoint] = found
    return found
  }
}
