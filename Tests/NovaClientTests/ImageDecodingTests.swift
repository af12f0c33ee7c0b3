import Foundation
import NovaClient
import Testing

/// What comes in an image, and how it is taken.
@Suite struct ImageDecodingTests {
  /// A service with one answer to everything.
  private struct Service: ComputeService {
    var body: Data
    func send(_ call: ServiceCall) async throws -> HTTPResponse { HTTPResponse(200, body: body) }
  }

  private func image(_ json: String) async throws -> Image {
    try await image(Data(json.utf8))
  }

  /// Reads an image alone.
  private func image(_ json: Data) async throws -> Image {
    let body = Data(#"{"image": "#.utf8) + json + Data("}".utf8)
    return try await ImagesClient(Service(body: body)).image("1")
  }

  @Test func `the interface document's image is read whole`() async throws {
    let image = try await image(
      """
      {"id": "6ea1", "name": "lab-image-00059", "minRam": 1024, "minDisk": 20,
       "metadata": {"architecture": "aarch64"}, "created": "2026-11-23T09:42:22Z",
       "updated": "2026-11-23T09:42:23Z", "status": "SAVING", "progress": 25, "OS-EXT-IMG-SIZE:size": 36,
       "links": [{"rel": "self", "href": "http://a"},
                 {"rel": "alternate", "type": "application/vnd.openstack.image", "href": "http://b"}],
       "server": {"id": "ca96", "links": [{"rel": "self", "href": "http://c"}]}, "OS-DCF:diskConfig": "AUTO",
       "something": {"new": true}}
      """)
    #expect(
      image
        == Image(
          id: "6ea1", name: "lab-image-00059", status: .saving, progress: 25, minDisk: 20, minRAM: 1024,
          size: 36, created: Date(timeIntervalSince1970: 1_795_426_942),
          updated: Date(timeIntervalSince1970: 1_795_426_943), metadata: ["architecture": "aarch64"],
          server: Image.Server(id: "ca96", links: [Image.Link(rel: "self", href: "http://c")]),
          diskConfig: "AUTO",
          links: [
            Image.Link(rel: "self", href: "http://a"),
            Image.Link(rel: "alternate", href: "http://b", type: "application/vnd.openstack.image"),
          ]))
  }

  @Test func `an id and a status are enough`() async throws {
    #expect(try await image(#"{"id": "1", "status": "ACTIVE"}"#) == Image(id: "1"))
  }

  @Test func `what may be null may be null`() async throws {
    let image = try await image(
      """
      {"id": "1", "status": "ACTIVE", "name": null, "updated": null, "created": null, "progress": null,
       "OS-EXT-IMG-SIZE:size": null, "minDisk": null, "minRam": null, "metadata": null, "server": null,
       "links": null, "OS-DCF:diskConfig": null}
      """)
    #expect(image == Image(id: "1"))
  }

