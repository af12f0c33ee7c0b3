/// Whether texts are the same byte for byte. Swift's `==` takes `é` and `e` with a combining accent for one text; a
/// service does not, so whoever compares values must not either.
extension String {
  /// Whether the scalars are the same.
  package func isExactly(_ other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}

extension Optional<String> {
  /// Whether both are there with the same scalars, or neither is.
  package func isExactly(_ other: String?) -> Bool {
    switch (self, other) {
    case (let text?, let other?): text.isExactly(other)
    case (nil, nil): true
    default: false
    }
  }
}

extension [String: String] {
  /// Whether the same keys have the same values, scalar for scalar.
  package func isExactly(_ other: [String: String]) -> Bool {
    count == other.count && allSatisfy { key, value in other[key].isExactly(value) }
  }
}

/// A text that is equal to itself only, scalar for scalar.
package struct ExactText: Hashable, Sendable, ExpressibleByStringLiteral {
  package let text: String

  package init(_ text: String) { self.text = text }
  package init(stringLiteral value: String) { text = value }

  package static func == (a: ExactText, b: ExactText) -> Bool { a.text.isExactly(b.text) }

  package func hash(into hasher: inout Hasher) {
    // What `==` of String takes for one has one hash there; that is only less sharp than need be.
    hasher.combine(text)
  }
}
