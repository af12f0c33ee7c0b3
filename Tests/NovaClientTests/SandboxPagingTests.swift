import NovaClient
import SandboxCloud
import Testing

@Suite struct SandboxPagingTests {
  private func desk(_ count: Int) async throws -> SandboxDesk {
    let desk = try await SandboxDesk()
    for number in 0..<count { await desk.sandbox.add(desk.image("n\(number)", secondsAgo: number)) }
    return desk
  }

  @Test func `pages are newest first and follow each other without a gap`() async throws {
    let desk = try await desk(5)
    #expect(try await desk.names("?limit=2") == ["n0", "n1"])
    let second = try #require(try await desk.next("/images?limit=2"))
    #expect(second == "/images?limit=2&marker=\(desk.image("", secondsAgo: 1).id)")
    #expect(try await desk.names(String(second.dropFirst("/images".count))) == ["n2", "n3"])
  }

  @Test(arguments: [("?limit=5", true), ("?limit=6", false), ("", false), ("?limit=4", true)])
  func `a full page links to the next, even when nothing follows`(_ query: String, _ has: Bool) async throws {
    let desk = try await desk(5)
    #expect((try await desk.next("/images" + query) != nil) == has)
    #expect((try await desk.next("/images/detail" + query) != nil) == has)
  }

  @Test(arguments: [(999, 999, true), (1000, 1000, true), (1001, 1001, false), (2000, 1200, false)])
  func `a limit above a thousand is obeyed but links nowhere`(
    _ limit: Int, _ count: Int, _ has: Bool
  ) async throws {
    let desk = try await SandboxDesk(imageCount: 1200)
    #expect(try await desk.names("?limit=\(limit)").count == count)
    #expect((try await desk.next("/images?limit=\(limit)") != nil) == has)
  }

  @Test func `the next link repeats what is known, in order and encoded, and the last of equals by spelling`()
    async throws
  {
    let desk = try await desk(3)
    let query = "?status=active&limit=5&limit=1&changes-since=2020-01-01T00:00:00Z&sort_key=name&offset=5"
    let next = try await desk.next("/images/detail" + query)
    #expect(
      next == "/images/detail?changes-since=2020-01-01T00%3A00%3A00Z&limit=5&offset=5&status=active&marker="
        + desk.image("", secondsAgo: 0).id)
  }

  @Test func `the path form with a project is kept in every link`() async throws {
    let desk = try await desk(1)
    let path = "/\(Accounts.demoProject.id)/images"
    #expect(try await desk.next(path + "?limit=1")?.hasPrefix(path + "?limit=1") == true)
    let image = try await desk.ask(.get, path).json()["images"]?.array?.first
    let links = image?["links"]?.array?.compactMap { $0["href"]?.string }
    let id = desk.image("", secondsAgo: 0).id
    let origin = InProcessTransport.address.origin
    #expect(
      links == [
        "\(origin)/compute/v2.1\(path)/\(id)", "\(origin)/compute\(path)/\(id)",
        "\(origin)/image//images/\(id)",
      ])
  }

  @Test(arguments: [
    ("limit=0", "limit. Value: 0. 0 is less than the minimum of 1"),
    ("limit=-1", "limit. Value: -1. '-1' does not match '^[0-9]*$'"),
    ("limit=abc", "limit. Value: abc. 'abc' does not match '^[0-9]*$'"),
    ("limit=1.5", "limit. Value: 1.5. '1.5' does not match '^[0-9]*$'"),
    ("limit=%205", "limit. Value:  5. ' 5' does not match '^[0-9]*$'"),
    ("limit=5&limit=x", "limit. Value: x. 'x' does not match '^[0-9]*$'"),
    ("limit=", "limit. Value: . '' should be non-empty"),
    ("page_size=0", "page_size. Value: 0. 0 is less than the minimum of 1"),
    ("offset=-1", "offset. Value: -1. '-1' does not match '^[0-9]*$'"),
  ])
  func `a bad number is refused with its value`(_ query: String, _ message: String) async throws {
    let answer = await (try await desk(1)).ask(.get, "/images?\(query)")
    #expect(answer.status == 400)
    #expect(try answer.message() == "Invalid input for query parameters \(message)")
  }

  @Test func `a number too large to count is as good as no limit`() async throws {
    #expect(try await desk(3).names("?limit=999999999999999999999").count == 3)
  }

  @Test func `a marker need not match the filter, and an empty one is none`() async throws {
    let desk = try await desk(3)
    #expect(try await desk.names("?name=n2&limit=2&marker=\(desk.image("", secondsAgo: 0).id)") == ["n2"])
    #expect(try await desk.names("?marker=").count == 3)
  }

  @Test func `a marker that is gone is a bad request`() async throws {
    let answer = await (try await desk(1)).ask(.get, "/images?marker=nope")
    #expect(answer.status == 400)
    #expect(try answer.message() == "HTTP 400 Bad Request: No image found with ID nope")
  }

  @Test func `somebody else's private image is a forbidden marker`() async throws {
    let desk = try await desk(1)
    let foreign = desk.image("theirs", secondsAgo: 9, owner: Accounts.altProject.id)
    await desk.sandbox.add(foreign)
    let answer = await desk.ask(.get, "/images?marker=\(foreign.id)")
    #expect(answer.status == 403)
    #expect(
      try answer.message()
        == "HTTP 403 Forbidden: Forbidding request, image \(foreign.id) not visible")
  }

  @Test func `an image that comes while one pages appears before the first page`() async throws {
    let desk = try await desk(4)
    let second = try #require(try await desk.next("/images?limit=2"))
    await desk.sandbox.create("new")
    #expect(try await desk.names(String(second.dropFirst("/images".count))) == ["n2", "n3"])
    #expect(try await desk.names("?limit=1") == ["new"])
  }
}