  @Test(arguments: ["active", "QUEUED", "PENDING_UPLOAD", "", "漢字"])
  func `a status that nobody knows is kept as it came`(_ word: String) async throws {
    let image = try await image(#"{"id": "1", "status": "\#(word)"}"#)
    #expect(image.status.rawValue == word)
    #expect(!ImageStatus.known.contains(image.status))
  }

  @Test(arguments: [
    (#"{}"#, ImageType.image), (#"{"image_type": "snapshot"}"#, .snapshot),
    (#"{"image_type": "backup"}"#, .backup), (#"{"image_type": "image"}"#, .image),
    (#"{"image_type": "Backup"}"#, .image), (#"{"image_type": 7}"#, .image),
  ])
  func `the type is the metadata's`(_ metadata: String, _ type: ImageType) async throws {
    #expect(try await image(#"{"id": "1", "status": "ACTIVE", "metadata": \#(metadata)}"#).type == type)
  }

  @Test func `metadata may hold any JSON, with whole numbers exact`() async throws {
    let image = try await image(
      #"""
      {"id": "1", "status": "ACTIVE", "metadata": {"text": "a\n\t\u001b[31m\u202e", "none": null, "yes": true,
       "large": 9223372036854775807, "least": -9223372036854775808, "odd": 9007199254740993, "more": 1.25,
       "list": [1, "2", [null]], "object": {"": {}}, "": "empty key"}}
      """#)
    #expect(
      image.metadata == [
        "text": "a\n\t\u{1B}[31m\u{202E}", "none": .null, "yes": true, "large": .integer(.max),
        "least": .integer(.min), "odd": 9_007_199_254_740_993,
        "more": .number(Decimal(string: "1.25") ?? 0), "list": [1, "2", [.null]], "object": ["": [:]],
        "": "empty key",
      ])
  }

  @Test(arguments: [
    (#""a\ud800b""#, "a\u{FFFD}b"), (#""\udc00""#, "\u{FFFD}"), (#""\ud83d\ude00""#, "😀"),
    (#""\ud83d\ud83d\ude00\ud83d""#, "\u{FFFD}😀\u{FFFD}"), (#""\\ud800""#, #"\ud800"#),
  ])
  func `half a surrogate pair costs only itself`(_ json: String, _ name: String) async throws {
    // The second one makes sure that the lenient reading is what reads the first.
    let image = try await image(
      #"{"id": "1", "status": "ACTIVE", "name": \#(json), "metadata": {"k": "\ud800"}}"#)
    #expect(image.name == name)
    #expect(image.metadata == ["k": "\u{FFFD}"])
  }

  @Test func `half a surrogate pair in a page costs no image`() async throws {
    let body = #"{"images": [{"id": "1", "status": "ACTIVE", "name": "a\ud800"}, {"id": "2"}]}"#
    let page = try await ImagesClient(Service(body: Data(body.utf8))).listDetailed()
    #expect(page.images.map(\.name) == ["a\u{FFFD}"])
    #expect(page.unreadable.map(\.id) == ["2"])
  }

  @Test func `a stray byte costs only itself`() async throws {
    let json = Data(#"{"id": "1", "status": "ACTIVE", "name": "a"#.utf8) + [0xFF, 0x62] + Data(#"é"}"#.utf8)
    #expect(try await image(json).name == "a\u{FFFD}bé")
  }

  /// Long answers with as many items as Nova lets an image have, and with far more.
  @Test(arguments: [(128, 100, true), (128, 1, true), (900, 10, true), (20_000, 1, false)])
  func `an answer of many short items is read, but not of more than an image can have`(
    _ items: Int, _ images: Int, _ isRead: Bool
  ) async throws {
    let metadata = (0..<items).map { #""k\#($0)":"abcdefgh""# }.joined(separator: ",")
    let page = (0..<images).map { #"{"id":"\#($0)","status":"ACTIVE","metadata":{\#(metadata)}}"# }
    let body = Data(#"{"images":[\#(page.joined(separator: ","))]}"#.utf8)
    let client = ImagesClient(Service(body: body))
    if isRead {
      #expect(try await client.listDetailed().images.map(\.metadata.count) == page.map { _ in items })
    } else {
      let error = await #expect(throws: NovaError.self) { try await client.listDetailed() }
      #expect(error?.message == "the answer has more parts than its \(body.count) bytes have room for")
    }
  }

  @Test(arguments: ["yesterday", "", "2026-02-30T00:00:00Z"])
  func `a time that is none is as good as not there`(_ time: String) async throws {
    let image = try await image(#"{"id": "1", "status": "ACTIVE", "updated": "\#(time)"}"#)
    #expect(image.updated == nil)
  }

  @Test(arguments: [
    (#"{"status": "ACTIVE"}"#, "the answer lacks \"id\" at image"),
    (#"{"id": "1"}"#, "the answer lacks \"status\" at image"),
    (
      #"{"id": "1", "status": "ACTIVE", "metadata": []}"#,
      "the answer has an unexpected value at image.metadata"
    ),
    (
      #"{"id": "1", "status": "ACTIVE", "minDisk": 1.5}"#,
      "the answer is not whole JSON (58 bytes)"
    ),
    (#"{"id": "1", "#, "the answer is not whole JSON (23 bytes)"),
  ])
  func `an image that does not fit is said to, and where`(_ json: String, _ message: String) async throws {
    let error = await #expect(throws: NovaError.self) { try await image(json) }
    #expect(error == NovaError(.malformedAnswer, message, status: 200))
  }
}
