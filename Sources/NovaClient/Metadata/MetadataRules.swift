import Foundation

/// What the service makes of metadata, so that a mistake is said while it is typed and not sent.
///
/// The service says 200 to much that it does not store, and takes some values that make the image, and every list
/// with it, unreadable for everybody; all of that is refused here. Every rule was observed on a real service.
public enum MetadataRules {
  /// The most entries that an image may have.
  public static let largestCount = 128
  /// The most characters of a key, and of a value. The service counts code points.
  public static let longest = 255

  /// Why the service would not store a key as it is typed, as a sentence without capital and full stop; nil for a
  /// good one.
  public static func refusal(key: String) -> String? {
    let scalars = key.unicodeScalars
    if scalars.isEmpty { return "a key needs at least one character" }
    if let odd = scalars.first(where: { !isKeyCharacter($0) }) {
      return "\(name(odd)) cannot be in a key; letters, digits, spaces and - _ : . can"
    }
    if scalars.count > longest {
      return "a key has at most \(longest) characters; this one has \(scalars.count)"
    }
    if scalars.first == " " || scalars.last == " " {
      return "a space at the beginning or end of a key is cut off: another key would be stored"
    }
    if key.hasPrefix("os_glance") {
      return "keys that begin with os_glance belong to the image service, which lets nobody write them (403)"
    }
    if dropped.contains(key) {
      return "\"\(key)\" is a field of the image itself: the service would say yes and store nothing"
    }
    if failing.contains(key) {
      return "\"\(key)\" is a name of the service's own: it would fail with an internal error (500)"
    }
    if forbidden.contains(key) {
      return "\"\(key)\" is a field of the image itself, which nobody may write (403)"
    }
    return nil
  }

  /// Why the service would not store a value as it is typed, as `refusal(key:)` says it; nil for a good one.
  public static func refusal(value: String, for key: String) -> String? {
    if holdsJSON(key) {
      guard case .array? = json(value) else {
        return "\(key) must be a JSON list; anything else would make every list that contains the image "
          + "unreadable for everybody"
      }
    }
    if key == "kernel_id" || key == "ramdisk_id",
      ["", "none"].contains(value.trimmingCharacters(in: .whitespacesAndNewlines).lowercased())
    {
      return "the service would say yes and change nothing; to have no \(key), delete the key"
    }
    // What is typed and what is sent may differ for JSON.
    return [value, canonical(value, for: key)].lazy.compactMap(refusal(text:)).first
  }

  /// Whether an entry has an address of its own. A key that was made elsewhere and has none can only be removed by
  /// replacing all metadata.
  public static func canBeAddressed(key: String) -> Bool {
    !key.isEmpty && key.unicodeScalars.allSatisfy { (" "..."~").contains($0) && $0 != "/" }
  }

  /// What to send for a typed text: `mappings` and `block_device_mapping` are written compactly with their keys in
  /// order, since the service reads them as JSON and gives them back as such; everything else stays as it is.
  public static func canonical(_ text: String, for key: String) -> String {
    holdsJSON(key) ? json(text)?.text() ?? text : text
  }

  /// A value as a text to show, edit and compare: a string as it is, anything else as compact JSON.
  public static func text(_ value: JSONValue) -> String { value.string ?? value.text() }

  // Taken with 200 and not stored.
  private static let dropped: Set = [
    "checksum", "container_format", "context", "disk_format", "id", "image_id", "min_disk", "min_ram", "name",
    "os_hash_algo", "os_hash_value", "os_hidden", "owner", "repo", "stores", "visibility",
  ]
  // 500, and the whole write is lost.
  private static let failing: Set = [
    "base", "extra_properties", "location", "locations", "protected", "self", "size", "status", "tags",
    "virtual_size",
  ]
  // 403, and the whole write is lost.
  private static let forbidden: Set = [
    "created_at", "deleted", "deleted_at", "direct_url", "file", "schema", "updated_at",
  ]

  private static func refusal(text: String) -> String? {
    let scalars = text.unicodeScalars
    if scalars.count > longest {
      return "a value has at most \(longest) characters; this one has \(scalars.count)"
    }
    guard let high = scalars.first(where: { $0.value > 0xFFFF }) else { return nil }
    return "\(name(high)) cannot be stored: the service fails on characters above U+FFFF"
  }

  private static func holdsJSON(_ key: String) -> Bool { key == "mappings" || key == "block_device_mapping" }

  private static func json(_ text: String) -> JSONValue? {
    // Foundation guesses UTF-16 from zero bytes and skips a byte order mark; the service does neither.
    guard text.unicodeScalars.allSatisfy({ $0 != "\0" && $0 != "\u{FEFF}" }) else { return nil }
    do {
      return try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
    } catch {
      return nil
    }
  }

  private static func isKeyCharacter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ":", ".", " ": true
    default: false
    }
  }

  /// `"é" (U+00E9)`, or only the number of what cannot be seen by itself.
  private static func name(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    let number = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    let isSeenAlone = YAMLText.isVisible(scalar) && !scalar.properties.isGraphemeExtend
    return isSeenAlone ? "\"\(Character(scalar))\" (\(number))" : number
  }
}
