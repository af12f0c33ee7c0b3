import Foundation
import NovaClient
import Synchronization

/// A value that a test sets while others read it.
final class Shared<Value: Sendable>: Sendable {
  private let content: Mutex<Value>

  init(_ value: Value) { content = Mutex(value) }

  var value: Value {
    get { content.withLock { $0 } }
    set { content.withLock { $0 = newValue } }
  }
}

/// A way to the services on which time passes: each answer moves the clock on, and nobody has to wait for it.
final class SlowTransport: HTTPTransport {
  let seconds = Shared<TimeInterval>(0)
  /// Whether answers say what time it is.
  let hasDates = Shared(true)
  /// Called when an answer has come, before anyone gets it.
  let answerComes = Shared<@Sendable (HTTPRequest) async -> Void>({ _ in })
  private let transport: any HTTPTransport
  private let time: ManualTime

  init(_ transport: any HTTPTransport, _ time: ManualTime) {
    self.transport = transport
    self.time = time
  }

  func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    var response = try await transport.send(request)
    if !hasDates.value { response.headers["Date"] = nil }
    if seconds.value > 0 { time.advance(by: seconds.value) }
    await answerComes.value(request)
    return response
  }
}
