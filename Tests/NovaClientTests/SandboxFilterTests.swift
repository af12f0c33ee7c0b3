import NovaClient
import SandboxCloud
import Testing

@Suite struct SandboxFilterTests {
  /// a … f, newest first, each different in what filters look at.
  private func desk() async throws -> SandboxDesk {
    let desk = try await SandboxDesk()
    var images = [
      desk.image("a", secondsAgo: 10),
      desk.image("b", secondsAgo: 20, status: .queued, properties: ["image_type": "snapshot"]),
      desk.image("c", secondsAgo: 30, status: .saving, properties: ["image_type": "backup"]),
      desk.image("d", secondsAgo: 40, status: .deactivated, properties: ["architecture": "x86_64"]),
      desk.image("e", secondsAgo: 50, status: .killed),
      desk.image(
        "f é,g", secondsAgo: 60, properties: ["instance_uuid": "5e0c", "os_distro": "debian", "lab": "7"]),
    ]
    images[0].minDisk = 5
    images[0].minRAM = 512
    images[1].minDisk = 10
    for image in images { await desk.sandbox.add(image) }
    return desk
  }

  @Test(arguments: [
    ("", "a b c d f é,g"),
    ("?name=a", "a"), ("?name=A", ""), ("?name=", ""), ("?name=f", ""), ("?name=f%20%C3%A9%2Cg", "f é,g"),
    ("?name=f+%C3%A9%2Cg", "f é,g"), ("?name=in:a,c", "a c"), ("?name=a&name=b", "b"),
    ("?status=ACTIVE", "a f é,g"), ("?status=active", "a f é,g"), ("?status=SAVING", "c"),
    ("?status=QUEUED", "b"), ("?status=in:queued,saving", "b c"), ("?status=ERROR", ""),
    ("?status=killed", ""),
    ("?status=UNKNOWN", ""), ("?status=in:deactivated,importing,uploading", "d"), ("?status=bogus", ""),
    ("?status=", ""), ("?status=DELETED", ""), ("?status=ACTIVE&status=QUEUED", "b"),
    ("?minDisk=5", "a"), ("?minDisk=4", ""), ("?minDisk=0", "c d f é,g"), ("?minDisk=abc", ""),
    ("?minDisk=-1", ""), ("?minDisk=", ""), ("?minDisk=gte:5", ""), ("?minRam=512", "a"), ("?minRam=1.5", ""),
    ("?min_disk=5", "a b c d f é,g"), ("?image_type=backup&owner=x&visibility=y", "a b c d f é,g"),
    ("?type=snapshot", "b"), ("?type=backup", "c"), ("?type=SNAPSHOT", ""), ("?type=image", ""),
    ("?type=", ""),
    ("?server=5e0c", "f é,g"), ("?server=http%3A%2F%2Felsewhere%2Fservers%2F5e0c", "f é,g"),
    ("?server=http://x/5e0c/", ""), ("?server=5E0C", ""),
    ("?property-architecture=x86_64", "d"), ("?property-lab=7", "f é,g"),
    ("?property-image_type=backup", "c"),
    ("?property-os_distro=debian", ""),
    ("?minDisk=5&status=ACTIVE&minRam=512", "a"), ("?minDisk=5&status=QUEUED", ""),
    ("?sort_key=name&sort_dir=asc&offset=3&page_size=2", "a b c d f é,g"),
  ])
  func `a filter finds what the real service finds`(_ query: String, _ names: String) async throws {
    let desk = try await desk()
    #expect(try await desk.names(query).joined(separator: " ") == names)
  }

  @Test(arguments: [
    ("2026-11-23T11:59:40Z", 2), ("2026-11-23T11:59:40.0Z", 2), ("2026-11-23T11:59:40.5Z", 1),
    ("2026-11-23T11:59:41Z", 1), ("2026-11-23T11:59:40%2B00:00", 2), ("2026-11-23T11:59:40", 2),
    ("2026-11-23%2011:59:40", 2), ("2026-11-23T13:59:40%2B02:00", 2), ("2026-11-23T06:59:40-05:00", 2),
    ("2026-11-23T11:59Z", 5), ("2026-11-23", 5), ("20261123T115940Z", 2), ("2099-01-01", 0),
  ])
  func `changed since takes the times that the real service takes`(_ time: String, _ count: Int) async throws
  {
    let desk = try await desk()
    #expect(try await desk.names("?changes-since=\(time)").count == count)
  }

  @Test(arguments: [
    "2026-11-23T11:59:40+00:00", "1795435200", "bogus", "", "2026-02-30T00:00:00Z", "2026-11-23t11:59:40Z",
    "2026-11-23T11:59:40z", "gte:2026-11-23",
  ])
  func `changed since refuses anything else`(_ time: String) async throws {
    let answer = await (try await desk()).ask(.get, "/images?changes-since=\(time)")
    #expect(answer.status == 400)
    #expect(
      try answer.message()
        == "HTTP 400 Bad Request: Bad &quot;updated_at&quot; query filter format. Use ISO 8601 DateTime notation."
    )
  }

  @Test func `changed since sees a metadata write but not a deletion`() async throws {
    let desk = try await desk()
    let (a, f) = (desk.image("", secondsAgo: 10), desk.image("", secondsAgo: 60))
    await desk.sandbox.advance(by: .seconds(5))
    #expect(await desk.ask(.put, "/images/\(f.id)/metadata/k", body: #"{"meta":{"k":"v"}}"#).status == 200)
    #expect(await desk.ask(.delete, "/images/\(a.id)").status == 204)
    #expect(try await desk.names("?changes-since=2026-11-23T12:00:00Z") == ["f é,g"])
  }

  @Test func `a failed image is shown by its id but never listed`() async throws {
    let desk = try await desk()
    let answer = await desk.ask(.get, "/images/\(desk.image("", secondsAgo: 50).id)")
    #expect(try answer.json()["image"]?["status"] == "ERROR")
    #expect(try answer.json()["image"]?["progress"] == 0)
  }

  @Test func `a failed image is listed where the settings say so`() async throws {
    let desk = try await SandboxDesk(listsFailed: true)
    await desk.sandbox.add(desk.image("e", secondsAgo: 50, status: .killed))
    #expect(try await desk.names("") == ["e"])
  }
}
