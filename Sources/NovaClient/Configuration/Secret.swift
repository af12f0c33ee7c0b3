import Foundation

/// A password or a token, which no log, dump or message shows by mistake: it must be asked for with `reveal()`.
public struct Secret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable, ExpressibleByStringLiteral
{
  private let bytes: SecretBytes

  /// Hides a text.
  public init(_ text: String) { bytes = SecretBytes(text) }
  /// Hides bytes of UTF-8, of which no other copy is made.
  public init(_ bytes: UnsafeRawBufferPointer) { self.bytes = SecretBytes(bytes) }
  /// Hides a literal, for tests.
  public init(stringLiteral value: String) { self.init(value) }

  /// The text itself, to be sent.
  public func reveal() -> String { bytes.text }
  /// Whether there is nothing to hide.
  public var isEmpty: Bool { bytes.withBytes(\.isEmpty) }

  /// Whether a text has it in it, found without another copy of it.
  func isPart(of text: String) -> Bool {
    withBytes { secret in !secret.isEmpty && text.utf8.firstRange(of: secret) != nil }
  }

  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try bytes.withBytes(body)
  }

  /// Five dots, however long the secret is.
  public var description: String { "•••••" }
  /// The same dots.
  public var debugDescription: String { description }
  /// Without children, since `dump` would show them.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

/// The one copy of a secret that is kept: it is overwritten when nobody needs it any more, as is the body of a sign-in
/// (`KeystoneLogin.body`) and all that libcurl sends and receives (`ccurl_global_init`). TLS has buffers of its own, and what
/// one signs in with stays where the environment or clouds.yaml has it.
// Nothing changes the bytes between `init` and `deinit`.
final class SecretBytes: Hashable, @unchecked Sendable {
  private let bytes: UnsafeMutableRawBufferPointer

  convenience init(_ text: String) {
    var text = text
    self.init(text.withUTF8 { SecretBytes.copy(UnsafeRawBufferPointer($0)) })
  }

  convenience init(_ bytes: UnsafeRawBufferPointer) { self.init(Self.copy(bytes)) }

  private init(_ bytes: UnsafeMutableRawBufferPointer) { self.bytes = bytes }

  private static func copy(_ bytes: UnsafeRawBufferPointer) -> UnsafeMutableRawBufferPointer {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
    copy.copyBytes(from: bytes)
    return copy
  }

  deinit {
    // In a way that no compiler leaves out because nobody reads the bytes afterwards.
    if let start = bytes.baseAddress { explicit_bzero(start, bytes.count) }
    bytes.deallocate()
  }

  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try body(UnsafeRawBufferPointer(bytes))
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  static func == (a: SecretBytes, b: SecretBytes) -> Bool { a.bytes.elementsEqual(b.bytes) }

  func hash(into hasher: inout Hasher) { hasher.combine(bytes: UnsafeRawBufferPointer(bytes)) }
}
