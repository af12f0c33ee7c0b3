import FlyingFox
import FlyingSocks
import Foundation
import NovaClient

/// Serves a sandbox over real HTTP, on 127.0.0.1 only.
package actor SandboxServer {
  private let sandbox: Sandbox
  private var running: (server: HTTPServer, task: Task<Void, Never>)?

  /// A server for a sandbox, not yet started.
  package init(_ sandbox: Sandbox) {
    self.sandbox = sandbox
  }

  /// Starts listening and gives the address.
  /// - Parameter port: 0 for any free one.
  /// - Throws: what the system says, for example when the port is taken.
  @discardableResult
  package func start(port: UInt16 = 0) async throws -> SandboxAddress {
    precondition(running == nil, "A server is started once.")
    let server = HTTPServer(
      address: try .inet(ip4: "127.0.0.1", port: port),
      // A fault may keep a request for as long as it likes.
      timeout: 86_400,
      pool: PromptSockets(pool: HTTPServer.defaultPool()),
      // FlyingFox would otherwise write to standard output, where a program has its screen.
      logger: .disabled, handler: SandboxHandler(sandbox: sandbox))
    // Whichever comes first: the server listens, or it could not.
    let (outcome, report) = AsyncThrowingStream<Void, any Error>.makeStream()
    let task = Task {
      do {
        try await server.run()
        report.finish()
      } catch {
        report.finish(throwing: error)
      }
    }
    let listening = Task {
      do {
        // On a machine with much else to do even this takes its time.
        try await server.waitUntilListening(timeout: 300)
        report.yield()
      } catch {
        report.finish(throwing: error)
      }
    }
    defer { listening.cancel() }
    do {
      for try await _ in outcome { break }
    } catch {
      task.cancel()
      throw error
    }
    guard case .ip4(_, let port) = await server.listeningAddress else {
      throw SocketError.unsupportedAddress
    }
    running = (server, task)
    return SandboxAddress(origin: "http://127.0.0.1:\(port)")
  }

  /// Closes all connections; returns when nothing runs any more.
  package func stop() async {
    guard let (server, task) = running else { return }
    running = nil
    await server.stop(timeout: 0)
    await task.value
  }

  /// Serves until the calling task is cancelled, then closes all connections.
  package func runUntilCancelled() async {
    guard let task = running?.task else { return }
    await withTaskCancellationHandler {
      await task.value
    } onCancel: {
      task.cancel()
    }
  }
}

/// Turns FlyingFox's requests into the sandbox's and its deliveries into FlyingFox's responses.
private struct SandboxHandler: HTTPHandler {
  let sandbox: Sandbox

  func handleRequest(_ request: FlyingFox.HTTPRequest) async throws -> FlyingFox.HTTPResponse {
    guard let method = NovaClient.HTTPMethod(rawValue: request.method.rawValue) else {
      return refuse(request.method)
    }
    var headers: NovaClient.HTTPHeaders = [:]
    for (header, value) in request.headers { headers.add(header.rawValue, value) }
    let origin = "http://" + (headers["Host"] ?? "127.0.0.1")
    let body = try await request.bodyData
    do {
      return FlyingFox.HTTPResponse(
        try await sandbox.deliver(
          NovaClient.HTTPRequest(
            method, origin + request.target.rawValue, headers: headers, body: body.isEmpty ? nil : body)))
    } catch {
      // The server stops, or has not been reached; FlyingFox would make a 500 of it, which no service said.
      return FlyingFox.HTTPResponse(.nothing)
    }
  }

  /// `OPTIONS` is 200 without a body, and no route takes any other method (observed).
  private func refuse(_ method: FlyingFox.HTTPMethod) -> FlyingFox.HTTPResponse {
    if method.rawValue == "OPTIONS" { return FlyingFox.HTTPResponse(statusCode: .ok) }
    var answer = Answer.noRoute(accept: "*/*")
    if method == .HEAD { answer.body = "" }
    return FlyingFox.HTTPResponse(.whole(NovaClient.HTTPResponse(answer)))
  }
}
