import Foundation

/// A password or a token, which no log, dump or message shows by mistake: it must be asked for with `reveal()`.
public struct Secret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable, ExpressibleByStringLiteral
{
  private let bytes: SecretBytes

  /// Hides a text.
  public init(_ text: String) { bytes = SecretBytes(text) }
  /// Hides a literal, for tests.
  public init(stringLiteral value: String) { self.init(value) }

  /// The text itself, to be sent.
  public func reveal() -> String { bytes.text }

  /// Five dots, however long the secret is.
  public var description: String { "•••••" }
  /// The same dots.
  public var debugDescription: String { description }
  /// Without children, since `dump` would show them.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

/// The one copy of a secret that is ours to clear: it is overwritten when nobody needs it any more. Those that go
/// into a request are the system's and libcurl's.
// Nothing changes the bytes between `init` and `deinit`.
final class SecretBytes: Hashable, @unchecked Sendable {
  private let bytes: UnsafeMutableRawBufferPointer

  init(_ text: String) {
    var text = text
    bytes = text.withUTF8 { utf8 in
      let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: utf8.count, alignment: 1)
      copy.copyBytes(from: utf8)
      return copy
    }
  }

  deinit {
    Self.clear(bytes)
    bytes.deallocate()
  }

  /// In a way that no compiler leaves out because nobody reads the bytes afterwards.
  static func clear(_ bytes: UnsafeMutableRawBufferPointer) {
    if let start = bytes.baseAddress { explicit_bzero(start, bytes.count) }
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  static func == (a: SecretBytes, b: SecretBytes) -> Bool { a.bytes.elementsEqual(b.bytes) }

  func hash(into hasher: inout Hasher) { hasher.combine(bytes: UnsafeRawBufferPointer(bytes)) }
}
