import Foundation
import NovaClient
import Testing

extension ConformanceTests {
  /// Microversions, and the two forms of the endpoint.
  @Suite struct VersionTests {
    @Test func `without a microversion it is the oldest`() async throws {
      let answer = try await CloudUnderTest.here().get(["images"], [("limit", "1")])
      #expect(answer.status == 200)
      #expect(answer.response.headers["OpenStack-API-Version"] == "compute 2.1")
      #expect(answer.response.headers["X-OpenStack-Nova-API-Version"] == "2.1")
      #expect(answer.response.requestID?.hasPrefix("req-") == true)
      #expect(answer.response.date != nil)
      #expect(answer.response.headers["Content-Type"] == "application/json")
      for name in ["ETag", "Last-Modified", "Content-Encoding"] {
        #expect(answer.response.headers[name] == nil)
      }
    }

    @Test(arguments: [
      ("2.1", 200, 200), ("2.35", 200, 200), ("2.36", 404, 200), ("2.38", 404, 200), ("2.39", 404, 404),
      ("latest", 404, 404), ("2.999", 406, 406), ("3.0", 406, 406), ("abc", 400, 400),
    ])
    func `images end with 2.35 and metadata with 2.38`(
      _ version: String, _ images: Int, _ metadata: Int
    ) async throws {
      let cloud = try CloudUnderTest.here()
      let id = try await cloud.image(1).id
      for (name, value) in [
        ("OpenStack-API-Version", "compute \(version)"), ("X-OpenStack-Nova-API-Version", version),
      ] {
        let paths = [
          ("/images?limit=1", images), ("/images/\(id)", images), ("/images/\(id)/metadata", metadata),
        ]
        for (path, status) in paths {
          let answer = try await cloud.request(.get, path, headers: [name: value])
          #expect(answer.status == status, "\(name): \(value) \(path)")
          if status == 404 { #expect(answer.error.message == "The resource could not be found.") }
          if status == 406 { #expect(answer.error.kind == .notOffered) }
        }
      }
    }

    @Test func `a microversion of another service is nothing to this one`() async throws {
      let answer = try await CloudUnderTest.here().request(
        .get, "/images?limit=1", headers: ["OpenStack-API-Version": "image 2.36"])
      #expect(answer.status == 200)
    }

    @Test func `the endpoint may end in the project's id, and the links then have it`() async throws {
      let cloud = try CloudUnderTest.here()
      let image = try await cloud.image(0)
      var configuration = try cloud.configuration()
      let info = try await CloudSession(transport: cloud.transport) { [configuration] in configuration }
        .connect()
      let project: String = try #require(info.projectID)
      configuration.computeEndpoint = "\(info.endpoint)/\(project)"
      let client = ImagesClient(
        CloudSession(transport: cloud.transport) { [configuration] in configuration })
      let same = try await client.image(image.id)
      #expect(same.links[0].href.hasSuffix("/v2.1/\(project)/images/\(image.id)"))
      #expect(same.metadata == image.metadata && same.updated == image.updated)
    }

    @Test func `another project's id in the endpoint is refused`() async throws {
      let cloud = try CloudUnderTest.here()
      let other = String(repeating: "0", count: 32)
      let answer = try await cloud.request(.get, "/\(other)/images", headers: ["Accept": "application/json"])
      #expect(answer.error.kind == .badRequest)
      #expect(
        answer.error.message.hasPrefix(
          "Malformed request URL: URL's project_id '\(other)' doesn't match Context's project_id '"))
    }
  }
}
