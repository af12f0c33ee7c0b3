import Foundation
import NovaClient
import Pilot
import Testing

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
