/// A password or a token, which no log, dump or message shows by mistake: it must be asked for with `reveal()`.
public struct Secret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable, ExpressibleByStringLiteral
{
  private let text: String

  /// Hides a text.
  public init(_ text: String) { self.text = text }
  /// Hides a literal, for tests.
  public init(stringLiteral value: String) { self.init(value) }

  /// The text itself, to be sent.
  public func reveal() -> String { text }

  /// Five dots, however long the secret is.
  public var description: String { "•••••" }
  /// The same dots.
  public var debugDescription: String { description }
  /// Without children, since `dump` would show them.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
