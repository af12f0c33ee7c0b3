public import Foundation

/// Reports every exchange that passes through it to one observer, when it begins and when it has ended, for the log of
/// requests and `--log-file`.
public struct RequestLog: HTTPTransport {
  private let transport: any HTTPTransport
  private let observer: @Sendable (RequestRecord) -> Void
  private let now: @Sendable () -> Date

  /// - Parameters:
  ///   - transport: what carries the requests.
  ///   - now: the machine's clock, for `RequestRecord.started`.
  ///   - observer: called on any thread before and after each exchange; it must be quick.
  public init(
    _ transport: any HTTPTransport, now: @escaping @Sendable () -> Date = { Date() },
    observer: @escaping @Sendable (RequestRecord) -> Void
  ) {
    self.transport = transport
    self.now = now
    self.observer = observer
  }

  /// Sends the request through the transport and reports how that went.
  public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    var record = RequestRecord(request, started: now())
    let clock = ContinuousClock()
    let start = clock.now
    observer(record)
    defer {
      record.duration = start.duration(to: clock.now)
      observer(record)
    }
    do {
      let response = try await transport.send(request)
      record.outcome = .answered(status: response.status)
      record.bytesReceived = response.body.count
      record.requestID = response.requestID
      record.message = Self.message(response, to: request)
      return response
    } catch is CancellationError {
      record.outcome = .cancelled
      throw CancellationError()
    } catch {
      record.outcome = .failed((error as? NovaError)?.message ?? "\(error)")
      throw error
    }
  }
}

extension RequestLog {
  /// What the service says of a request that it does not carry out; nothing where it may repeat what is secret: of a
  /// sign-in, or with the token in it.
  private static func message(_ response: HTTPResponse, to request: HTTPRequest) -> String? {
    guard response.status >= 400, !request.url.contains("/auth/tokens") else { return nil }
    let error = NovaError(response)
    guard error.isServiceMessage,
      !(request.headers.secret("X-Auth-Token")?.isPart(of: error.message) ?? false)
    else { return nil }
    return error.message.cut(to: 1000)
  }
}

/// One exchange with a service, without anything that is secret: no headers, of bodies no more than why something was not
/// done, no user name of an address.
public struct RequestRecord: Hashable, Identifiable, Sendable {
  /// What became of an exchange.
  public enum Outcome: Hashable, Sendable {
    /// It has not ended yet.
    case underWay
    /// A whole answer came.
    case answered(status: Int)
    /// No whole answer came, and why.
    case failed(String)
    /// Whoever asked no longer wanted the answer.
    case cancelled
  }

  /// The same in both reports of an exchange.
  public let id = UUID()
  /// When the request was sent, by this machine's clock.
  public var started: Date
  /// What was asked for.
  public var method: HTTPMethod
  /// Host and port.
  public var server: String
  /// Path and query as they were sent.
  public var target: String
  /// What became of it.
  public var outcome: Outcome
  /// From sending to the end of the answer.
  public var duration: Duration
  /// The length of the body.
  public var bytesReceived: Int
  /// `x-openstack-request-id`.
  public var requestID: String?
  /// The service's own words, where it has not done what it was asked for.
  public var message: String?

  /// An exchange that has begun; of the request nothing is taken that is secret.
  package init(_ request: HTTPRequest, started: Date) {
    self.started = started
    method = request.method
    server = Origin(request.url)?.description ?? "?"
    target = Origin.target(of: request.url)
    outcome = .underWay
    duration = .zero
    bytesReceived = 0
  }

  /// The same with a target of at most so many bytes. What is left out is from the middle, since where a question leads
  /// stands at its beginning, and how much is asked for at its end; one for many names has 20 kB between the two.
  package func shortened(target limit: Int) -> RequestRecord {
    guard target.utf8.count > limit else { return self }
    let kept = max(0, limit - "…".utf8.count)
    var short = self
    short.target =
      String(decoding: target.utf8.prefix(kept / 2), as: UTF8.self) + "…"
      + String(decoding: target.utf8.suffix(kept - kept / 2), as: UTF8.self)
    return short
  }
}
