/// What is known of image properties: completions, and warnings for what looks like a slip of the fingers.
///
/// A warning is never a refusal: clouds define properties of their own, and services learn new values.
public enum KnownProperties {
  /// All of them, in the table's order.
  public static let all: [KnownProperty] = KnownPropertyTable.properties

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
  private static let families = all.filter { $0.stem != nil }

  /// The property that a key belongs to, families of keys included.
  public static func property(named key: String) -> KnownProperty? {
    byName[key].flatMap { $0.stem == nil ? $0 : nil } ?? families.first { $0.matches(key) }
  }

  /// Keys that begin with a text, in capital or small letters, in order; of a family what its keys begin with.
  public static func completions(ofKey prefix: String) -> [String] {
    starting(with: prefix, all.map { $0.stem ?? $0.name }).sorted()
  }

  /// Values of a key that begin with a text, in capital or small letters, in the table's order.
  public static func completions(ofValue prefix: String, for key: String) -> [String] {
    starting(with: prefix, property(named: key)?.values ?? [])
  }

  /// A sentence about a value that a known key does not take, or may not mean; nil when nothing is odd.
  public static func warning(value: String, for key: String) -> String? {
    guard let property = property(named: key) else { return nil }
    switch property.kind {
    case .choice where property.values.contains(value): return nil
    case .word where property.values.contains(where: { $0.lowercased() == value.lowercased() }): return nil
    case .choice, .word:
      let start = "\(key) is not known to take \"\(value)\""
      if let near = nearest(to: value, in: property.values) { return "\(start); did you mean \(near)?" }
      return property.values.count > 12 ? start : "\(start), only \(list(property.values))"
    case .yesNo:
      // The two lists of oslo_utils.strutils; anything else counts as no.
      let words = ["1", "t", "true", "on", "y", "yes", "0", "f", "false", "off", "n", "no"]
      return words.contains(value.lowercased())
        ? nil : "\(key) takes \"\(value)\" for no; write true or false"
    case .number:
      return Int(value) == nil ? "\(key) takes a whole number, such as \(property.example)" : nil
    case .list:
      let isList = !value.isEmpty && value.allSatisfy { "0123456789,-^ ".contains($0) }
      return isList ? nil : "\(key) takes numbers and ranges, such as \(property.example)"
    case .id:
      return value.isEmpty || isUUID(value) ? nil : "\(key) takes a UUID, such as \(property.example)"
    case .text:
      if property.values.contains(value) { return nil }
      return nearest(to: value, in: property.values).map { "did you mean \($0)?" }
    case .json: return nil
    }
  }

  /// A sentence about a key that nobody knows, but that is nearly one that is known; nil for all others.
  public static func warning(key: String) -> String? {
    guard !key.isEmpty, property(named: key) == nil else { return nil }
    let names = all.map { property in
      // Of a family, what this key would be in it.
      property.stem.map { stem in
        let rest = key.firstIndex { $0 == stem.last }.map { key[key.index(after: $0)...] }
        return stem + (rest ?? "")
      } ?? property.name
    }
    return nearest(to: key, in: names.filter { property(named: $0) != nil }).map { "did you mean \($0)?" }
  }

  private static func starting(with prefix: String, _ texts: [String]) -> [String] {
    texts.filter { $0.lowercased().hasPrefix(prefix.lowercased()) }
  }

  /// The text that is at most two slips away, and less than half of it.
  private static func nearest(to text: String, in candidates: [String]) -> String? {
    let typed = text.lowercased()
    let near = candidates.compactMap { candidate -> (String, Int)? in
      guard let distance = EditDistance.between(typed, candidate.lowercased(), atMost: 2),
        distance * 2 < max(text.count, candidate.count)
      else { return nil }
      return (candidate, distance)
    }
    return near.min { $0.1 < $1.1 }?.0
  }

  private static func list(_ values: [String]) -> String {
    values.count < 2
      ? values.joined() : values.dropLast().joined(separator: ", ") + " or " + (values.last ?? "")
  }

  private static func isUUID(_ text: String) -> Bool {
    let digits = text.filter { $0 != "-" }
    return digits.count == 32 && digits.allSatisfy { $0.isASCII && $0.isHexDigit }
  }
}
