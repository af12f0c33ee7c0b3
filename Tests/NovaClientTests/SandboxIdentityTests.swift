import Foundation
import NovaClient
import SandboxCloud
import Testing

@Suite struct SandboxIdentityTests {
  private let sandbox = Sandbox(SandboxSettings(imageCount: 0, clock: .stopped(at: SandboxDesk.start)))
  private let address = InProcessTransport.address

  private func signIn(_ identity: String, scope: String? = nil) async -> HTTPResponse {
    let body = "{\"auth\":{\"identity\":\(identity)\(scope.map { ",\"scope\":\($0)" } ?? "")}}"
    return await sandbox.respond(
      to: HTTPRequest(.post, address.authURL + "/auth/tokens", body: Data(body.utf8)))
  }

  private func list(_ token: String?) async -> HTTPResponse {
    var request = HTTPRequest(.get, address.computeURL + "/images/detail")
    request.headers["X-Auth-Token"] = token
    return await sandbox.respond(to: request)
  }

  @Test func `a password gives a token with a project, an end and a catalogue`() async throws {
    let answer = await sandbox.respond(to: SandboxDesk.signIn("demo", project: "demo"))
    #expect(answer.status == 201)
    let token = try #require(try answer.json()["token"])
    #expect(token["project"]?["name"] == "demo")
    #expect(token["expires_at"] == "2026-11-23T13:00:00.000000Z")
    let compute = token["catalog"]?.array?.first { $0["type"] == "compute" }
    #expect(compute?["endpoints"]?.array?.map { $0["interface"]?.string } == ["public", "internal", "admin"])
    #expect(compute?["endpoints"]?.array?.first?["url"]?.string == address.computeURL)
    #expect(compute?["endpoints"]?.array?.first?["region_id"] == "RegionOne")
    #expect(await list(answer.headers["X-Subject-Token"]).status == 200)
  }

  @Test(arguments: [
    SandboxDesk.signIn("demo", project: "demo", password: "wrong"),
    SandboxDesk.signIn("nobody", project: "demo"),
    SandboxDesk.signIn("demo", project: "alt"),
  ])
  func `a wrong password, user or project is 401 in Keystone's form`(_ request: HTTPRequest) async throws {
    let answer = await sandbox.respond(to: request)
    #expect(answer.status == 401)
    #expect(
      answer.text
        == #"{"error":{"code":401,"message":"The request you have made requires authentication.","title":"Unauthorized"}}"#
    )
    #expect(answer.headers["WWW-Authenticate"] == "Keystone uri=\"\(address.authURL)\"")
  }

  @Test(arguments: [("{}", "auth"), ("{", "valid JSON"), (#"{"auth":{}}"#, "identity")])
  func `a malformed sign-in is said to be one`(_ body: String, _ missing: String) async throws {
    let answer = await sandbox.respond(
      to: HTTPRequest(.post, address.authURL + "/auth/tokens", body: Data(body.utf8)))
    #expect(answer.status == 400)
    #expect(try answer.message()?.hasPrefix("Expecting to find \(missing) in request body.") == true)
  }

  @Test(arguments: [
    #"{"id":"e2c7f4a01b9d4d6e93a5c08f7b61d24e","secret":"app-secret"}"#,
    #"{"name":"novalens","user":{"name":"demo","domain":{"name":"Default"}},"secret":"app-secret"}"#,
  ])
  func `an application credential gives a token of its project`(_ credential: String) async throws {
    let answer = await signIn(
      "{\"methods\":[\"application_credential\"],\"application_credential\":\(credential)}")
    #expect(answer.status == 201)
    #expect(try answer.json()["token"]?["project"]?["name"] == "demo")
  }

  @Test func `an unknown application credential is 404, a wrong secret 401`() async throws {
    let method = #"{"methods":["application_credential"],"application_credential":"#
    let unknown = await signIn(method + #"{"id":"abc","secret":"x"}}"#)
    #expect(unknown.status == 404)
    #expect(try unknown.message() == "Could not find Application Credential: abc.")
    let wrong = await signIn(method + #"{"id":"e2c7f4a01b9d4d6e93a5c08f7b61d24e","secret":"x"}}"#)
    #expect(wrong.status == 401)
  }

  @Test func `a token gives another that ends no later`() async throws {
    let first = await sandbox.respond(to: SandboxDesk.signIn("demo", project: "demo"))
    let id = try #require(first.headers["X-Subject-Token"])
    await sandbox.advance(by: .seconds(600))
    let scope = #"{"project":{"id":"\#(Accounts.demoProject.id)"}}"#
    let second = await signIn("{\"methods\":[\"token\"],\"token\":{\"id\":\"\(id)\"}}", scope: scope)
    #expect(second.status == 201)
    #expect(try second.json()["token"]?["expires_at"] == "2026-11-23T13:00:00.000000Z")
    #expect(try second.json()["token"]?["methods"] == ["password", "token"])
  }

  @Test func `without a scope there is no catalogue, and compute fails on the token`() async throws {
    let user = #"{"name":"demo","domain":{"id":"default"},"password":"demo-secret"}"#
    let answer = await signIn("{\"methods\":[\"password\"],\"password\":{\"user\":\(user)}}")
    #expect(answer.status == 201)
    #expect(try answer.json()["token"]?["catalog"] == nil)
    let list = await list(answer.headers["X-Subject-Token"])
    #expect(list.status == 500)
    #expect(try list.message()?.hasSuffix("<class 'keystoneauth1.exceptions.catalog.EmptyCatalog'>") == true)
  }

  @Test func `no token, a wrong one and one past its end are 401`() async throws {
    let answer = await sandbox.respond(to: SandboxDesk.signIn("demo", project: "demo"))
    let token = answer.headers["X-Subject-Token"]
    #expect(await list(nil).status == 401)
    #expect(await list("nope").status == 401)
    await sandbox.advance(by: .seconds(3599))
    #expect(await list(token).status == 200)
    await sandbox.advance(by: .seconds(1))
    let late = await list(token)
    #expect(late.status == 401)
    #expect(late.headers["WWW-Authenticate"] == "Keystone uri=\"\(address.authURL)\"")
    #expect(late.headers["OpenStack-API-Version"] == nil)
    #expect(
      late.text == #"{"error": {"code": 401, "title": "Unauthorized", "#
        + #""message": "The request you have made requires authentication."}}"#)
  }

  @Test func `tokens can be taken back`() async throws {
    let answer = await sandbox.respond(to: SandboxDesk.signIn("demo", project: "demo"))
    await sandbox.revokeTokens()
    #expect(await list(answer.headers["X-Subject-Token"]).status == 401)
  }

  @Test func `a token that only compute still takes shows as 403, 500 and 403`() async throws {
    let id = await sandbox.create("web")
    let answer = await sandbox.respond(to: SandboxDesk.signIn("demo", project: "demo"))
    let token = answer.headers["X-Subject-Token"]
    await sandbox.revokeTokensBehindCompute()
    let list = await list(token)
    #expect(list.status == 403)
    #expect(try list.message()?.hasPrefix("HTTP 401 Unauthorized: This server could not verify") == true)
    var request = HTTPRequest(.get, address.computeURL + "/images/\(id)")
    request.headers["X-Auth-Token"] = token
    #expect(
      try await sandbox.respond(to: request).message()?.hasSuffix(
        "<class 'nova.exception.ImageNotAuthorized'>") == true)
    request.url += "/metadata"
    #expect(try await sandbox.respond(to: request).message() == "Not authorized for image \(id).")
  }

  @Test func `the version document needs no token`() async throws {
    let document = await sandbox.respond(to: HTTPRequest(.get, address.authURL))
    #expect(try document.json()["version"]?["id"] == "v3.14")
    let choice = await sandbox.respond(to: HTTPRequest(.get, address.origin + "/identity"))
    #expect(choice.status == 300)
  }
}
