/// What has come of a bracketed paste, byte by byte.
struct PastedText: Hashable, Sendable {
  static let beginning = Array("\u{1B}[200~".utf8)
  private static let end = Array("\u{1B}[201~".utf8)

  private var bytes: [UInt8] = []

  /// Takes a byte.
  ///
  /// - Returns: whether it was the last one of the paste's end, which is no part of the text.
  mutating func append(_ byte: UInt8) -> Bool {
    bytes.append(byte)
    guard byte == Self.end.last, bytes.suffix(Self.end.count) == Self.end[...] else { return false }
    bytes.removeLast(Self.end.count)
    return true
  }

  /// The text so far as a key, or no key when there is none.
  mutating func takeAll(_ encoding: KeyDecoder.Encoding) -> [Key] {
    defer { bytes = [] }
    return Self.key(for: bytes, encoding)
  }

  /// The same without what may be the beginning of the paste's end, or of a character, which stays.
  mutating func takeWhole(_ encoding: KeyDecoder.Encoding) -> [Key] {
    let count = bytes.count - unfinishedCount(encoding)
    defer { bytes.removeFirst(count) }
    return Self.key(for: bytes.prefix(count), encoding)
  }

  private func unfinishedCount(_ encoding: KeyDecoder.Encoding) -> Int {
    let counts = (1..<Self.end.count).reversed()
    if let count = counts.first(where: { bytes.suffix($0) == Self.end.prefix($0) }) { return count }
    guard encoding == .utf8, let start = bytes.suffix(3).lastIndex(where: { $0 >= 0xC0 }) else { return 0 }
    let count = bytes.count - start
    let needed = bytes[start] >= 0xF0 ? 4 : bytes[start] >= 0xE0 ? 3 : 2
    return count < needed ? count : 0
  }

  /// Terminals send the ends of pasted lines as the Enter key does; they become line feeds.
  private static func key(for bytes: some Collection<UInt8>, _ encoding: KeyDecoder.Encoding) -> [Key] {
    guard !bytes.isEmpty else { return [] }
    // Byte by byte: as characters a long text would be many times as long.
    var lines: [UInt8] = []
    lines.reserveCapacity(bytes.count)
    var last: UInt8 = 0
    for byte in bytes {
      if byte != lineFeed || last != carriageReturn { lines.append(byte == carriageReturn ? lineFeed : byte) }
      last = byte
    }
    switch encoding {
    case .utf8: return [.paste(String(decoding: lines, as: UTF8.self))]
    case .singleByte: return [.paste(String(lines.lazy.map { encoding.character($0) ?? "\u{FFFD}" }))]
    }
  }

  private static let carriageReturn = UInt8(ascii: "\r")
  private static let lineFeed = UInt8(ascii: "\n")
}
