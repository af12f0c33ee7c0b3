import NovaClient

/// Free properties in the order in which they came, since that is the order in which services show them.
///
/// An image has a dozen of them, so looking one up by walking is faster than a hash table.
package struct ImageProperties: Hashable, Sendable, ExpressibleByDictionaryLiteral {
  /// One property.
  package struct Entry: Hashable, Sendable {
    /// Whatever was stored: the image service is less strict about keys than the compute service.
    package var key: String
    /// Any text, empty and multi-line ones too.
    package var value: String

    /// Scalar for scalar, as services compare; Swift takes more texts for one.
    package static func == (a: Entry, b: Entry) -> Bool {
      a.key.isExactly(b.key) && a.value.isExactly(b.value)
    }
  }

  /// All of them, in order.
  package private(set) var entries: [Entry] = []

  /// Properties from a literal: `["os_distro": "debian"]`.
  package init(dictionaryLiteral elements: (String, String)...) {
    for (key, value) in elements { self[key] = value }
  }

  /// The value under a key; setting nil removes it, setting a new key puts it last.
  package subscript(key: String) -> String? {
    get { entries.first { $0.key == key }?.value }
    set {
      let place = entries.firstIndex { $0.key == key }
      switch (place, newValue) {
      case (let place?, let value?): entries[place].value = value
      case (let place?, nil): entries.remove(at: place)
      case (nil, let value?): entries.append(Entry(key: key, value: value))
      case (nil, nil): break
      }
    }
  }

  /// All keys, in order.
  package var keys: [String] { entries.map(\.key) }
}
