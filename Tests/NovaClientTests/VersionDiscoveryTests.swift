import Foundation
import NovaClient
import Testing

@Suite struct VersionDiscoveryTests {
  private static let versions = """
    {"versions":[{"id":"v2.0","links":[{"rel":"self","href":"http://inner:8774/v2/"}]},
    {"id":"v2.1","links":[{"rel":"self","href":"http://inner:8774/v2.1/"}]}]}
    """

  private func session(_ endpoint: String, _ cloud: StubCloud) -> CloudSession {
    CloudSession(transport: cloud) { CloudConfiguration(endpoint: endpoint, token: "t-1") }
  }

  private func cloud(status: Int = 200, _ document: String) -> StubCloud {
    StubCloud { request, _ in
      request.url.contains("/v2") ? nil : HTTPResponse(status, body: Data(document.utf8))
    }
  }

  @Test(arguments: ["http://c/v2.1", "http://c/compute/v2.1/", "http://c/v2/6f70656e", "http://c:80/v2.1/p/"])
  func `an endpoint with a version is taken as it is`(_ endpoint: String) async throws {
    let cloud = cloud("{}")
    _ = try await session(endpoint, cloud).send(.images)
    #expect(cloud.calls.count == 1)
  }

  @Test(
    arguments: [
      ("http://outer", "http://outer/v2.1"),
      ("https://outer:8774/", "https://outer:8774/v2.1"),
      ("https://outer/compute/", "https://outer/compute/v2.1"),
    ], [200, 300])
  func `a version is looked up once and the origin kept`(
    _ endpoint: (given: String, found: String), _ status: Int
  ) async throws {
    let cloud = cloud(status: status, Self.versions)
    let session = session(endpoint.given, cloud)
    for _ in 1...2 { _ = try await session.send(.images) }
    #expect(await session.info?.endpoint == endpoint.found)
    let urls = cloud.calls.map { $0.split(separator: " ")[1] }
    #expect(urls.dropFirst() == ["\(endpoint.found)/images", "\(endpoint.found)/images"])
    #expect(cloud.calls.first?.hasPrefix("- ") == true, "the token is not needed for it")
  }

  @Test func `an endpoint without the compute API says what it offers`() async throws {
    let cloud = cloud(#"{"versions":[{"id":"v3.14","links":[]}]}"#)
    let error = await #expect(throws: NovaError.self) {
      try await session("http://keystone/", cloud).send(.images)
    }
    #expect(
      error
        == NovaError(
          .notOffered, "there is no compute API 2.1 at http://keystone; it offers v3.14", status: 200))
  }
}
