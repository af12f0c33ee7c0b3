import Foundation
import NovaClient
import SandboxCloud
import Testing

@Suite struct SandboxProtocolTests {
  private let id = "00000000-0000-4000-a000-000000000001"

  private func desk() async throws -> SandboxDesk {
    let desk = try await SandboxDesk()
    await desk.sandbox.add(desk.image("web", secondsAgo: 1, properties: ["instance_uuid": "abc"]))
    return desk
  }

  @Test func `an image is written as the service writes it, byte for byte`() async throws {
    let desk = try await desk()
    await desk.sandbox.modify(id) { image in
      image.name = "w\u{E9}b 🚀\n"
      image.minDisk = 20
      image.size = 36
      image.properties["auto_disk_config"] = "false"
    }
    let compute = "\(InProcessTransport.address.origin)/compute"
    let text = await desk.ask(.get, "/images/\(id)").text
    #expect(
      text == #"""
        {"image": {"id": "\#(id)", "name": "w\u00e9b \ud83d\ude80\n", "minRam": 0, "minDisk": 20, "metadata": \#
        {"instance_uuid": "abc", "auto_disk_config": "false"}, "created": "2026-11-23T11:59:59Z", \#
        "updated": "2026-11-23T12:00:00Z", "status": "ACTIVE", "progress": 100, "OS-EXT-IMG-SIZE:size": 36, \#
        "links": [{"rel": "self", "href": "\#(compute)/v2.1/images/\#(id)"}, \#
        {"rel": "bookmark", "href": "\#(compute)/images/\#(id)"}, \#
        {"rel": "alternate", "type": "application/vnd.openstack.image", "href": \#
        "\#(InProcessTransport.address.origin)/image//images/\#(id)"}], \#
        "server": {"id": "abc", "links": [{"rel": "self", "href": "\#(compute)/v2.1/servers/abc"}, \#
        {"rel": "bookmark", "href": "\#(compute)/servers/abc"}]}, "OS-DCF:diskConfig": "MANUAL"}}
        """#)
  }

  @Test(arguments: [
    (ImageRecord.Status.queued, "SAVING", 25), (.saving, "SAVING", 50), (.active, "ACTIVE", 100),
    (.killed, "ERROR", 0), (.deleted, "DELETED", 0), (.pendingDelete, "DELETED", 0),
    (.deactivated, "UNKNOWN", 0),
    (.importing, "UNKNOWN", 0), (.uploading, "UNKNOWN", 0),
  ])
  func `statuses are shown in the compute service's words`(
    _ status: ImageRecord.Status, _ shown: String, _ progress: Int
  ) async throws {
    let desk = try await desk()
    await desk.sandbox.modify(id) { $0.status = status }
    let image = try await desk.ask(.get, "/images/\(id)").json()["image"]
    #expect(image?["status"]?.string == shown)
    #expect(image?["progress"]?.integer == progress)
  }

  @Test func `an answer carries its version, two request ids and the time`() async throws {
    let answer = await (try await desk()).ask(.get, "/images")
    #expect(answer.headers["OpenStack-API-Version"] == "compute 2.1")
    #expect(answer.headers["X-OpenStack-Nova-API-Version"] == "2.1")
    #expect(answer.headers.fields.filter { $0.name == "Vary" }.count == 2)
    #expect(answer.requestID?.hasPrefix("req-") == true)
    #expect(answer.headers["x-compute-request-id"] == answer.requestID)
    #expect(answer.headers["Content-Type"] == "application/json")
    #expect(answer.date == SandboxDesk.start)
  }

  @Test(arguments: [
    ("2.1", 200, 200), ("2.35", 200, 200), ("2.36", 404, 200), ("2.38", 404, 200), ("2.39", 404, 404),
    ("2.104", 404, 404), ("latest", 404, 404), ("2.999", 406, 406), ("3.0", 406, 406), ("abc", 400, 400),
    ("2.01", 400, 400),
  ])
  func `newer versions of the API have no images`(_ version: String, _ images: Int, _ metadata: Int)
    async throws
  {
    let desk = try await desk()
    let forms: [HTTPHeaders] = [
      ["OpenStack-API-Version": "compute \(version)"], ["X-OpenStack-Nova-API-Version": version],
    ]
    for headers in forms {
      #expect(await desk.ask(.get, "/images", headers: headers).status == images)
      #expect(await desk.ask(.get, "/images/\(id)/metadata", headers: headers).status == metadata)
    }
  }

  @Test func `a version that is not offered is answered with the offer`() async throws {
    let answer = await (try await desk()).ask(
      .get, "/images", headers: ["OpenStack-API-Version": "compute 2.999"])
    #expect(
      try answer.message()
        == "Version 2.999 is not supported by the API. Minimum is 2.1 and maximum is 2.104.")
    #expect(answer.headers["OpenStack-API-Version"] == "compute 2.999")
  }

  @Test func `a version of another service and the old path are not asked`() async throws {
    let desk = try await desk()
    #expect(await desk.ask(.get, "/images", headers: ["OpenStack-API-Version": "image 2.99"]).status == 200)
    var old = desk.request(.get, "", headers: ["OpenStack-API-Version": "compute 2.99"])
    old.url = InProcessTransport.address.origin + "/compute/v2/images"
    let answer = await desk.sandbox.respond(to: old)
    #expect(answer.status == 200)
    #expect(answer.headers["OpenStack-API-Version"] == nil)
    #expect(answer.text.contains("/compute/v2/images/"))
  }

  @Test(arguments: [
    (HTTPMethod.post, "/images"), (.put, "/images/abc"), (.delete, "/images"), (.get, "/images/"),
    (.get, "/images/detail/"), (.get, "/images.json"), (.get, "/nope"), (.get, "/xyz/images"),
    (.get, "/images/abc/metadata/"), (.get, "/images/abc/metadata/a%2Fb"), (.post, "/images/abc/metadata/k"),
  ])
  func `a path that no route takes is a page, plain text or JSON of a third form, by what is accepted`(
    _ method: HTTPMethod, _ path: String
  ) async throws {
    let desk = try await desk()
    let page = await desk.ask(method, path, headers: ["Accept": "*/*"])
    #expect(page.status == 404)
    #expect(page.headers["Content-Type"] == "text/html; charset=UTF-8")
    #expect(page.headers["OpenStack-API-Version"] == nil)
    #expect(await desk.ask(method, path).text.hasPrefix("404 Not Found\n\nThe resource"))
    let json = await desk.ask(method, path, headers: ["Accept": "application/json"])
    #expect(try json.json()["code"] == "404 Not Found")
    #expect(try json.message() == "The resource could not be found.<br /><br />\n\n\n")
  }

  @Test func `doubled slashes count as one`() async throws {
    #expect(await (try await desk()).ask(.get, "//images//detail").status == 200)
  }

  @Test func `somebody else's project in the path is refused`() async throws {
    let desk = try await desk()
    let answer = await desk.ask(.get, "/\(Accounts.altProject.id)/images")
    #expect(answer.status == 400)
    #expect(
      try answer.message()
        == "Malformed request URL: URL's project_id '\(Accounts.altProject.id)' doesn't match Context's "
        + "project_id '\(Accounts.demoProject.id)'")
  }

  @Test func `a body above the limit is a page with 413`() async throws {
    let desk = try await desk()
    for (count, status) in [(114_688, 400), (114_689, 413)] {
      let body = String(repeating: "x", count: count)
      #expect(await desk.ask(.post, "/images/\(id)/metadata", body: body).status == status)
    }
  }

  @Test(arguments: [
    ("text/plain", 200), ("application/json; charset=utf-8", 200), ("application/xml", 415),
    ("application/x-www-form-urlencoded", 415), ("application/json-patch", 415),
    ("application/vnd.openstack.compute+json", 200),
  ])
  func `most kinds of body are taken`(_ type: String, _ status: Int) async throws {
    let answer = await (try await desk()).ask(
      .post, "/images/\(id)/metadata", body: #"{"metadata":{}}"#, headers: ["Content-Type": type])
    #expect(answer.status == status)
  }

  @Test(arguments: [
    ("", 200), ("/", 200), ("/v2.1", 200), ("/v2.1/", 200), ("/v2/", 200), ("/v3/", 300), ("/images", 300),
  ])
  func `versions need no token`(_ path: String, _ status: Int) async throws {
    let url = InProcessTransport.address.origin + "/compute" + path
    let answer = await Sandbox(SandboxSettings(imageCount: 0)).respond(to: HTTPRequest(.get, url))
    #expect(answer.status == status)
    #expect(try answer.json().object?.count == 1)
  }
}
