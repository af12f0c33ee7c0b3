import Console
import FuzzTargets

/// Something to read that is as dense as can be, so that a few bytes of it make much.
struct DenseInput: Sendable {
  let name: String
  let bytes: [UInt8]
  /// How many times its own length it may take.
  var limit = 10
  let read: @Sendable ([UInt8]) async -> Void
}

/// About 300,000 bytes of the same.
private func dense(_ open: String, _ element: String, _ close: String) -> [UInt8] {
  dense(open, { _ in element }, close)
}

/// About 300,000 bytes of elements, each made from its number.
private func dense(_ open: String, _ element: (Int) -> String, _ close: String) -> [UInt8] {
  let count = 300_000 / (element(10_000).utf8.count + 1)
  return Array((open + (0..<count).map { element($0 + 10_000) }.joined(separator: ",") + close).utf8)
}

private let image = #"{"id":"155d900f-4e14-4e4c-a73d-069cbf4541e6","name":"a","status":"ACTIVE"}"#
/// An image with as many items as Nova lets be, and names as short.
private func full(_ number: Int) -> String {
  let items = (100..<228).map { #""\#($0)": "abcde""# }.joined(separator: ", ")
  return #"{"id":"\#(number)","status":"ACTIVE","metadata":{\#(items)}}"#
}

/// One with more items than Nova lets be, which are as short as they are let through.
private func packed(_ number: Int) -> String {
  let items = (100..<1099).map { #""\#($0)":"abcdefg""# }.joined(separator: ",")
  return #"{"id":"\#(number)","status":"ACTIVE","metadata":{\#(items)}}"#
}

/// What a service can answer.
let denseAnswers: [DenseInput] = [
  ("images", "images", dense(#"{"images":["#, image, "]}")),
  ("numbers for images", "images", dense(#"{"images":["#, "0", "]}")),
  ("empty images", "images", dense(#"{"images":["#, "{}", "]}")),
  ("lists for images", "images", dense(#"{"images":["#, "[]", "]}")),
  ("full images", "images", dense(#"{"images":["#, full, "]}")),
  ("images of very many items", "images", dense(#"{"images":["#, packed, "]}")),
  ("links without images", "images", dense(#"{"images":[],"images_links":["#, "{}", "]}")),
  (
    "an image of lists", "images",
    dense(#"{"image":{"id":"1","status":"ACTIVE","metadata":{"a":["#, "0", "]}}}")
  ),
  ("metadata", "images", dense(#"{"metadata":{"#, #""a":"b""#, "}}")),
  ("metadata of many keys", "images", dense(#"{"metadata":{"#, { #""\#($0)":"virtio""# }, "}}")),
  // As dense as is let through.
  (
    "metadata of long values", "images",
    dense(#"{"metadata":{"#, { #""\#($0)":"a value of some twenty letters""# }, "}}")
  ),
  ("a number", "images", Array(repeating: UInt8(ascii: "9"), count: 300_000)),
  ("depth", "images", Array(repeating: UInt8(ascii: "["), count: 300_000)),
  ("stray bytes", "images", Array(repeating: 0xFF, count: 300_000)),
  ("a catalogue", "keystone", [0] + dense(#"{"token":{"catalog":["#, #"{"type":"a"}"#, "]}}")),
  ("numbers for a catalogue", "keystone", [0] + dense(#"{"token":{"catalog":["#, "0", "]}}")),
  ("padded numbers for images", "images", dense(#"{"images":["#, "             0", "]}")),
  ("padded empty images", "images", dense(#"{"images":["#, "                {}", "]}")),
].map { name, targetName, bytes in DenseInput(name: name, bytes: bytes, read: target(targetName)) }

/// Keys, as the terminal brings them, and as soon as they are read acted on.
private func press(_ bytes: [UInt8]) async {
  var decoder = KeyDecoder(encoding: .utf8)
  for start in stride(from: 0, to: bytes.count, by: 4096) {
    _ = decoder.feed(bytes[start..<min(start + 4096, bytes.count)], at: .now)
  }
}

/// A name, measured and drawn.
private func draw(_ bytes: [UInt8]) async {
  let text = String(decoding: bytes, as: UTF8.self)
  _ = TextWidth.columns(text)
  var screen = Screen(Size(columns: 80, rows: 1), repertoire: .unicode)
  screen.write(text, row: 0, column: 0, width: 80)
}

/// A journal, of which the last save of one image is wanted.
private func takeBack(_ bytes: [UInt8]) async { _ = await FuzzTarget.lastSaveCount(bytes) }

private func journal(_ image: (Int) -> Int) -> [UInt8] {
  let lines = (0..<1500).map {
    #"{"after":{"hw_disk_bus":"virtio"},"before":{"hw_disk_bus":"ide"},"cloud":"c","image":"\#(image($0))","isDone":true,"#
      + #""keys":["hw_disk_bus"],"name":"n","project":"p","save":"s\#($0)","time":"2026-11-28T03:00:00Z","user":"u"}"#
  }
  return Array(lines.joined(separator: "\n").utf8)
}

private func target(_ name: String) -> @Sendable ([UInt8]) async -> Void {
  guard let target = FuzzTarget.all.first(where: { $0.name == name }) else {
    preconditionFailure("there is no target \(name)")
  }
  return target.run
}

private func cloud(_ number: Int) -> String {
  """
    cloud\(number):
      auth:
        auth_url: https://keystone.example:5000/v3
        username: someone
        password: some-password
        project_name: project
      region_name: RegionOne

  """
}

/// What lies in files of the person's own. The libraries that read them make more of them than that; how much more, and
/// why that is let be, is said in Sources/README.md.
let denseFiles: [DenseInput] = [
  DenseInput(
    name: "a clouds.yaml", bytes: Array(("clouds:\n" + (100..<1900).map(cloud).joined()).utf8), limit: 30,
    read: target("clouds")),
  DenseInput(
    name: "a clouds.yaml of commas",
    bytes: Array(("clouds: [" + String(repeating: "a,", count: 99_000) + "a]").utf8), limit: 200,
    read: target("clouds")),
  DenseInput(
    name: "a clouds.yaml of members", bytes: dense("clouds: {", { "\($0): a" }, "}"), limit: 180,
    read: target("clouds")),
  DenseInput(
    name: "a draft of commas", bytes: dense(#"{"id":["#, "0", "]}"), limit: 130, read: target("drafts")),
  DenseInput(
    name: "a draft of members", bytes: dense("{", { #""\#($0)":"b""# }, "}"), limit: 130,
    read: target("drafts")),
]

/// What comes from the keyboard, from names, and from the journal.
let denseInput: [DenseInput] = [
  DenseInput(name: "letters", bytes: Array(repeating: UInt8(ascii: "a"), count: 300_000), read: press),
  DenseInput(name: "escapes", bytes: Array(repeating: 0x1B, count: 300_000), read: press),
  DenseInput(
    name: "a paste",
    bytes: Array("\u{1B}[200~".utf8) + Array(repeating: UInt8(ascii: "\r"), count: 300_000)
      + Array("\u{1B}[201~".utf8), read: press),
  DenseInput(name: "a long name", bytes: Array(repeating: UInt8(ascii: "a"), count: 300_000), read: draw),
  DenseInput(name: "a name of NUL", bytes: Array(repeating: 0, count: 300_000), read: draw),
  DenseInput(name: "a name of stray bytes", bytes: Array(repeating: 0xFF, count: 300_000), read: draw),
  DenseInput(
    name: "a name of accents", bytes: Array(String(repeating: "\u{301}", count: 150_000).utf8), read: draw),
  DenseInput(name: "a journal of many images", bytes: journal { $0 }, read: takeBack),
  DenseInput(name: "a journal of one image", bytes: journal { _ in 1 }, read: takeBack),
]
