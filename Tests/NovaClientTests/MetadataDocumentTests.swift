import NovaClient
import Testing

@Suite struct MetadataDocumentTests {
  @Test func `a document explains itself and what it holds`() {
    let metadata = [
      "hw_disk_bus": "virtio", "os_version": "24.04", "note": "first line\n  second\n",
      "my_key": "\u{1B}[31m",
      "mappings": #"[{"device":"vda"}]"#,
    ]
    let text = MetadataDocument.render(metadata, title: "web\n\u{202E}1 (155d900f)", message: nil)
    #expect(
      text == #"""
        # Metadata of web\n\u202e1 (155d900f)
        #
        # Change, add or remove items, save and quit. What would change is then
        # shown, and nothing is sent before you say so. A document that is unchanged,
        # or has no items left, changes nothing; {} alone removes all of them.
        # Behind " #" stands a comment: quote a value that holds it.

        # The bus that disks are attached to.
        # One of: fdc, ide, lxc, sata, scsi, uml, usb, virtio, xen
        hw_disk_bus: virtio

        # Which device name stands for root, swap and ephemeral disks.
        mappings: '[{"device":"vda"}]'

        my_key: "\u001b[31m"

        note: |
          first line
            second

        # The distribution's own version number.
        os_version: "24.04"

        """#)
  }

  @Test(arguments: [
    "yes", "no", "null", "~", "1.0", "0x1f", "2026-11-23", "-", "=", "<<", "", " ", " lead", "trail ", "a: b",
    "a:",
    "a #b", "#", "---", "...", "%YAML", "'", "\"", "it's", "\\n", "\\", "[]", "{", "!tag", "&anchor",
    "*alias", "? x",
    "| x", "> x", "@", "`", "\n", "\n\n", "a\n", "a\n\n", "a\nb", "\na", " a\nb", "a \nb", "a\n\n b\n",
    "# a\nb",
    "---\na", "\t", "a\tb", "\ta\n", "\r", "a\r\nb", "\0", "\u{7F}", "\u{85}", "a\u{2028}b\u{2029}",
    "\u{FEFF}",
    "\u{FFFE}", "\u{202E}x", "é", "e\u{301}", "\u{301}", ":\u{301} ", "漢字", "😀", "👩‍👩‍👧", "\u{A0}", "\u{E000}",
    String(repeating: "long ", count: 60),
  ])
  func `any text survives, as a key and as a value`(_ text: String) throws {
    for metadata in [["k": text], [text: "v"], ["a": "1", text: text, "z": "2"]] {
      try expectRoundTrip(metadata)
    }
  }

  @Test func `any metadata survives`() throws {
    var dice = Dice(seed: 3)
    let alphabet =
      "ab19 \n\t\r'\"\\:#-?!&*%@|>{}[],~=<.\u{0}\u{1B}\u{85}\u{A0}\u{2028}\u{FEFF}é\u{301}漢😀\u{202E}"
    // Two keys that differ in a byte order mark alone are one to Yams.
    let keyAlphabet = alphabet.replacing("\u{FEFF}", with: "")
    for _ in 1...1000 {
      var metadata: [String: String] = [:]
      for _ in 0...Int.random(in: 0...4, using: &dice) {
        metadata[dice.text(keyAlphabet, upTo: 12)] = dice.text(alphabet, upTo: 40)
      }
      try expectRoundTrip(metadata)
    }
  }

  @Test func `a key of any length that a service may hold survives`() throws {
    try expectRoundTrip([
      String(repeating: "\u{1B}", count: 255): "v", String(repeating: "k", count: 1500): "w",
    ])
  }

  @Test func `what the rules allow needs no base to be read`() throws {
    let metadata = ["a": "1", "b.c:d e": "x\ny", "mappings": #"[{"a":1}]"#]
    let text = MetadataDocument.render(metadata, title: "t", message: "m")
    #expect(try MetadataDocument.parse(text) == metadata)
  }

  @Test(arguments: ["", "\n \n", "# only\n# comments\n", "---\n", "\u{FEFF}"])
  func `an empty document changes nothing`(_ text: String) throws {
    #expect(try MetadataDocument.parse(text) == nil)
  }

  @Test func `no metadata is written as no entries, and braces stand for none at all`() throws {
    #expect(try MetadataDocument.parse(MetadataDocument.render([:], title: "t", message: nil)) == nil)
    #expect(try MetadataDocument.parse("# title\n{}\n") == [:])
  }

  @Test func `every scalar is the text that was typed`() throws {
    let text = """
      a: yes
      b: 010
      c: 2026-11-23
      d: ~
      e:
      f: null
      1: 1e3
      g: >-
        folded
        text
      "h": 'it''s'\r
      i: a # comment
      """
    let read = try MetadataDocument.parse(text)
    #expect(
      read == [
        "a": "yes", "b": "010", "c": "2026-11-23", "d": "~", "e": "", "f": "null", "1": "1e3",
        "g": "folded text",
        "h": "it's", "i": "a",
      ])
  }

  @Test func `JSON is read as it will be sent`() throws {
    #expect(
      try MetadataDocument.parse(#"mappings: ' [ {"b":1, "a":2} ]'"#) == ["mappings": #"[{"a":2,"b":1}]"#])
  }

  @Test(arguments: [
    ("a: 1\nb: 2\na: 3\n", 1, "\"a\" is there twice"),
    ("a: 1\nb:\n  c: 2\n", 2, "\"b\" must have a single text"),
    ("\na: [1, 2]\n", 2, "single text"), ("[a]: 1", 1, "a key must be a single text"),
    ("- a\n- b\n", 1, "write each item as key: value"), ("hw_disk_bus virtio\n", 1, "write each item"),
    ("a: 1\nb 2\nc: 3\n", 2, "this is not YAML"), ("a: 'x\n", 1, "this is not YAML"),
    ("a: 1\nb: x: y\n", 2, "this is not YAML"), ("a: 1\nb: \u{1B}[31m\n", 2, "U+1B cannot stand here"),
    ("a: 1\n---\nb: 2\n", 2, "this is not YAML"),
    ("a: !important\n", 1, "begins with ! must stand in quotes"),
    ("é: x\na: &amp y\n", 1, "\"é\" (U+00E9)"), ("a: 1\nb: &amp y\n", 2, "begins with & must"),
    ("a: &x y\nb: *x\n", 1, "begins with &"), ("a: *\n", 1, "this is not YAML"),
    ("!!int 1: x", 1, "begins with !"),
    ("# é\r\na: 1\r\nb: ! x\r\n", 3, "begins with !"), ("<<: x", 1, "\"<\" (U+003C) cannot"),
    ("a: 1\n\n# c\nname: x\n", 4, "store nothing"), ("k: 1\nmappings: x\n", 2, "mappings must be"),
    ("a: 😀", 1, "a: \"😀\" (U+1F600) cannot be stored"),
  ])
  func `a mistake is said with its line`(_ text: String, _ line: Int, _ sentence: String) {
    let mistake = #expect(throws: MetadataDocument.Mistake.self) { try MetadataDocument.parse(text) }
    #expect(mistake?.line == line)
    #expect(mistake?.sentence.contains(sentence) == true, "\(mistake?.sentence ?? "")")
  }

  @Test func `what the image has already is not refused until it is changed`() throws {
    let base = ["a/b": "1", "k": "😀", "kernel_id": ""]
    let text = MetadataDocument.render(base, title: "t", message: nil)
    #expect(try MetadataDocument.parse(text, unchanged: base) == base)
    let changed = text.replacing("\"😀\"", with: "\"😀!\"")
    #expect(changed != text)
    #expect(throws: MetadataDocument.Mistake.self) { try MetadataDocument.parse(changed, unchanged: base) }
    #expect(throws: MetadataDocument.Mistake.self) { try MetadataDocument.parse(text) }
  }

  @Test func `more items than an image may have are a mistake of the whole document`() {
    let text = (1...129).map { "k\($0): v\n" }.joined()
    let mistake = #expect(throws: MetadataDocument.Mistake.self) { try MetadataDocument.parse(text) }
    #expect(mistake?.message == "an image has at most 128 items; here are 129")
  }

  @Test func `a reopened document has one message on top and everything that was typed`() throws {
    let typed = "a: 1\r\nname: x\r\n"
    let first = try mistake(in: typed)
    let once = MetadataDocument.reopened(typed, with: first)
    #expect(once.hasPrefix("#! Line 3: \"name\" is a field of the image itself"))
    #expect(once.utf8.suffix(typed.utf8.count).elementsEqual(typed.utf8))
    // The line that the message names is where the mistake is now.
    #expect(try mistake(in: once).line == 3)
    #expect(MetadataDocument.reopened(once, with: try mistake(in: once)) == once)
    #expect(MetadataDocument.reopened("#! only this", with: first).hasSuffix("\n"))
  }

  @Test func `a message is a comment whatever it holds`() throws {
    let text = MetadataDocument.render(["a": "1"], title: "t", message: "no\nname: x\u{1B}")
    #expect(text.hasPrefix("#! no\\nname: x\\u001b\n# Metadata"))
    #expect(try MetadataDocument.parse(text) == ["a": "1"])
  }

  private func mistake(in text: String) throws -> MetadataDocument.Mistake {
    try #require(throws: MetadataDocument.Mistake.self) { try MetadataDocument.parse(text) }
  }

  /// Compares code points: two texts are equal to Swift when they only look the same.
  private func expectRoundTrip(_ metadata: [String: String]) throws {
    let text = MetadataDocument.render(metadata, title: "t", message: nil)
    func exact(_ metadata: [String: String]?) -> [[UInt8]: [UInt8]]? {
      metadata.map { Dictionary(uniqueKeysWithValues: $0.map { (Array($0.utf8), Array($1.utf8)) }) }
    }
    #expect(exact(try MetadataDocument.parse(text, unchanged: metadata)) == exact(metadata), "\(text)")
    // Nothing in it acts on a terminal or turns the direction of writing.
    #expect(!text.unicodeScalars.contains { $0 != "\n" && $0.properties.generalCategory == .control })
    #expect(!text.unicodeScalars.contains("\u{202E}"))
  }
}
