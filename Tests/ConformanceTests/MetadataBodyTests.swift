import Foundation
import NovaClient
import Testing

extension ConformanceTests {
  /// Bodies that our client never sends.
  @Suite struct MetadataBodyTests {
    private static let start = "Invalid input for field/attribute"

    @Test(
      arguments: [
        (["metadata": .null], "\(start) metadata. Value: None. None is not of type 'object'"),
        ([:], "'metadata' is a required property"),
        (["meta": ["k": "v"]], "'metadata' is a required property"),
        ([1], "[1] is not of type 'object'"), ("x", "'x' is not of type 'object'"),
        (["metadata": [:], "extra": 1], "Additional properties are not allowed ('extra' was unexpected)"),
        (["metadata": ["k": 1]], "\(start) k. Value: 1. 1 is not of type 'string'"),
        (["metadata": ["k": true]], "\(start) k. Value: True. True is not of type 'string'"),
        (["metadata": ["k": .null]], "\(start) k. Value: None. None is not of type 'string'"),
        (["metadata": ["k": [1]]], "\(start) k. Value: [1]. [1] is not of type 'string'"),
        (
          ["metadata": ["k": ["x": "y"]]], "\(start) k. Value: {'x': 'y'}. {'x': 'y'} is not of type 'string'"
        ),
      ] as [(JSONValue, String)])
    func `metadata of another shape is refused`(_ body: JSONValue, _ message: String) async throws {
      let cloud = try CloudUnderTest.here()
      let id = try await cloud.image(8).id.rawValue
      for method in [HTTPMethod.post, .put] {
        let answer = try await cloud.send(ServiceCall(method, ["images", id, "metadata"], body: body))
        #expect(answer.error.kind == .badRequest && answer.error.message == message)
      }
    }

    @Test(
      arguments: [
        (["meta": ["other": "v"]], "Request body and URI mismatch"),
        (["metadata": ["k": "v"]], "'meta' is a required property"),
        (["meta": [:]], "\(start) meta. Value: {}. {} should be non-empty"),
        (
          ["meta": ["k": "v", "l": "v"]],
          "\(start) meta. Value: {'k': 'v', 'l': 'v'}. {'k': 'v', 'l': 'v'} has too many properties"
        ),
        (["meta": ["k": 1]], "\(start) k. Value: 1. 1 is not of type 'string'"),
      ] as [(JSONValue, String)])
    func `an item of another shape is refused`(_ body: JSONValue, _ message: String) async throws {
      let cloud = try CloudUnderTest.here()
      let id = try await cloud.image(8).id.rawValue
      let answer = try await cloud.send(ServiceCall(.put, ["images", id, "metadata", "k"], body: body))
      #expect(answer.error.kind == .badRequest && answer.error.message == message)
    }

    @Test(arguments: [
      ("", "application/json", 400, "None is not of type 'object'"),
      ("{", "application/json", 400, "Malformed request body"),
      ("<a/>", "application/xml", 415, "Unsupported Content-Type"),
      (
        #"{"metadata": {"k": "\ud800"}}"#, "application/json", 500,
        NovaError.crash("glanceclient.exc.HTTPInternalServerError")
      ),
    ])
    func `a body that is no JSON is refused`(
      _ body: String, _ type: String, _ status: Int, _ message: String
    ) async throws {
      let cloud = try CloudUnderTest.here()
      let id = try await cloud.image(8).id
      let answer = try await cloud.request(
        .post, "/images/\(id)/metadata", headers: ["Content-Type": type], body: body)
      #expect(answer.status == status && answer.error.message == message)
      let held = try await cloud.client().metadata(of: id)
      #expect(held["k"] == nil)
    }

    @Test(arguments: [
      (HTTPMethod.post, "/images"), (.put, "/images/1"), (.delete, "/images"), (.get, "/images/"),
      (.get, "/images/1/other"), (.post, "/images/1/metadata/k"), (.get, "/images/1/metadata/k/l"),
    ])
    func `a path that no route takes is not offered`(_ method: HTTPMethod, _ path: String) async throws {
      let cloud = try CloudUnderTest.here()
      let body = method == .post || method == .put ? "{}" : nil
      let json = try await cloud.request(
        method, path, headers: ["Accept": "application/json", "Content-Type": "application/json"], body: body)
      #expect(json.status == 404 && json.error.kind == .notOffered)
      #expect(json.json["code"] == "404 Not Found")
      #expect(json.error.message == "The resource could not be found.")
      let html = try await cloud.request(
        method, path, headers: ["Content-Type": "application/json"], body: body)
      #expect(html.status == 404 && html.error.kind == .notOffered)
      #expect(html.response.headers["Content-Type"]?.hasPrefix("text/html") == true)
    }
  }
}
