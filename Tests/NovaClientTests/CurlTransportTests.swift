import Foundation
import NovaClient
import Synchronization
import Testing

@Suite struct CurlTransportTests {
  let transport = CurlTransport(userAgent: "novalens/test")

  @Test func `a request goes over the wire as it was made`() async throws {
    let received = Mutex<String?>(nil)
    let server = try RawServer { connection in
      let request = connection.readRequest()
      received.withLock { $0 = request }
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-One: 1\r\nx-one: 2\r\n\r\n{}")
    }

    let response = try await transport.send(
      HTTPRequest(
        .put, server.url + "/a/../%2E%2E/./k?x=%20", headers: ["X-Auth-Token": "t", "X-Empty": ""],
        body: Data("{\"ü\":1}".utf8)))

    #expect(response.status == 200)
    #expect(response.headers.fields.map(\.value) == ["2", "1", "2"])
    #expect(String(decoding: response.body, as: UTF8.self) == "{}")
    let lines = try #require(received.withLock { $0 }).components(separatedBy: "\r\n")
    #expect(lines.first == "PUT /a/../%2E%2E/./k?x=%20 HTTP/1.1")
    #expect(lines.contains("User-Agent: novalens/test"))
    #expect(lines.contains("X-Auth-Token: t"))
    #expect(lines.contains("X-Empty:"))
    #expect(lines.contains("Content-Length: 8"))
    #expect(!lines.contains { $0.hasPrefix("Content-Type") || $0.hasPrefix("Expect") })
    #expect(lines.last == "{\"ü\":1}")
  }

  @Test func `an empty body has the length zero`() async throws {
    let received = Mutex<String?>(nil)
    let server = try RawServer { connection in
      let request = connection.readRequest()
      received.withLock { $0 = request }
      connection.write("HTTP/1.1 204 No Content\r\n\r\n")
    }
    let response = try await transport.send(HTTPRequest(.post, server.url + "/"))
    #expect(response == HTTPResponse(204))
    #expect(received.withLock { $0 }?.contains("\r\nContent-Length: 0\r\n") == true)
  }

  @Test func `a connection is used again`() async throws {
    let server = try RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    for _ in 1...5 { _ = try await transport.send(HTTPRequest(.get, server.url + "/")) }
    #expect(server.connections == 1)
  }

  @Test func `requests do not wait for each other`() async throws {
    let slow = try RawServer { $0.waitForEnd() }
    let fast = try RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    let waiting = Task { try await transport.send(HTTPRequest(.get, slow.url + "/")) }
    #expect(try await transport.send(HTTPRequest(.get, fast.url + "/")).status == 200)
    waiting.cancel()
    await #expect(throws: CancellationError.self) { try await waiting.value }
  }

  @Test func `a redirect is given back and not followed`() async throws {
    let other = try RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    let server = try RawServer.answering(
      "HTTP/1.1 302 Found\r\nLocation: \(other.url)/stolen\r\nContent-Length: 0\r\n\r\n")
    let response = try await transport.send(
      HTTPRequest(.get, server.url + "/", headers: ["X-Auth-Token": "secret"]))
    #expect(response.status == 302)
    #expect(other.connections == 0)
  }

  @Test func `only the last of several header blocks counts and trailers are no headers`() async throws {
    let server = try RawServer.answering(
      "HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\n"
        + "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-Late: 1\r\n\r\n2\r\n{}\r\n0\r\nX-Trailer: 1\r\n\r\n"
    )
    let response = try await transport.send(HTTPRequest(.get, server.url + "/"))
    #expect(response.headers.fields.map(\.name) == ["Transfer-Encoding", "X-Late"])
    #expect(response.body.count == 2)
  }

  @Test func `cancelling ends the transfer within 50 ms`() async throws {
    let (requests, request) = AsyncStream.makeStream(of: Void.self)
    let (endings, end) = AsyncStream.makeStream(of: Void.self)
    let server = try RawServer { connection in
      _ = connection.readRequest()
      request.yield()
      connection.waitForEnd()
      end.yield()
    }
    var received = requests.makeAsyncIterator()
    var ended = endings.makeAsyncIterator()
    var fastest = Duration.seconds(60)
    // The fastest of many, since the machine is busy with other tests.
    for _ in 1...50 where fastest >= .milliseconds(50) {
      let task = Task { try await transport.send(HTTPRequest(.get, server.url + "/")) }
      await received.next()
      let start = ContinuousClock.now
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
      fastest = min(fastest, start.duration(to: .now))
      await ended.next()
    }
    #expect(fastest < .milliseconds(50))
  }

  @Test func `a request that was cancelled before it began is not sent`() async throws {
    let server = try RawServer { $0.waitForEnd() }
    for _ in 1...100 {
      let task = Task {
        withUnsafeCurrentTask { $0?.cancel() }
        return try await transport.send(HTTPRequest(.get, server.url + "/"))
      }
      await #expect(throws: CancellationError.self) { try await task.value }
    }
    #expect(server.connections == 0)
  }

  @Test func `cancelling at any moment ends every request`() async throws {
    let server = try RawServer { $0.waitForEnd() }
    for _ in 1...200 {
      let task = Task { try await transport.send(HTTPRequest(.get, server.url + "/")) }
      await Task.yield()
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
    }
  }

  @Test func `closing ends what is under way and refuses what comes later`() async throws {
    let (requests, request) = AsyncStream.makeStream(of: Void.self)
    let server = try RawServer { connection in
      _ = connection.readRequest()
      request.yield()
      connection.waitForEnd()
    }
    let task = Task { try await transport.send(HTTPRequest(.get, server.url + "/")) }
    for await _ in requests { break }
    transport.close()
    await #expect(throws: CancellationError.self) { try await task.value }
    await #expect(throws: CancellationError.self) {
      try await transport.send(HTTPRequest(.get, server.url + "/"))
    }
  }

  @Test(arguments: [
    HTTPRequest(.get, "http://127.0.0.1:1/a b"),
    HTTPRequest(.get, "http://127.0.0.1:1/a\r\nX-Evil: 1"),
    HTTPRequest(.get, "file:///etc/passwd"),
    HTTPRequest(.get, "http://127.0.0.1:1/", headers: ["X-Auth-Token": "a\r\nX-Evil: 1"]),
    HTTPRequest(.get, "http://127.0.0.1:1/", headers: ["X-Auth-Token": "a\0"]),
    HTTPRequest(.get, "http://127.0.0.1:1/", headers: ["X-Auth Token": "a"]),
  ])
  func `what would forge a header is never sent`(_ request: HTTPRequest) async {
    let error = await #expect(throws: NovaError.self) { try await transport.send(request) }
    #expect(error?.kind == .misconfigured)
    #expect(error?.message.contains("Evil") == false)
  }
}
