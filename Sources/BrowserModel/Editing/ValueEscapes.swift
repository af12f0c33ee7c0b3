/// Values as they are shown and typed: what cannot be seen is written as an escape (`\n`, `\t`, `\\`, `\u{1b}`).
package enum ValueEscapes {
  /// A value as text on one line.
  ///
  /// - Parameter isASCII: whether everything else is escaped, too, for terminals that cannot show it.
  package static func escaped(_ value: String, isASCII: Bool = false) -> String {
    var text = ""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\\": text += #"\\"#
      case "\n": text += #"\n"#
      case "\t": text += #"\t"#
      case "\r": text += #"\r"#
      case _ where isInvisible(scalar) || isASCII && !scalar.isASCII:
        text += #"\u{\#(String(scalar.value, radix: 16))}"#
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// The same for looking at: quotes show where blanks at an end are.
  package static func shown(_ value: String, isASCII: Bool = false) -> String {
    let text = escaped(value, isASCII: isASCII)
    return text.first == " " || text.last == " " ? "\"\(text)\"" : text
  }

  /// What was typed: the value, or what is wrong.
  package static func value(_ typed: String) -> Result<String, Mistake> {
    var value = ""
    var rest = typed.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "\\" else {
        value.unicodeScalars.append(scalar)
        continue
      }
      switch rest.popFirst() {
      case "n": value.unicodeScalars.append("\n")
      case "t": value.unicodeScalars.append("\t")
      case "r": value.unicodeScalars.append("\r")
      case "\\": value.unicodeScalars.append("\\")
      case "u":
        guard let scalar = codePoint(&rest) else {
          return .failure(Mistake(text: #"write a character by its number as \u{1b}"#))
        }
        value.unicodeScalars.append(scalar)
      case let other?:
        return .failure(Mistake(text: "\\\(other) is no escape; for a backslash write \\\\"))
      case nil: return .failure(Mistake(text: #"a backslash is written \\"#))
      }
    }
    return .success(value)
  }

  package struct Mistake: Error, Hashable, Sendable {
    package let text: String
  }

  private static func codePoint(_ rest: inout Substring.UnicodeScalarView) -> Unicode.Scalar? {
    guard rest.popFirst() == "{", let end = rest.firstIndex(of: "}"), end != rest.startIndex else {
      return nil
    }
    let digits = String(String.UnicodeScalarView(rest[..<end]))
    rest = rest[rest.index(after: end)...]
    return UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init)
  }

  /// Control, format and separator characters, which a terminal would act on or swallow.
  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: true
    default: false
    }
  }
}
