import Foundation
import NovaClient
import Pilot
import Testing

/// A TLS server with a certificate that nobody has signed, for the name `localhost` only.
private struct SelfSignedServer {
  let port: Int
  private let server: PtyProgram
  private let workplace: Workplace

  var folder: String { workplace.home.path }

  /// - Parameter connections: after so many the server ends by itself.
  init(connections: Int) async throws {
    workplace = try Workplace()
    let certificate = try Self.start(
      "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
        + " -addext subjectAltName=DNS:localhost -keyout key.pem -out cert.pem", in: workplace)
    try #require(try await certificate.exitStatus() == 0)
    server = try Self.start(
      "s_server -accept 127.0.0.1:0 -cert cert.pem -key key.pem -www -naccept \(connections)", in: workplace)
    try await server.waitFor("ACCEPT 127.0.0.1:")
    let line = await server.text.split(whereSeparator: \.isNewline).last { $0.contains("ACCEPT ") }
    port = try #require(line?.split(separator: ":").last.flatMap { Int($0.filter(\.isNumber)) })
  }

  private static func start(_ arguments: String, in workplace: Workplace) throws -> PtyProgram {
    try workplace.start(arguments.split(separator: " ").map(String.init), program: "/usr/bin/openssl")
  }
}

@Suite struct CurlTrustTests {
  @Test func `whom to trust is read anew when a server is not trusted, and its file too`() async throws {
    let server = try await SelfSignedServer(connections: 8)
    let file = server.folder + "/trusted.pem"
    try Data("no certificate yet\n".utf8).write(to: URL(filePath: file))
    let request = HTTPRequest(.get, "https://localhost:\(server.port)/")
    let unchanged = RenewedTrust(CurlTransport()) { TLSSettings() }
    await #expect(throws: NovaError.self) { try await unchanged.send(request) }
    let transport = RenewedTrust(CurlTransport()) { TLSSettings(cacert: file) }
    await #expect(throws: NovaError.self) { try await transport.send(request) }
    try FileManager.default.removeItem(atPath: file)
    try FileManager.default.copyItem(atPath: server.folder + "/cert.pem", toPath: file)
    #expect(try await transport.send(request).status == 200)
  }

  @Test func `a server is trusted by its certificate and its name or not at all`() async throws {
    let server = try await SelfSignedServer(connections: 8)
    func answer(_ tls: TLSSettings, _ host: String) async throws -> HTTPResponse {
      try await CurlTransport(tls: tls).send(HTTPRequest(.get, "https://\(host):\(server.port)/"))
    }
    let known = TLSSettings(cacert: server.folder + "/cert.pem")

    #expect(try await answer(known, "localhost").status == 200)
    #expect(try await answer(TLSSettings(verify: false), "127.0.0.1").status == 200)
    for (tls, host) in [(TLSSettings(), "localhost"), (known, "127.0.0.1")] {
      let error = await #expect(throws: NovaError.self) { try await answer(tls, host) }
      #expect(error?.kind == .untrusted)
      #expect(
        error?.message.hasPrefix("\(host):\(server.port) shows a certificate that is not trusted: ") == true)
    }
    let own = TLSSettings(cert: server.folder + "/cert.pem", key: "/nowhere", verify: false)
    let error = await #expect(throws: NovaError.self) { try await answer(own, "localhost") }
    #expect(error?.kind == .misconfigured)
  }
}
