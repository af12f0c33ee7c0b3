import Foundation
import NovaClient
import Synchronization

extension FuzzTarget {
  /// A service whose answers are given, one after the other, and then nothing but an empty page.
  private final class Answers: ComputeService, HTTPTransport {
    private let rest: Mutex<[HTTPResponse]>

    init(_ answers: [HTTPResponse]) { rest = Mutex(answers) }

    func send(_ call: ServiceCall) async throws -> HTTPResponse { next() }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse { next() }

    private func next() -> HTTPResponse {
      rest.withLock { $0.isEmpty ? HTTPResponse(200, body: Data(#"{"images": []}"#.utf8)) : $0.removeFirst() }
    }
  }

  /// A cloud in which all is well but what the image service says.
  private struct Cloud: HTTPTransport {
    let image: Data

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
      if request.url.hasPrefix("https://image.example/v2/images/") { return HTTPResponse(200, body: image) }
      let endpoints = ["compute": "https://compute.example/v2.1", "image": "https://image.example"].map {
        type, url in
        #"{"type": "\#(type)", "endpoints": [{"interface": "public", "region_id": "r", "region": "r", "url": "\#(url)"}]}"#
      }
      let token =
        #"{"token": {"expires_at": "2099-01-01T00:00:00Z", "project": {"id": "p", "name": "p"}, "catalog": "#
        + "[\(endpoints.joined(separator: ", "))]}}"
      return HTTPResponse(201, headers: ["X-Subject-Token": "token"], body: Data(token.utf8))
    }
  }

  /// Every reading of images and metadata that there is, each with the same answer.
  static let images = FuzzTarget("images") { bytes in
    let body = Data(bytes)
    func client() -> ImagesClient { ImagesClient(Answers([HTTPResponse(200, body: body)])) }
    // What is thrown must be an error of ours, with a sentence.
    await expectSound { _ = try await client().listDetailed() }
    await expectSound { _ = try await client().list() }
    await expectSound { _ = try await client().image("1") }
    await expectSound { _ = try await client().imageJSON("1").text(pretty: true) }
    await expectSound { _ = try await client().metadata(of: "1") }
    await expectSound { _ = try await client().metadataItem("a", of: "1") }
    await expectSound { _ = try await client().setMetadataItem("a", to: "b", of: "1") }
    await expectSound { _ = try await client().mergeMetadata(["a": "b"], into: "1") }
    await expectSound { _ = try await client().replaceMetadata(["a": "b"], of: "1") }
    // The image service's, which a sign-in leads to.
    await expectSound { _ = try await session(Cloud(image: body)).visibility(of: "1") }
    // An error's body, too, is the service's.
    for status in [400, 403, 500] { _ = NovaError(HTTPResponse(status, body: body)).message }
  }

  /// Who may see an image, as the image service says.
  package static func visibility(_ bytes: [UInt8]) async -> String? {
    let seen = try? await session(Cloud(image: Data(bytes))).visibility(of: "1")
    return seen.map { "\($0)" }
  }

  /// A walk over pages, each a part of the input, with links that lead anywhere: it must end.
  static let links = FuzzTarget("links") { bytes in
    let answers = bytes.split(separator: 0, maxSplits: 30, omittingEmptySubsequences: false).map {
      HTTPResponse(200, body: Data($0))
    }
    await expectSound {
      var pages = 0
      for try await _ in ImagePages(ImagesClient(Answers(answers)), firstLimit: 3) {
        pages += 1
        precondition(pages <= answers.count + 1, "the walk does not end")
      }
    }
  }

  /// Keystone's answer to a sign-in, and what version discovery then finds; the first byte chooses the status.
  static let keystone = FuzzTarget("keystone") { bytes in
    let statuses = [201, 200, 300, 401, 403, 404, 500]
    let parts = bytes.dropFirst().split(separator: 0, maxSplits: 3, omittingEmptySubsequences: false)
    let answers = parts.enumerated().map { number, part in
      HTTPResponse(
        number == 0 ? statuses[Int(bytes.first ?? 0) % statuses.count] : 200,
        headers: ["X-Subject-Token": "token", "Date": "Tue, 24 Nov 2026 12:00:00 GMT"], body: Data(part))
    }
    let session = session(answers)
    await expectSound {
      let info = try await session.connect()
      precondition(!"\(info)".contains("secret"), "a secret is shown")
      _ = try await session.endpoint(for: "image")
    }
  }

  /// Headers that a service or a proxy before it has made up. The first byte chooses the status; then come the values,
  /// each up to a zero, and the body.
  static let headers = FuzzTarget("headers") { bytes in
    let statuses = [200, 201, 401, 403, 413, 429, 503]
    let names = ["Retry-After", "Date", "X-Subject-Token", "x-openstack-request-id", "x-compute-request-id"]
    let parts = bytes.dropFirst().split(
      separator: 0, maxSplits: names.count, omittingEmptySubsequences: false)
    var response = HTTPResponse(statuses[Int(bytes.first ?? 0) % statuses.count])
    for (name, value) in zip(names, parts) where !value.isEmpty {
      response.headers.add(name, String(decoding: value, as: UTF8.self))
    }
    if parts.count > names.count { response.body = Data(parts[names.count]) }
    let error = NovaError(response)
    precondition(
      error.retryAfter.map { (.zero ... .seconds(3600)).contains($0) } ?? true, "a wait without end")
    if let date = response.date { precondition(date.timeIntervalSince1970.isFinite) }
    let answers = [response, response, response]
    await expectSound { _ = try await session(answers).connect() }
    await expectSound { _ = try await ImagesClient(Answers(answers)).listDetailed() }
  }

  /// A sign-in with a password, which nothing may show.
  private static func session(_ answers: [HTTPResponse]) -> CloudSession { session(Answers(answers)) }

  private static func session(_ transport: any HTTPTransport) -> CloudSession {
    let login = KeystoneLogin(
      url: "https://keystone.example/v3", method: .password(.name("me", .id("default")), "secret"),
      scope: .project("demo", .id("default")))
    let configuration = CloudConfiguration(name: "cloud", auth: .keystone(login))
    return CloudSession(transport: transport) { configuration }
  }

  private static func expectSound(_ body: () async throws -> Void) async {
    do {
      try await body()
    } catch let error as NovaError {
      precondition(!error.message.isEmpty, "an error without a word")
      precondition(error.message.utf8.count < 100_000, "an error that is a book")
    } catch {
      preconditionFailure("an error that no sentence is made for: \(error)")
    }
  }
}
