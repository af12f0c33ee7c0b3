import Foundation
import NovaClient
import Synchronization
import Testing

@Suite struct CurlFailureTests {
  let transport = CurlTransport()

  private func failure(
    _ transport: CurlTransport, _ url: String, _ location: SourceLocation = #_sourceLocation
  ) async -> NovaError? {
    await #expect(throws: NovaError.self, sourceLocation: location) {
      try await transport.send(HTTPRequest(.get, url, headers: ["X-Auth-Token": "secret"]))
    }
  }

  @Test func `a refused connection names the place`() async throws {
    let port = try RawServer { _ in }.port
    let error = await failure(transport, "http://127.0.0.1:\(port)/v2.1")
    var expected = NovaError(.unreachable, "connection refused by 127.0.0.1:\(port)")
    expected.isUnsent = true
    #expect(error == expected)
  }

  @Test func `an unknown host is unreachable`() async {
    let error = await failure(transport, "http://no-such-host.invalid/")
    #expect(error?.kind == .unreachable)
    #expect(
      error?.message == "the name no-such-host.invalid has no address; check its spelling and DNS")
  }

  @Test func `a reset connection is unreachable`() async throws {
    let server = try RawServer { connection in
      _ = connection.readRequest()
      connection.reset()
    }
    #expect(
      await failure(transport, server.url)
        == NovaError(
          .unreachable, "the connection to 127.0.0.1:\(server.port) was reset before an answer came"))
  }

  @Test func `a connection that closes without a word is unreachable`() async throws {
    let server = try RawServer { _ = $0.readRequest() }
    #expect(
      await failure(transport, server.url)
        == NovaError(.unreachable, "127.0.0.1:\(server.port) closed the connection without an answer"))
  }

  @Test(arguments: [
    "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"images\":",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"im",
    "SSH-2.0-OpenSSH_9.2\r\n",
    "HTTP/1.1 999 What\r\nContent-Length: 0\r\n\r\n",
  ])
  func `an answer that is cut short or no HTTP is malformed`(_ answer: String) async throws {
    let server = try RawServer { connection in
      _ = connection.readRequest()
      connection.write(answer)
    }
    #expect(await failure(transport, server.url)?.kind == .malformedAnswer)
  }

  @Test func `a service that does not even take the connection is given up`() async throws {
    #expect(Timeouts().connect == .seconds(5) && Timeouts().stall == .seconds(30))
    // Its queue is full of those who came before, and nobody takes them off it.
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    var others: [Int32] = []
    withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(listener, pointer, length)
        listen(listener, 0)
        getsockname(listener, pointer, &length)
        for _ in 0..<4 {
          others.append(socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0))
          connect(others[others.count - 1], pointer, length)
        }
      }
    }
    defer { for file in others + [listener] { close(file) } }
    let port = UInt16(bigEndian: address.sin_port)
    let transport = CurlTransport(timeouts: Timeouts(connect: .milliseconds(300)))
    let error = await failure(transport, "http://127.0.0.1:\(port)")
    #expect(error?.kind == .timedOut && error?.isUnsent == true, "\(String(describing: error))")
  }

  @Test func `a service that goes silent is given up`() async throws {
    let server = try RawServer { connection in
      _ = connection.readRequest()
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")
      connection.waitForEnd()
    }
    let error = await failure(CurlTransport(timeouts: Timeouts(stall: .seconds(1))), server.url)
    #expect(error == NovaError(.timedOut, "127.0.0.1:\(server.port) sent nothing for 1 s"))
  }

  @Test func `a body without end is cut off at 64 MiB`() async throws {
    let (counts, counted) = AsyncStream.makeStream(of: Int.self)
    let server = try RawServer { connection in
      _ = connection.readRequest()
      connection.write("HTTP/1.1 200 OK\r\n\r\n")
      let piece = [UInt8](repeating: 0x20, count: 1 << 20)
      var count = 0
      while connection.write(piece) { count += 1 }
      counted.yield(count)
    }
    let error = await failure(transport, server.url)
    #expect(error == NovaError(.answerTooLarge, "The answer is longer than 64 MiB; the rest was not read."))
    for await count in counts {
      #expect((64...96).contains(count))
      break
    }
  }

  @Test func `nothing is unpacked, which would be many times its length`() async throws {
    // 100,000 zero bytes, compressed to 132.
    let gzip = try #require(
      Data(
        base64Encoded: """
          H4sIAAAAAAAC/+3BMQEAAADCoPVPbQ0PoAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
          AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAIBXA32VEdSghgEA
          """))
    let server = try RawServer { connection in
      while connection.readRequest() != nil {
        connection.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(gzip.count)\r\n\r\n")
        connection.write(Array(gzip))
      }
    }
    #expect(try await transport.send(HTTPRequest(.get, server.url)).body == gzip)
  }

  @Test func `headers without end are cut off`() async throws {
    let server = try RawServer { connection in
      _ = connection.readRequest()
      connection.write("HTTP/1.1 200 OK\r\n")
      while connection.write("X-Long: \(String(repeating: "x", count: 1000))\r\n") {}
    }
    #expect(await failure(transport, server.url)?.kind == .answerTooLarge)
  }

  @Test func `a missing file of certificates is a mistake in the configuration`() async throws {
    let server = try RawServer { $0.waitForEnd() }
    let transport = CurlTransport(tls: TLSSettings(cacert: "/nowhere/ca.pem"))
    let error = await failure(transport, "https://127.0.0.1:\(server.port)/")
    #expect(error?.kind == .misconfigured)
    #expect(error?.message.contains("/nowhere/ca.pem") == true)
  }

  @Test func `https with a server that does not speak it is unreachable`() async throws {
    let server = try RawServer.answering("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
    let plain = try RawServer { $0.write("HTTP/1.1 400 Bad Request\r\n\r\n") }
    let error = await failure(transport, "https://127.0.0.1:\(plain.port)/")
    #expect(error?.kind == .unreachable && error?.isUnsent == true)
    #expect(
      error?.message
        == "127.0.0.1:\(plain.port) does not speak TLS; its address may have to begin with http://")
    #expect(try await transport.send(HTTPRequest(.get, server.url)).status == 400)
  }
}
