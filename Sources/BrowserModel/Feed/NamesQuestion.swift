import Foundation
package import NovaClient

/// One question whether many images are still listed: by their names, since the service can be asked for several of
/// these at once (`name=in:…`), and for several ids it cannot (observed).
///
/// Of a name that many have it is asked for a stretch of the list: those behind a marker, in the service's own order.
package struct NamesQuestion: Hashable, Sendable {
  /// Whom it is about.
  package private(set) var images: [Image] = []
  private var names: [String] = []
  private var known: Set<String> = []
  private var length = 0
  /// Whether it is about a stretch of the images of one name; they are in the service's order.
  package private(set) var isStretch = false

  /// A request line of real services may have 8,190 bytes; proxies take less.
  private static let longest = 3000
  private static let most = 60

  package init() {}

  /// A question for images that are called the same, which are in the service's order.
  package init(stretch images: [Image]) {
    isStretch = true
    self.images = Array(images.prefix(Self.most))
    names = Array(images.compactMap(\.name).prefix(1))
  }

  package var isEmpty: Bool { images.isEmpty }

  /// How many images are taken at most: all that are asked for, and some that are called the same.
  package var limit: Int { (isStretch ? images.count : names.count) + 20 }

  /// The question as the service takes it.
  package var query: ImageQuery { query(behind: nil) }

  /// The same for what stands behind an image, which may be called anything.
  package func query(behind marker: Image.ID?) -> ImageQuery {
    ImageQuery(name: "in:" + names.map(Self.quoted).joined(separator: ","), limit: limit, marker: marker)
  }

  /// Whom an answer tells about: of a full one nobody knows whom it has left out, but behind the last one.
  func covered(by listed: [ImageName]) -> ArraySlice<Image> {
    if listed.count < limit { return images[...] }
    let ids = Set(listed.map(\.id))
    guard isStretch, let last = images.lastIndex(where: { ids.contains($0.id) }) else { return images[..<0] }
    return images[...last]
  }

  /// Asks for one more, if there is room.
  package mutating func add(_ image: Image) -> Bool {
    guard let name = image.name else { return false }
    if known.contains(name) {
      images.append(image)
      return true
    }
    let more = Self.length(Self.quoted(name) + ",")
    guard length + more <= Self.longest, names.count < Self.most else { return false }
    names.append(name)
    known.insert(name)
    images.append(image)
    length += more
    return true
  }

  /// Whether an image can be found by its name in a list of names. The service splits the list at commas and reads
  /// quotation marks, which nothing can make it take as part of a name (observed); a failed image is never listed.
  package static func canAsk(for image: Image) -> Bool {
    guard let name = image.name, !name.isEmpty, image.status != .error else { return false }
    return !name.contains("\"") && !name.unicodeScalars.contains { $0.value > 0xFFFF }
  }

  /// How many bytes a text takes in a request line.
  private static func length(_ text: String) -> Int {
    text.utf8.reduce(0) { $0 + (isPlain($1) ? 1 : 3) }
  }

  /// Whether a byte is written as it is (RFC 3986, section 2.3).
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "~"):
      true
    default: false
    }
  }

  private static func quoted(_ name: String) -> String {
    // Within quotation marks the service would leave out no backslash, but read what follows it differently.
    name.contains(",") ? "\"\(name)\"" : name
  }
}
