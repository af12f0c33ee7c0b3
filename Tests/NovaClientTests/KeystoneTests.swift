import Foundation
import Testing

@testable import NovaClient

@Suite struct KeystoneTests {
  private struct Answering: HTTPTransport {
    var response: HTTPResponse
    func send(_ request: HTTPRequest) async throws -> HTTPResponse { response }
  }

  private let login = KeystoneLogin(
    url: "http://k", method: .password(.id("u"), "p"), scope: .projectID("i"))

  @Test(arguments: [
    "http://k:5000", "http://k:5000/", "http://k:5000/v3", "http://k:5000/v3//", "http://k:5000/v2.0/",
  ])
  func `the address may come with or without its version`(_ url: String) {
    let login = KeystoneLogin(url: url, method: .token("t"), scope: .unscoped)
    #expect(login.tokensURL == "http://k:5000/v3/auth/tokens")
  }

  @Test(arguments: [
    (
      KeystoneLogin.Method.password(.name("u", .name("d")), "p"), KeystoneLogin.Scope.project("n", .id("d")),
      #"{"auth":{"identity":{"methods":["password"],"password":{"user":{"domain":{"name":"d"},"name":"u","password":"p"}}},"scope":{"project":{"domain":{"id":"d"},"name":"n"}}}}"#
    ),
    (
      .applicationCredential(id: "a", secret: "s"), .unscoped,
      #"{"auth":{"identity":{"application_credential":{"id":"a","secret":"s"},"methods":["application_credential"]}}}"#
    ),
    (
      .namedApplicationCredential("a", .id("u"), secret: "s"), .unscoped,
      #"{"auth":{"identity":{"application_credential":{"name":"a","secret":"s","user":{"id":"u"}},"methods":["application_credential"]}}}"#
    ),
    (
      .token("t"), .domain(.name("d")),
      #"{"auth":{"identity":{"methods":["token"],"token":{"id":"t"}},"scope":{"domain":{"name":"d"}}}}"#
    ),
    (
      .token("t"), .system,
      #"{"auth":{"identity":{"methods":["token"],"token":{"id":"t"}},"scope":{"system":{"all":true}}}}"#
    ),
  ])
  func `the request says who and for what`(
    _ method: KeystoneLogin.Method, _ scope: KeystoneLogin.Scope, _ json: String
  ) throws {
    let body = try KeystoneLogin(url: "http://k", method: method, scope: scope).body()
    #expect(String(decoding: body, as: UTF8.self) == json)
  }

  @Test func `a password is sent as it was typed, whatever is in it`() throws {
    let password = "a\"b\\c\u{1}\u{1F}\n/é💾"
    let login = KeystoneLogin(
      url: "http://k", method: .password(.id("u"), Secret(password)), scope: .unscoped)
    let body = try JSONDecoder().decode(JSONValue.self, from: login.body())
    #expect(body["auth"]?["identity"]?["password"]?["user"]?["password"]?.string == password)
  }

  @Test(arguments: [
    (401, #"{"error":{"code":401,"message":"no","title":"Unauthorized"}}"#, NovaError.Kind.notSignedIn),
    (404, #"{"error":{"code":404,"message":"Could not find Application Credential: a."}}"#, .notSignedIn),
    (404, "<h1>Not Found</h1>", .misconfigured), (300, #"{"choices":[]}"#, .misconfigured),
    (302, "", .redirected), (503, "<h1>Service Unavailable</h1>", .unavailable),
    (201, "{}", .malformedAnswer),
  ])
  func `a refusal is told from a wrong address and from a fault`(
    _ status: Int, _ body: String, _ kind: NovaError.Kind
  ) async {
    let keystone = Keystone(transport: Answering(response: HTTPResponse(status, body: Data(body.utf8))))
    let error = await #expect(throws: NovaError.self) { try await keystone.signIn(login) }
    #expect(error?.kind == kind)
  }

  @Test func `what somebody has put into the address is not said`() async {
    let login = KeystoneLogin(
      url: "http://me:secret@k:5000/a@b", method: .password(.id("u"), "p"), scope: .unscoped)
    let keystone = Keystone(transport: Answering(response: HTTPResponse(300, body: Data())))
    let error = await #expect(throws: NovaError.self) { try await keystone.signIn(login) }
    #expect(error?.message == "there is no Keystone v3 at http://k:5000/a@b/v3/auth/tokens (auth_url)")
  }

  @Test(
    arguments: [
      ("Sun, 06 Nov 1994 08:49:37 GMT", 23), (nil, 60),
    ] as [(String?, Int)])
  func `a token's life is counted by Keystone's own clock`(_ date: String?, _ seconds: Int) throws {
    var response = HTTPResponse(201)
    response.headers["Date"] = date
    response.headers["X-Subject-Token"] = "t"
    response.body = Data(
      #"{"token":{"issued_at":"1994-11-06T08:49:00.000000Z","expires_at":"1994-11-06T08:50:00.000000Z"}}"#
        .utf8)
    #expect(try KeystoneToken(response).lifetime == .seconds(seconds))
  }
}
