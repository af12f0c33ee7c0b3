import Foundation
package import NovaClient

/// The way between clients and services: it remembers what passed, and faults lie in wait on it.
struct Wire {
  private struct Rule {
    var pattern: RequestPattern
    var fault: Fault
    /// How many requests it still meets.
    var remaining: Int
  }

  /// What the client gets in the end.
  enum Delivery: Sendable {
    case whole(HTTPResponse)
    /// The connection ends after so many bytes of the body.
    case cut(HTTPResponse, afterBytes: Int)
    case trickle(HTTPResponse, bytes: Int, every: Duration)
    /// The body is repeated for ever.
    case endless(HTTPResponse)
    /// The connection ends without a byte.
    case nothing
  }

  /// The requests that arrived, oldest first; the oldest go when there are very many.
  private(set) var received: [HTTPRequest] = []
  private var rules: [Rule] = []

  private static let memory = 20_000

  mutating func add(_ fault: Fault, _ pattern: RequestPattern, times: Int) {
    rules.append(Rule(pattern: pattern, fault: fault, remaining: times))
  }

  mutating func removeFaults() { rules = [] }

  mutating func forget() { received = [] }

  /// Remembers a request and gives the fault that waited for it, if any; the one that was added first.
  mutating func arrive(_ request: HTTPRequest) -> Fault? {
    if received.count >= Self.memory { received.removeFirst(Self.memory / 2) }
    received.append(request)
    guard let place = rules.firstIndex(where: { $0.remaining > 0 && $0.pattern.covers(request) }) else {
      return nil
    }
    rules[place].remaining -= 1
    defer { rules.removeAll { $0.remaining == 0 } }
    return rules[place].fault
  }

  /// A request's address without scheme and host.
  static func pathAndQuery(_ request: HTTPRequest) -> String {
    String(request.url.dropFirst(RequestTarget(request.url).origin.count))
  }
}

extension Sandbox {
  /// The next requests that a pattern covers meet a fault; of several faults, the one that was added first.
  package func inject(_ fault: Fault, into pattern: RequestPattern = .any, times: Int = 1) {
    wire.add(fault, pattern, times: times)
  }

  /// No fault waits any more.
  package func removeFaults() { wire.removeFaults() }

  /// Everything that arrived, oldest first: `GET /compute/v2.1/images/detail?limit=40`.
  package var requests: [String] {
    wire.received.map { "\($0.method.rawValue) \(Wire.pathAndQuery($0))" }
  }

  /// Everything that arrived, with headers and bodies.
  package var received: [HTTPRequest] { wire.received }

  /// Counts anew from here.
  package func forgetRequests() { wire.forget() }

  /// Takes a request from the wire: remembers it, lets a fault have it, and otherwise answers it.
  /// - Throws: `CancellationError` when the client gave up, and what a fault says.
  func deliver(_ request: HTTPRequest) async throws -> Wire.Delivery {
    guard let fault = wire.arrive(request) else { return .whole(respond(to: request)) }
    switch fault {
    case .answer(var response):
      response.headers["Date"] = HTTPDate.format(now)
      return .whole(response)
    case .hang:
      try await Gate().pass()
      return .nothing
    case .hold(let gate):
      try await gate.pass()
      return .whole(respond(to: request))
    case .holdAnswer(let gate):
      let response = respond(to: request)
      try await gate.pass()
      return .whole(response)
    case .delay(let duration):
      let response = respond(to: request)
      // The one fault that is about time.
      try await Task.sleep(for: duration)
      return .whole(response)
    case .drop:
      return .nothing
    case .unreached(var error):
      error.isUnsent = true
      throw error
    case .dropAnswer:
      _ = respond(to: request)
      return .nothing
    case .cut(let count):
      return .cut(respond(to: request), afterBytes: count)
    case .trickle(let count, let pause):
      return .trickle(respond(to: request), bytes: count, every: pause)
    case .endless:
      return .endless(respond(to: request))
    case .replace(let text, let other):
      var response = respond(to: request)
      response.body = Data(String(decoding: response.body, as: UTF8.self).replacing(text, with: other).utf8)
      return .whole(response)
    case .loseWrite:
      return .whole(respond(to: request, losesWrite: true))
    }
  }
}
