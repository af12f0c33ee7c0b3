import Foundation

/// Signs in at Keystone v3.
struct Keystone {
  var transport: any HTTPTransport

  /// Asks for a token once.
  /// - Throws: `NovaError` of kind `.notSignedIn` with Keystone's words when it refuses who we are, `.misconfigured`
  ///   when there is no Keystone v3 at the address; otherwise what the transport or the answer says.
  func signIn(_ login: KeystoneLogin) async throws -> KeystoneToken {
    let body = try login.body()
    let request = HTTPRequest(
      .post, login.tokensURL,
      headers: ["Accept": "application/json", "Content-Type": "application/json"],
      body: Data(body.text().utf8))
    let response = try await transport.send(request)
    guard response.status == 201 || response.status == 200 else { throw refusal(response, login) }
    return try KeystoneToken(response)
  }

  private func refusal(_ response: HTTPResponse, _ login: KeystoneLogin) -> NovaError {
    var error = NovaError(response)
    switch (error.kind, response.status) {
    case (.notFound, _):
      // An unknown application credential or token (observed).
      error.kind = .notSignedIn
    case (.notOffered, _), (_, 300), (_, 405):
      error.kind = .misconfigured
      error.message = "there is no Keystone v3 at \(login.tokensURL) (auth_url)"
    default: break
    }
    return error
  }
}
