import Foundation

/// A TLS server with a certificate that nobody has signed, for the name `localhost` only.
package struct SelfSignedServer {
  /// It could not be started, and what was said.
  package struct Failed: Error { var said: String }

  package let port: Int
  private let server: PtyProgram
  private let workplace: Workplace

  /// Where its `cert.pem` and `key.pem` are.
  package var folder: String { workplace.home.path }

  /// - Parameter connections: after so many the server ends by itself.
  package init(connections: Int) async throws {
    workplace = try Workplace()
    let certificate = try Self.start(
      "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
        + " -addext subjectAltName=DNS:localhost -keyout key.pem -out cert.pem", in: workplace)
    let status = try await certificate.exitStatus()
    guard status == 0 else { throw await Failed(said: certificate.text) }
    server = try Self.start(
      "s_server -accept 127.0.0.1:0 -cert cert.pem -key key.pem -www -naccept \(connections)", in: workplace)
    try await server.waitFor("ACCEPT 127.0.0.1:")
    let line = await server.text.split(whereSeparator: \.isNewline).last { $0.contains("ACCEPT ") }
    guard let number = line?.split(separator: ":").last.flatMap({ Int($0.filter(\.isNumber)) }) else {
      throw await Failed(said: server.text)
    }
    port = number
  }

  private static func start(_ arguments: String, in workplace: Workplace) throws -> PtyProgram {
    try workplace.start(arguments.split(separator: " ").map(String.init), program: "/usr/bin/openssl")
  }
}
