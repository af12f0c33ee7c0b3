import Foundation
import NovaClient
import SandboxCloud
import Synchronization
import Testing

@Suite struct ImageVisibilityTests {
  @Test(arguments: [
    (ImageRecord.Visibility.private, ImageVisibility.private, false), (.shared, .shared, true),
    (.community, .community, true), (.public, .public, false),
  ])
  func `the image service's word is read, and what a write makes of it is known`(
    _ held: ImageRecord.Visibility, _ expected: ImageVisibility, _ isLost: Bool
  ) async throws {
    let desk = try await SandboxDesk()
    let image = desk.image("web", secondsAgo: 1, visibility: held)
    await desk.sandbox.add(image)
    let session = CloudSession(on: desk.sandbox)

    #expect(try await session.visibility(of: Image.ID(image.id)) == expected)
    #expect(expected.isLostByWriting == isLost)

    _ = try await ImagesClient(session).setMetadataItem("k", to: "v", of: Image.ID(image.id))
    let after = try await session.visibility(of: Image.ID(image.id))
    #expect(after == (isLost ? .private : expected))
  }

  @Test func `an image that is not there has none`() async throws {
    let desk = try await SandboxDesk()
    #expect(try await CloudSession(on: desk.sandbox).visibility(of: "no/such?image") == nil)
  }

  @Test func `a refused token is renewed in place`() async throws {
    let desk = try await SandboxDesk()
    let image = desk.image("web", secondsAgo: 1)
    await desk.sandbox.add(image)
    let session = CloudSession(on: desk.sandbox)
    _ = try await session.connect()
    await desk.sandbox.revokeTokens()
    #expect(try await session.visibility(of: Image.ID(image.id)) == .private)
  }

  /// A cloud with an image service at an address, and what it answers.
  private func cloud(
    image url: String?, compute: String = "http://cloud/compute/v2.1", answer: HTTPResponse
  ) -> StubCloud {
    StubCloud { request, cloud in
      guard request.method == .post else { return answer }
      cloud.state.withLock { $0.computeURL = compute }
      var response = cloud.signIn(request)
      let entry =
        url.map {
          #"{"type":"image","endpoints":[{"interface":"public","region_id":"one","url":"\#($0)"}]},"#
        } ?? ""
      let text = String(decoding: response.body, as: UTF8.self)
      response.body = Data(text.replacing("\"catalog\":[", with: "\"catalog\":[" + entry).utf8)
      return response
    }
  }

  private static let shared = HTTPResponse(200, body: Data(#"{"visibility":"shared"}"#.utf8))

  @Test(arguments: [
    ("http://images:9292", "http://images:9292/v2/images/1"),
    ("http://images:9292/", "http://images:9292/v2/images/1"),
    ("http://images:9292/v2/", "http://images:9292/v2/images/1"),
    ("http://all/image", "http://all/image/v2/images/1"),
  ])
  func `the token goes to the catalogue's address and nowhere else`(_ url: String, _ asked: String)
    async throws
  {
    let cloud = cloud(image: url, answer: Self.shared)
    #expect(try await cloud.session().visibility(of: "1") == .shared)
    #expect(cloud.calls == ["token-1 \(asked)"])
  }

  @Test(arguments: [
    (nil, "http://cloud/v2.1"), ("http://images", "https://cloud/v2.1"), ("nonsense", "http://cloud/v2.1"),
  ])
  func `nothing is asked without an image service, or in the clear`(_ image: String?, _ compute: String)
    async throws
  {
    let cloud = cloud(image: image, compute: compute, answer: Self.shared)
    #expect(try await cloud.session().visibility(of: "1") == nil)
    #expect(cloud.calls == [])
  }

  @Test func `without Keystone there is no image service`() async throws {
    let cloud = StubCloud()
    let session = CloudSession(transport: cloud) {
      CloudConfiguration(endpoint: "http://cloud/v2.1", token: "t")
    }
    #expect(try await session.visibility(of: "1") == nil)
    #expect(cloud.calls == [])
  }

  @Test func `a word that nobody knows is kept`() async throws {
    let answer = HTTPResponse(200, body: Data(#"{"visibility":"galactic"}"#.utf8))
    let visibility = try await cloud(image: "http://images", answer: answer).session().visibility(of: "1")
    #expect(visibility == .other("galactic"))
    #expect(visibility?.isLostByWriting == false)
  }

  @Test(arguments: [
    (503, NovaError.Kind.unavailable), (403, .forbidden), (200, .malformedAnswer), (401, .tokenRefused),
  ])
  func `any other answer is an error`(_ status: Int, _ kind: NovaError.Kind) async throws {
    let cloud = cloud(image: "http://images", answer: HTTPResponse(status, body: Data("{}".utf8)))
    let error = await #expect(throws: NovaError.self) { try await cloud.session().visibility(of: "1") }
    #expect(error?.kind == kind)
  }
}
