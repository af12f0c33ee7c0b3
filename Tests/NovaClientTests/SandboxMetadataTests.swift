import Foundation
import NovaClient
import SandboxCloud
import Testing

@Suite struct SandboxMetadataTests {
  private let id = "00000000-0000-4000-a000-000000000001"

  private func desk(_ properties: ImageProperties = ["orig": "x"]) async throws -> SandboxDesk {
    let desk = try await SandboxDesk()
    await desk.sandbox.add(desk.image("web", secondsAgo: 1, properties: properties))
    return desk
  }

  private func held(_ desk: SandboxDesk) async -> ImageProperties? {
    await desk.sandbox.image(id)?.properties
  }

  @Test func `a merge answers with everything that is held afterwards`() async throws {
    let desk = try await desk()
    let answer = await desk.ask(.post, "/images/\(id)/metadata", body: #"{"metadata":{"b":"2","a":"1"}}"#)
    #expect(answer.status == 200)
    #expect(answer.text == #"{"metadata": {"orig": "x", "a": "1", "b": "2"}}"#)
  }

  @Test func `a replacement repeats the request and removes the rest`() async throws {
    let desk = try await desk()
    let answer = await desk.ask(.put, "/images/\(id)/metadata", body: #"{"metadata":{"c":"3","name":"n"}}"#)
    #expect(answer.text == #"{"metadata": {"c": "3", "name": "n"}}"#)
    #expect(await held(desk) == ["c": "3"])
    #expect(await desk.ask(.get, "/images/\(id)/metadata").text == #"{"metadata": {"c": "3"}}"#)
  }

  @Test func `one item is read, set and deleted`() async throws {
    let desk = try await desk()
    let path = "/images/\(id)/metadata/with%20space"
    let body = #"{"meta":{"with space":"é"}}"#
    #expect(await desk.ask(.put, path, body: body).text == #"{"meta": {"with space": "\u00e9"}}"#)
    #expect(await desk.ask(.get, path).text == #"{"meta": {"with space": "\u00e9"}}"#)
    #expect(await desk.ask(.delete, path).status == 204)
    #expect(try await desk.ask(.delete, path).message() == "Invalid metadata key")
    #expect(try await desk.ask(.get, path).message() == "The resource could not be found.")
  }

  private static let regexes = "does not match any of the regexes: '^[a-zA-Z0-9-_:. ]{1,255}$'"

  @Test(arguments: [
    ("", "None is not of type 'object'"), ("[]", "[] is not of type 'object'"),
    (#""x""#, "'x' is not of type 'object'"), ("{", "Malformed request body"),
    ("{}", "'metadata' is a required property"),
    (
      #"{"metadata":null}"#,
      "Invalid input for field/attribute metadata. Value: None. None is not of type 'object'"
    ),
    (
      #"{"metadata":{},"extra":1}"#, "Additional properties are not allowed ('extra' was unexpected)"
    ),
    (
      #"{"metadata":"s","b":1,"a":2}"#, "Additional properties are not allowed ('a', 'b' were unexpected)"
    ),
    (
      #"{"metadata":"s"}"#,
      "Invalid input for field/attribute metadata. Value: s. 's' is not of type 'object'"
    ),
    (#"{"metadata":{"a":1}}"#, "Invalid input for field/attribute a. Value: 1. 1 is not of type 'string'"),
    (
      #"{"metadata":{"a":true}}"#,
      "Invalid input for field/attribute a. Value: True. True is not of type 'string'"
    ),
    (
      #"{"metadata":{"a":null}}"#,
      "Invalid input for field/attribute a. Value: None. None is not of type 'string'"
    ),
    (
      #"{"metadata":{"a":[1,"b"]}}"#,
      "Invalid input for field/attribute a. Value: [1, 'b']. [1, 'b'] is not of type 'string'"
    ),
    (
      #"{"metadata":{"a/b":"v","c":"it's"}}"#,
      "Invalid input for field/attribute metadata. Value: {'a/b': 'v', 'c': \"it's\"}. 'a/b' \(regexes)"
    ),
    (
      #"{"metadata":{"":"v"}}"#,
      "Invalid input for field/attribute metadata. Value: {'': 'v'}. '' \(regexes)"
    ),
    (
      #"{"metadata":{"é":"v"}}"#,
      "Invalid input for field/attribute metadata. Value: {'é': 'v'}. 'é' \(regexes)"
    ),
  ])
  func `a malformed write is refused in the service's words`(_ body: String, _ message: String) async throws {
    let desk = try await desk()
    for method in [HTTPMethod.post, .put] {
      let answer = await desk.ask(method, "/images/\(id)/metadata", body: body)
      #expect(answer.status == 400)
      #expect(try answer.message() == message)
    }
    #expect(await held(desk) == ["orig": "x"])
  }

  @Test(arguments: [
    (#"{"meta":{"other":"v"}}"#, "Request body and URI mismatch"),
    (#"{"metadata":{"k":"v"}}"#, "'meta' is a required property"),
    (
      #"{"meta":{"k":"a","other":"v"}}"#,
      "Invalid input for field/attribute meta. Value: {'k': 'a', 'other': 'v'}. "
        + "{'k': 'a', 'other': 'v'} has too many properties"
    ),
    (
      #"{"meta":{}}"#, "Invalid input for field/attribute meta. Value: {}. {} should be non-empty"
    ),
    (#"{"meta":{"k":1}}"#, "Invalid input for field/attribute k. Value: 1. 1 is not of type 'string'"),
  ])
  func `a malformed item is refused in the service's words`(_ body: String, _ message: String) async throws {
    let answer = await (try await desk()).ask(.put, "/images/\(id)/metadata/k", body: body)
    #expect(answer.status == 400)
    #expect(try answer.message() == message)
  }

  @Test func `keys and values end at 255 characters`() async throws {
    let desk = try await desk()
    let (long, longer) = (String(repeating: "x", count: 255), String(repeating: "x", count: 256))
    func set(_ key: String, _ value: String) async -> HTTPResponse {
      await desk.ask(.post, "/images/\(id)/metadata", body: "{\"metadata\":{\"\(key)\":\"\(value)\"}}")
    }
    #expect(await set(long, long).status == 200)
    #expect(await set(longer, "v").status == 400)
    #expect(
      try await set("k", longer).message()
        == "Invalid input for field/attribute k. Value: \(longer). '\(longer)' is too long")
  }

  @Test(
    arguments: [
      (" lead", ["orig": "x", "lead": "v"]), ("trail ", ["orig": "x", "trail": "v"]),
      (" ", ["orig": "x", "": "v"]), (#"orig\n"#, ["orig": "v"]),
      ("kernel_id", ["orig": "x", "kernel_id": "v"]),
    ] as [(String, ImageProperties)])
  func `keys are stored trimmed`(_ key: String, _ expected: ImageProperties) async throws {
    let desk = try await desk()
    let body = "{\"metadata\":{\"\(key)\":\"v\"}}"
    #expect(await desk.ask(.post, "/images/\(id)/metadata", body: body).status == 200)
    #expect(await held(desk) == expected)
  }

  @Test(arguments: [
    "name", "owner", "id", "visibility", "min_disk", "min_ram", "checksum", "os_hidden", "os_hash_algo",
    "os_hash_value", "disk_format", "container_format", "image_id", "stores", "context", "repo",
  ])
  func `an own field is taken and dropped`(_ key: String) async throws {
    let desk = try await desk()
    let path = "/images/\(id)/metadata/\(key)"
    let body = "{\"meta\":{\"\(key)\":\"v\"}}"
    #expect(await desk.ask(.put, path, body: body).text == "{\"meta\": {\"\(key)\": \"v\"}}")
    #expect(await desk.ask(.get, path).status == 404)
    #expect(await desk.sandbox.image(id)?.updated == desk.image("", secondsAgo: 1).created)
  }

  private static let crash = "Unexpected API Error. Please contact the administrator\n"

  @Test(arguments: [
    ("size", 500, crash + "<class 'TypeError'>"), ("status", 500, crash + "<class 'TypeError'>"),
    ("protected", 500, crash + "<class 'TypeError'>"), ("tags", 500, crash + "<class 'TypeError'>"),
    ("locations", 500, crash + "<class 'TypeError'>"), ("self", 500, crash + "<class 'TypeError'>"),
    ("virtual_size", 500, crash + "<class 'TypeError'>"),
    ("location", 500, crash + "<class 'glanceclient.exc.HTTPConflict'>"),
    ("base", 500, crash + "<class 'glanceclient.exc.HTTPInternalServerError'>"),
    ("created_at", 403, "Not authorized for image 00000000-0000-4000-a000-000000000001."),
    ("file", 403, "Not authorized for image 00000000-0000-4000-a000-000000000001."),
    ("os_glance_x", 403, "Not authorized for image 00000000-0000-4000-a000-000000000001."),
  ])
  func `some names are refused`(_ key: String, _ status: Int, _ message: String) async throws {
    let desk = try await desk()
    let answer = await desk.ask(.put, "/images/\(id)/metadata/\(key)", body: "{\"meta\":{\"\(key)\":\"v\"}}")
    #expect(answer.status == status)
    #expect(try answer.message() == message)
    #expect(await held(desk) == ["orig": "x"])
  }

  @Test(arguments: [
    ("😀", "<class 'nova.exception.ImageBadRequest'>"),
    (#"\ud83d\ude00"#, "<class 'nova.exception.ImageBadRequest'>"),
    (#"\ud800"#, "<class 'glanceclient.exc.HTTPInternalServerError'>"),
  ])
  func `letters beyond the basic plane are an error of the service`(_ value: String, _ end: String)
    async throws
  {
    let desk = try await desk()
    let answer = await desk.ask(.put, "/images/\(id)/metadata/k", body: "{\"meta\":{\"k\":\"\(value)\"}}")
    #expect(answer.status == 500)
    #expect(try answer.message()?.hasSuffix(end) == true)
    #expect(await held(desk) == ["orig": "x"])
  }

  @Test(arguments: ["", " ", "  x  ", #"a\nb"#, #"\t"#, #"\u0000"#, "é漢字"])
  func `any other text is kept as it is`(_ value: String) async throws {
    let desk = try await desk([:])
    let body = "{\"metadata\":{\"k\":\"\(value)\"}}"
    #expect(await desk.ask(.put, "/images/\(id)/metadata", body: body).status == 200)
    let kept = try await desk.ask(.get, "/images/\(id)/metadata").json()
    #expect(try kept == JSONDecoder().decode(JSONValue.self, from: Data(body.utf8)))
  }

  @Test func `an image holds 128 items and no more`() async throws {
    var properties: ImageProperties = [:]
    for number in 0..<128 { properties["k\(number)"] = "v" }
    let desk = try await desk(properties)
    let more = await desk.ask(.put, "/images/\(id)/metadata/k128", body: #"{"meta":{"k128":"w"}}"#)
    #expect(more.status == 403)
    #expect(try more.message() == "Image metadata limit exceeded")
    #expect(await desk.ask(.put, "/images/\(id)/metadata/k0", body: #"{"meta":{"k0":"w"}}"#).status == 200)
  }

  @Test func `renaming a key by replacing everything is an error of the service`() async throws {
    let desk = try await desk()
    let path = "/images/\(id)/metadata"
    #expect(await desk.ask(.put, path, body: #"{"metadata":{"new":"x"}}"#).status == 500)
    #expect(await held(desk) == ["orig": "x"])
    #expect(await desk.ask(.put, path, body: #"{"metadata":{"new":"y"}}"#).status == 200)
  }

  @Test(arguments: [
    (ImageRecord.Visibility.shared, ImageRecord.Visibility.private), (.community, .private),
    (.public, .public), (.private, .private),
  ])
  func `a write takes an image from those it is shared with`(
    _ before: ImageRecord.Visibility, _ after: ImageRecord.Visibility
  ) async throws {
    let desk = try await desk()
    await desk.sandbox.modify(id) { $0.visibility = before }
    #expect(await desk.ask(.put, "/images/\(id)/metadata/k", body: #"{"meta":{"k":"v"}}"#).status == 200)
    #expect(await desk.sandbox.image(id)?.visibility == after)
  }

  @Test func `only a real change moves the time of the last update`() async throws {
    let desk = try await desk()
    await desk.sandbox.advance(by: .seconds(60))
    let before = await desk.sandbox.image(id)?.updated
    _ = await desk.ask(.put, "/images/\(id)/metadata/orig", body: #"{"meta":{"orig":"x"}}"#)
    #expect(await desk.sandbox.image(id)?.updated == before)
    _ = await desk.ask(.put, "/images/\(id)/metadata/orig", body: #"{"meta":{"orig":"y"}}"#)
    #expect(await desk.sandbox.image(id)?.updated == SandboxDesk.start.addingTimeInterval(60))
  }

  @Test func `mappings come back as JSON`() async throws {
    let desk = try await desk()
    let body = #"{"meta":{"mappings":"[{\"x\":1}]"}}"#
    #expect(await desk.ask(.put, "/images/\(id)/metadata/mappings", body: body).status == 200)
    #expect(
      await desk.ask(.get, "/images/\(id)/metadata").text
        == #"{"metadata": {"orig": "x", "mappings": [{"x": 1}]}}"#)
  }

  @Test func `mappings that are no JSON poison the image and every page with it, but not its deletion`()
    async throws
  {
    let desk = try await desk()
    await desk.sandbox.add(desk.image("older", secondsAgo: 2))
    let body = #"{"meta":{"mappings":"oops"}}"#
    let message = Self.crash + "<class 'json.decoder.JSONDecodeError'>"
    #expect(try await desk.ask(.put, "/images/\(id)/metadata/mappings", body: body).message() == message)
    for path in ["/images/\(id)", "/images/\(id)/metadata", "/images", "/images/detail?limit=1"] {
      #expect(try await desk.ask(.get, path).message() == message)
    }
    #expect(try await desk.names("?marker=\(id)") == ["older"])
    #expect(await desk.ask(.delete, "/images/\(id)").status == 204)
    #expect(try await desk.names("") == ["older"])
  }

  @Test func `keys that were made elsewhere can be listed, and removed only together`() async throws {
    let desk = try await desk(["a/b": "1", "é": "2", "100%": "3", "q?x": "4"])
    #expect(await desk.ask(.get, "/images/\(id)/metadata/100%25").status == 200)
    #expect(await desk.ask(.get, "/images/\(id)/metadata/q%3Fx").status == 200)
    #expect(await desk.ask(.get, "/images/\(id)/metadata/%C3%A9").status == 404)
    #expect(await desk.ask(.get, "/images/\(id)/metadata/a%2Fb").text.hasPrefix("404 Not Found"))
    #expect(await desk.ask(.put, "/images/\(id)/metadata", body: #"{"metadata":{}}"#).status == 200)
    #expect(await held(desk) == [:])
  }

  @Test func `a lost write is answered and not stored`() async throws {
    let desk = try await desk()
    let transport = InProcessTransport(desk.sandbox)
    await desk.sandbox.inject(.loseWrite, into: .path("/compute/v2.1/images", .put))
    let request = desk.request(.put, "/images/\(id)/metadata/k", body: #"{"meta":{"k":"v"}}"#)
    #expect(try await transport.send(request).status == 200)
    #expect(await held(desk) == ["orig": "x"])
    #expect(try await transport.send(request).status == 200)
    #expect(await held(desk) == ["orig": "x", "k": "v"])
  }
}
