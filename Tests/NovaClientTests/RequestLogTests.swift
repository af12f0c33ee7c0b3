import Foundation
import NovaClient
import Synchronization
import Testing

@Suite struct RequestLogTests {
  private final class Records: Sendable {
    let all = Mutex<[RequestRecord]>([])
    var last: RequestRecord? { all.withLock { $0.last } }
  }

  private struct Doing: HTTPTransport {
    var action: @Sendable (HTTPRequest) async throws -> HTTPResponse
    func send(_ request: HTTPRequest) async throws -> HTTPResponse { try await action(request) }
  }

  private let records = Records()

  private func log(_ action: @escaping @Sendable (HTTPRequest) async throws -> HTTPResponse) -> RequestLog {
    RequestLog(Doing(action: action), now: { Date(timeIntervalSince1970: 7) }) { [records] record in
      records.all.withLock { $0.append(record) }
    }
  }

  @Test func `an exchange is recorded without its secrets`() async throws {
    let log = log { _ in
      HTTPResponse(
        200, headers: ["x-openstack-request-id": "req-1", "X-Subject-Token": "geheim"], body: Data(count: 9))
    }
    _ = try await log.send(
      HTTPRequest(
        .post, "http://me:geheim@Cloud:5000/v3/auth/tokens?nocatalog=1", headers: ["X-Auth-Token": "geheim"],
        body: Data("geheim".utf8)))
    let begun = try #require(records.all.withLock { $0.first })
    let record = try #require(records.last)
    #expect(begun.outcome == .underWay && begun.id == record.id && records.all.withLock { $0.count } == 2)
    #expect(record.started == Date(timeIntervalSince1970: 7))
    #expect(record.method == .post && record.server == "cloud:5000")
    #expect(record.target == "/v3/auth/tokens?nocatalog=1")
    #expect(record.outcome == .answered(status: 200))
    #expect(record.bytesReceived == 9 && record.requestID == "req-1" && record.duration > .zero)
    #expect(!"\(record)".contains("geheim"))
  }

  @Test func `what a service says against a request is recorded, but nothing secret`() async throws {
    let answer = HTTPResponse(
      403, headers: ["Content-Type": "application/json"],
      body: Data(#"{"forbidden": {"code": 403, "message": "Policy says no to geheim."}}"#.utf8))
    let log = log { _ in answer }
    for (token, message) in [
      ("else", "Policy says no to geheim."), ("", "Policy says no to geheim."), ("geheim", nil),
    ] {
      _ = try await log.send(HTTPRequest(.get, "http://c/v2.1/images", headers: ["X-Auth-Token": token]))
      #expect(records.last?.outcome == .answered(status: 403) && records.last?.message == message)
    }
    _ = try await log.send(HTTPRequest(.post, "http://c/v3/auth/tokens", body: Data("geheim".utf8)))
    #expect(records.last?.outcome == .answered(status: 403) && records.last?.message == nil)
  }

  @Test func `failures and cancellations are recorded and passed on`() async throws {
    let failing = log { _ in throw NovaError(.unreachable, "connection refused") }
    await #expect(throws: NovaError.self) { try await failing.send(HTTPRequest(.get, "http://c")) }
    #expect(records.last?.outcome == .failed("connection refused"))
    #expect(records.last?.target == "/")
    let cancelled = log { _ in throw CancellationError() }
    await #expect(throws: CancellationError.self) { try await cancelled.send(HTTPRequest(.get, "http://c")) }
    #expect(records.last?.outcome == .cancelled)
  }

  @Test func `of a target that is too long the middle is left out`() {
    let url = "https://c/v2.1/images?name=" + String(repeating: "é", count: 500) + "&limit=1000"
    let record = RequestRecord(HTTPRequest(.get, url), started: Date(timeIntervalSince1970: 7))
    #expect(record.shortened(target: 5000) == record)
    for limit in [0, 3, 4, 40, 400, 401] {
      let target = record.shortened(target: limit).target
      // A sign that is cut in two becomes one of three bytes.
      #expect(target.contains("…") && target.utf8.count <= max(limit, 3) + 4)
    }
    let target = record.shortened(target: 400).target
    #expect(target.hasPrefix("/v2.1/images?name=é") && target.hasSuffix("é&limit=1000"))
  }
}
