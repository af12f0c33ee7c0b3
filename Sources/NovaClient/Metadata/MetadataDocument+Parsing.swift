import Yams

extension MetadataDocument {
  /// Reads a document that somebody has edited; nil for an empty one, which means that nothing should change.
  ///
  /// Items are checked against the service's rules, except those that are as they were: an image may have keys and
  /// values that were made elsewhere and that this service would refuse.
  /// - Parameter base: the metadata that the document was made of.
  /// - Throws: the first mistake, with its line.
  package static func parse(
    _ text: String, unchanged base: [String: String] = [:]
  ) throws(Mistake) -> [String: String]? {
    guard let root = try compose(text), !isNothing(root) else { return nil }
    guard case .mapping(let pairs) = root else {
      throw Mistake(line: root.mark?.line, "write each item as key: value")
    }
    let lines = lines(text)
    var metadata: [String: String] = [:]
    for (keyNode, valueNode) in pairs {
      let line = keyNode.mark?.line
      let key = try self.text(keyNode, in: lines, or: Mistake(line: line, "a key must be a single text"))
      let nested = Mistake(line: line, "\"\(key)\" must have a single text as its value; put it in quotes")
      let value = try self.text(valueNode, in: lines, or: nested)
      if let held = base[key], held.utf8.elementsEqual(value.utf8) {
        metadata[key] = value
        continue
      }
      if let reason = MetadataRules.refusal(key: key) { throw Mistake(line: line, reason) }
      if let reason = MetadataRules.refusal(value: value, for: key) {
        throw Mistake(line: line, reason.hasPrefix(key) ? reason : "\(key): \(reason)")
      }
      metadata[key] = MetadataRules.canonical(value, for: key)
    }
    guard metadata.count <= max(MetadataRules.largestCount, base.count) else {
      throw Mistake(
        line: nil, "an image has at most \(MetadataRules.largestCount) items; here are \(metadata.count)")
    }
    return metadata
  }

  /// `---` alone.
  private static func isNothing(_ root: Node) -> Bool { root.scalar?.string.isEmpty == true }

  private static func compose(_ text: String) throws(Mistake) -> Node? {
    do {
      // The basic resolver takes every scalar for a text.
      return try Yams.compose(yaml: text, .basic, .default, .utf8)
    } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
      throw Mistake(line: context.mark.line, "\"\(keys.first ?? "")\" is there twice")
    } catch YamlError.reader(_, let offset, let value, _) {
      let line = offset.map { text.utf8.prefix($0).count { $0 == UInt8(ascii: "\n") } + 1 }
      let code = String(value, radix: 16, uppercase: true)
      throw Mistake(
        line: line, "U+\(code) cannot stand here as it is; write it as an escape in double quotes")
    } catch YamlError.scanner(let context, let problem, let mark, _),
      YamlError.parser(let context, let problem, let mark, _)
    {
      // Where it begins helps more than where the reader could not go on.
      throw Mistake(
        line: (context?.mark ?? mark).line,
        "this is not YAML (\(problem)); odd characters in a value need quotes")
    } catch YamlError.composer(_, let problem, let mark, _) {
      throw Mistake(line: mark.line, "this is not YAML (\(problem))")
    } catch {
      throw Mistake(line: nil, "this is not YAML")
    }
  }

  /// A scalar's text. YAML's tags, anchors and aliases (`!x`, `&x`, `*x`) would vanish from what was typed.
  private static func text(
    _ node: Node, in lines: [[Unicode.Scalar]], or mistake: Mistake
  ) throws(Mistake) -> String {
    guard let scalar = node.scalar else { throw mistake }
    guard let mark = scalar.mark, lines.indices.contains(mark.line - 1) else { return scalar.string }
    let source = lines[mark.line - 1].dropFirst(mark.column - 1)
    if let first = source.first, ["!", "&", "*"].contains(first) {
      throw Mistake(line: mark.line, "a text that begins with \(first) must stand in quotes")
    }
    // Yams (6.2.2) takes a byte order mark at the beginning of a text for one of the file, and drops it.
    let escape = String(String.UnicodeScalarView(source.prefix(7))).lowercased()
    return escape == #""\ufeff"# ? "\u{FEFF}" + scalar.string : scalar.string
  }

  /// Lines as YAML 1.1 counts them.
  private static func lines(_ text: String) -> [[Unicode.Scalar]] {
    var lines: [[Unicode.Scalar]] = [[]]
    var last: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n" where last == "\r": break
      case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": lines.append([])
      default: lines[lines.count - 1].append(scalar)
      }
      last = scalar
    }
    return lines
  }
}
