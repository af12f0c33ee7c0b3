/// An image property that a service documents: what it means and which values it takes.
public struct KnownProperty: Hashable, Sendable {
  /// What kind of text a value is.
  public enum Kind: String, Hashable, Sendable {
    /// Any text; `values` are examples of it.
    case text
    /// A whole number.
    case number
    /// `true` or `false`, and what Python services take for them; anything else is read as no.
    case yesNo = "yes/no"
    /// One of `values`, letter by letter.
    case choice
    /// One of `values` in capital or small letters.
    case word
    /// Numbers and ranges of them: `0-3,^2`.
    case list
    /// JSON.
    case json
    /// A UUID.
    case id
  }

  /// The key. In a family of keys it ends in a placeholder: `hw_numa_cpus.N`, `trait:NAME`.
  public var name: String
  /// What it is for, as one sentence of at most 110 characters.
  public var meaning: String
  /// What kind of text a value is.
  public var kind: Kind
  /// The values that there are where `isClosed`, else some that are usual; empty where there is no list.
  public var values: [String]
  /// A value as it is often seen.
  public var example: String

  /// Whether the service takes nothing but `values`.
  public var isClosed: Bool { kind == .choice || kind == .word }

  /// What all keys of a family begin with, up to the placeholder; nil for a single key.
  public var stem: String? {
    for placeholder in [".N", ":NAME"] where name.hasSuffix(placeholder) {
      return String(name.dropLast(placeholder.count - 1))
    }
    return nil
  }

  /// Whether a key is this property's.
  func matches(_ key: String) -> Bool {
    guard let stem else { return key == name }
    guard key.hasPrefix(stem), key.count > stem.count else { return false }
    return !name.hasSuffix(".N") || key.dropFirst(stem.count).allSatisfy { ("0"..."9").contains($0) }
  }
}
