import Foundation

/// Signs in at Keystone v3.
struct Keystone {
  var transport: any HTTPTransport

  /// Asks for a token once.
  /// - Throws: `NovaError` of kind `.notSignedIn` with Keystone's words when it refuses who we are, `.misconfigured`
  ///   when there is no Keystone v3 at the address; otherwise what the transport or the answer says.
  func signIn(_ login: KeystoneLogin) async throws -> KeystoneToken {
    let request = HTTPRequest(
      .post, login.tokensURL,
      headers: ["Accept": "application/json", "Content-Type": "application/json"],
      body: try login.body())
    let response = try await transport.send(request)
    guard response.status == 201 || response.status == 200 else { throw refusal(response, login) }
    return try KeystoneToken(response)
  }

  private func refusal(_ response: HTTPResponse, _ login: KeystoneLogin) -> NovaError {
    var error = NovaError(response)
    switch (error.kind, response.status) {
    case (.notSignedIn, _), (.notFound, _):
      // 404 for an unknown application credential or token (observed).
      error.kind = .notSignedIn
      error.message = "\(login.method.refusal) (Keystone: \(error.message))"
      error.isServiceMessage = false
    case (.notOffered, _), (_, 300), (_, 405):
      error.kind = .misconfigured
      // Without a name and a password that somebody has put into it.
      let address = (Origin(login.tokensURL)?.url ?? "") + Origin.path(of: login.tokensURL)
      error.message = "there is no Keystone v3 at \(address) (auth_url)"
      error.isServiceMessage = false
    default: break
    }
    return error
  }
}

extension KeystoneLogin.Method {
  /// What may be wrong when Keystone refuses: it does not say which, lest a stranger learn whom it knows (observed).
  fileprivate var refusal: String {
    switch self {
    case .password: "user name, password, domain or project is wrong"
    case .applicationCredential, .namedApplicationCredential:
      "the application credential is wrong, expired or withdrawn"
    case .token: "the token is wrong or expired"
    }
  }
}
