import Foundation
import NovaClient
import SandboxCloud
import Testing

@Suite struct MetadataRulesTests {
  @Test(arguments: [
    ("", "at least one character"), ("a/b", "\"/\" (U+002F)"), ("é", "\"é\" (U+00E9)"),
    ("k\n", "U+000A cannot"),
    ("a\u{301}", "U+0301 cannot"), ("\u{202E}x", "U+202E cannot"), (" lead", "cut off"),
    ("trail ", "cut off"),
    (" ", "cut off"), ("name", "would say yes and store nothing"), ("status", "internal error (500)"),
    ("updated_at", "nobody may write (403)"), ("os_glance_x", "begin with os_glance"),
    (String(repeating: "k", count: 256), "this one has 256"),
  ])
  func `a key that would not be stored is refused with the reason`(_ key: String, _ reason: String) throws {
    let refusal = try #require(MetadataRules.refusal(key: key))
    #expect(refusal.contains(reason), "\(refusal)")
  }

  @Test(arguments: [
    ("k", String(repeating: "v", count: 256), "this one has 256"), ("k", "ab😀", "\"😀\" (U+1F600) cannot"),
    ("mappings", "virtio", "unreadable for everybody"), ("mappings", "", "unreadable for everybody"),
    ("block_device_mapping", "[1", "unreadable for everybody"),
    ("mappings", "\"text\"", "must be a JSON list"),
    ("mappings", #"["\ud83d\ude00"]"#, "U+1F600"), ("kernel_id", " None ", "delete the key"),
    ("ramdisk_id", "", "delete the key"),
  ])
  func `a value that would not be stored is refused with the reason`(
    _ key: String, _ value: String, _ reason: String
  ) throws {
    let refusal = try #require(MetadataRules.refusal(value: value, for: key))
    #expect(refusal.contains(reason), "\(refusal)")
  }

  @Test func `characters are counted as the service counts them`() {
    let combined = String(repeating: "e\u{301}", count: 128)
    #expect(combined.count == 128)
    #expect(MetadataRules.refusal(value: combined, for: "k")?.contains("has 256") == true)
    #expect(MetadataRules.refusal(value: String(combined.dropLast()), for: "k") == nil)
  }

  @Test(arguments: ["", "a/b", "é", "a\nb", "a\u{7F}"]) func `a key that no address reaches is known`(
    _ key: String
  ) {
    #expect(!MetadataRules.canBeAddressed(key: key))
  }

  @Test(arguments: ["hw_disk_bus", ".", "..", "with space", "100%", "q?x", "h#y"])
  func `other keys can be addressed`(_ key: String) { #expect(MetadataRules.canBeAddressed(key: key)) }

  @Test func `JSON is sent as it will be read back`() throws {
    let typed = #" [ {"b": 1, "a": "x/y"}, 2.50 ] "#
    let sent = MetadataRules.canonical(typed, for: "mappings")
    #expect(sent == #"[{"a":"x/y","b":1},2.5]"#)
    #expect(MetadataRules.text([["a": "x/y", "b": 1], .number(2.5)]) == sent)
    #expect(MetadataRules.canonical(typed, for: "other") == typed)
    #expect(MetadataRules.canonical("[", for: "mappings") == "[")
    #expect(MetadataRules.text("as it is ") == "as it is ")
  }

  private static let hostileKeys: [String] =
    [
      "", " ", "a", "Case", "case", ".", "..", "with space", " lead", "trail ", "a  b", "k\n", "\tk", "a/b",
      "é", "100%",
      "a~b", "a+b", "a:b", "q?x", "h#y", "fmt.json", "漢", "😀", "a\u{301}", "a\0", "instance_uuid",
      "image_type",
      "auto_disk_config", "os_glance", "os_glance_x", "os_glances", "os_hidden_x", "Name", "is_public",
      "data", "updated",
      String(repeating: "k", count: 255), String(repeating: "k", count: 256),
    ]
      + """
      name owner id visibility min_disk min_ram checksum os_hidden os_hash_algo os_hash_value disk_format
      container_format image_id stores context repo size status protected tags locations self virtual_size location base
      extra_properties created_at updated_at deleted deleted_at file schema direct_url
      """.split(whereSeparator: \.isWhitespace).map(String.init)

  @Test func `a key is refused just when the service would not store it as it is`() async throws {
    let bench = try await RuleBench()
    var keys = Self.hostileKeys
    var random = Dice(seed: 1)
    for _ in 1...200 { keys.append(random.text("aZ0-_:. é/~%\n", upTo: 6)) }
    for key in keys {
      let isStored = try await bench.stores("v", under: key)
      #expect(isStored == (MetadataRules.refusal(key: key) == nil), "\(key.debugDescription)")
    }
  }

  @Test func `a value is refused just when the service would not store it as it is`() async throws {
    let bench = try await RuleBench()
    var values = [
      "", " ", "  x  ", "a\nb\n", "\r\n", "\t", "\0", "\u{7F}", "\u{1B}[31m", "é", "e\u{301}", "漢字",
      "\u{202E}x",
      "\u{FFFF}", "😀", "a😀", "none", "None ", "null", "~", "[]", "[{\"a\": 1}]", "[1,", "[] x", "[NaN]",
      "\u{FEFF}[]",
      "[\0]\0", " [1] ", "['a']", String(repeating: "v", count: 255), String(repeating: "v", count: 256),
      String(repeating: "é", count: 255), String(repeating: "e\u{301}", count: 128),
    ]
    var random = Dice(seed: 2)
    for _ in 1...100 { values.append(random.text("[]{}\"a1,: \n\\é😀", upTo: 8)) }
    for key in ["k", "kernel_id", "ramdisk_id", "mappings", "block_device_mapping"] {
      for value in values {
        let refusal = MetadataRules.refusal(value: value, for: key)
        // The service takes any JSON; a text or a number would come back as something else.
        if refusal?.contains("must be a JSON list") == true, bench.isOtherJSON(value) { continue }
        let sent = MetadataRules.canonical(value, for: key)
        let isStored = try await bench.stores(sent, under: key)
        #expect(isStored == (refusal == nil), "\(key): \(value.debugDescription)")
      }
    }
  }

  @Test func `as many entries as the service takes and no more`() async throws {
    let bench = try await RuleBench()
    for (count, isGood) in [(MetadataRules.largestCount, true), (MetadataRules.largestCount + 1, false)] {
      let items = Dictionary(uniqueKeysWithValues: (1...count).map { ("k\($0)", "v") })
      #expect(try await bench.stores(items) == isGood)
    }
  }
}

/// Writes entries to images of a sandbox, and looks at what became of them.
private struct RuleBench {
  private let sandbox: Sandbox
  private let images: ImagesClient

  init() async throws {
    let sandbox = try await SandboxDesk().sandbox
    self.sandbox = sandbox
    images = ImagesClient(CloudSession(on: sandbox))
  }

  func stores(_ value: String, under key: String) async throws -> Bool { try await stores([key: value]) }

  /// Whether an image that had nothing has exactly these entries after they were sent.
  func stores(_ items: [String: String]) async throws -> Bool {
    let id = Image.ID(await sandbox.create("bench"))
    do {
      _ = try await images.mergeMetadata(items, into: id)
      let held = try await images.metadata(of: id).mapValues { Array(MetadataRules.text($0).utf8) }
      return held == items.mapValues { Array($0.utf8) }
    } catch let error as NovaError {
      #expect([.badRequest, .forbidden, .serverError].contains(error.kind), "\(error)")
      return false
    }
  }

  func isOtherJSON(_ text: String) -> Bool {
    do {
      return try JSONReading.decode(JSONValue.self, from: Data(text.utf8)).array == nil
    } catch {
      return false
    }
  }
}
