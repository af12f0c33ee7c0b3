/// Header fields in the order they came, found by name without regard to case (RFC 9110, section 5.1).
public struct HTTPHeaders: Hashable, Sendable, ExpressibleByDictionaryLiteral {
  /// One `name: value` line.
  public struct Field: Hashable, Sendable {
    /// The name as it was written.
    public var name: String
    private let content: Content

    private enum Content: Sendable {
      case text(String)
      case secret(Secret)
    }

    init(_ name: String, _ value: String) {
      self.name = name
      content = .text(value)
    }

    init(_ name: String, _ secret: Secret) {
      self.name = name
      content = .secret(secret)
    }

    /// Whether the same would be sent.
    public static func == (a: Field, b: Field) -> Bool {
      a.name == b.name && a.withBytes { a in b.withBytes { a.elementsEqual($0) } }
    }

    /// As `==` has it.
    public func hash(into hasher: inout Hasher) {
      hasher.combine(name)
      withBytes { hasher.combine(bytes: $0) }
    }

    /// The value without surrounding space.
    public var value: String {
      switch content {
      case .text(let text): text
      case .secret(let secret): secret.reveal()
      }
    }

    var secret: Secret {
      switch content {
      case .text(let text): Secret(text)
      case .secret(let secret): secret
      }
    }

    /// Lends the value without a copy of it that nobody clears.
    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
      switch content {
      case .secret(let secret): return try secret.withBytes(body)
      case .text(var text): return try text.withUTF8 { try body(UnsafeRawBufferPointer($0)) }
      }
    }
  }

  /// All fields, in order.
  public private(set) var fields: [Field] = []

  /// Headers from a literal, for requests: `["Accept": "application/json"]`.
  public init(dictionaryLiteral elements: (String, String)...) {
    fields = elements.map { Field($0.0, $0.1) }
  }

  /// The first value under a name; setting it replaces every field of that name.
  public subscript(name: String) -> String? {
    get { fields.first { Self.isSame($0.name, name) }?.value }
    set {
      fields.removeAll { Self.isSame($0.name, name) }
      if let newValue { add(name, newValue) }
    }
  }

  /// Adds a field and keeps those of the same name.
  public mutating func add(_ name: String, _ value: String) { fields.append(Field(name, value)) }

  /// Adds a token, of which there are no more copies for it.
  mutating func add(_ name: String, _ secret: Secret) { fields.append(Field(name, secret)) }

  /// The first value under a name, as a secret.
  func secret(_ name: String) -> Secret? { fields.first { Self.isSame($0.name, name) }?.secret }

  /// Whether there is a field of a name.
  func contains(_ name: String) -> Bool { fields.contains { Self.isSame($0.name, name) } }

  private static func isSame(_ a: String, _ b: String) -> Bool {
    a.utf8.count == b.utf8.count && a.lowercased() == b.lowercased()
  }
}
