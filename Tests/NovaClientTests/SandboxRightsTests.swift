import NovaClient
import SandboxCloud
import Testing

@Suite struct SandboxRightsTests {
  private let own = "00000000-0000-4000-a000-000000000001"
  private let open = "00000000-0000-4000-a000-000000000002"

  private func desk() async throws -> SandboxDesk {
    let desk = try await SandboxDesk()
    await desk.sandbox.add(desk.image("own", secondsAgo: 1))
    await desk.sandbox.add(
      desk.image(
        "open", secondsAgo: 2, owner: Accounts.adminProject.id, visibility: .public, properties: ["a": "1"]))
    return desk
  }

  @Test func `everybody finds their own and the public images, an administrator all`() async throws {
    let desk = try await desk()
    #expect(try await desk.names("", as: "demo") == ["own", "open"])
    #expect(try await desk.names("", as: "reader") == ["own", "open"])
    #expect(try await desk.names("", as: "alt") == ["open"])
    #expect(try await desk.names("", as: "admin") == ["own", "open"])
  }

  @Test(arguments: [
    ("demo", "own", 200, 200, 204), ("reader", "own", 200, 403, 403), ("alt", "own", 404, 404, 404),
    ("admin", "own", 200, 200, 204), ("demo", "open", 200, 403, 403), ("admin", "open", 200, 200, 204),
  ])
  func `who may do what`(_ user: String, _ which: String, _ get: Int, _ write: Int, _ delete: Int)
    async throws
  {
    let desk = try await desk()
    let path = "/images/\(which == "own" ? own : open)"
    #expect(await desk.ask(.get, path, as: user).status == get)
    #expect(await desk.ask(.get, path + "/metadata", as: user).status == get)
    #expect(
      await desk.ask(.put, path + "/metadata/k", body: #"{"meta":{"k":"v"}}"#, as: user).status == write)
    #expect(await desk.ask(.delete, path, as: user).status == delete)
  }

  @Test func `refusals have the service's words`() async throws {
    let desk = try await desk()
    let write = await desk.ask(.put, "/images/\(open)/metadata/k", body: #"{"meta":{"k":"v"}}"#)
    #expect(write.text == #"{"forbidden": {"code": 403, "message": "Not authorized for image \#(open)."}}"#)
    #expect(
      try await desk.ask(.delete, "/images/\(open)").message() == "You are not allowed to delete the image.")
    #expect(try await desk.ask(.get, "/images/nope").message() == "Image not found.")
  }

  @Test func `a write that changes nothing is allowed to everybody`() async throws {
    let desk = try await desk()
    let answer = await desk.ask(.put, "/images/\(open)/metadata/a", body: #"{"meta":{"a":"1"}}"#)
    #expect(answer.status == 200)
  }

  @Test func `a protected image can be edited and not deleted, even by an administrator`() async throws {
    let desk = try await desk()
    await desk.sandbox.modify(own) { $0.isProtected = true }
    #expect(await desk.ask(.put, "/images/\(own)/metadata/k", body: #"{"meta":{"k":"v"}}"#).status == 200)
    let answer = await desk.ask(.delete, "/images/\(own)")
    #expect(answer.status == 403)
    #expect(try answer.message() == "You are not allowed to delete the image.")
    #expect(await desk.ask(.delete, "/images/\(own)", as: "admin").status == 403)
  }

  @Test func `a deleted image is gone everywhere`() async throws {
    let desk = try await desk()
    let answer = await desk.ask(.delete, "/images/\(own)")
    #expect((answer.status, answer.body.count) == (204, 0))
    for method in [HTTPMethod.get, .delete] {
      #expect(await desk.ask(method, "/images/\(own)").status == 404)
    }
    #expect(try await desk.names("") == ["open"])
  }

  @Test func `a shared image is found by its members, a community image by its id`() async throws {
    let desk = try await desk()
    await desk.sandbox.modify(own) { image in
      image.visibility = .shared
      image.members = [Accounts.altProject.id]
    }
    #expect(try await desk.names("", as: "alt") == ["own", "open"])
    await desk.sandbox.modify(own) { image in
      image.visibility = .community
      image.members = []
    }
    #expect(try await desk.names("", as: "alt") == ["open"])
    #expect(await desk.ask(.get, "/images/\(own)", as: "alt").status == 200)
  }

  @Test func `the image service tells visibility, owner and protection`() async throws {
    let desk = try await desk()
    var request = desk.request(.get, "")
    request.url = InProcessTransport.address.imageURL + "/v2/images/\(open)"
    let image = try await desk.sandbox.respond(to: request).json()
    #expect(image["visibility"] == "public")
    #expect(image["owner"]?.string == Accounts.adminProject.id)
    #expect(image["protected"] == false)
    #expect(image["a"] == "1")
  }
}
