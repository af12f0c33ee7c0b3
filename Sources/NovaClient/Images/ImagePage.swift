public import Foundation

/// One page of a list.
public struct ImagePage<Element: Hashable & Sendable>: Hashable, Sendable {
  /// What the page holds and could be read.
  public var images: [Element]
  /// What it holds and could not be read, or what could not even be listed.
  public var unreadable: [UnreadableImage]
  /// The last entry's id, whether it could be read or not: the marker for the next page.
  public var lastID: Image.ID?
  /// Whether the service linked a next page. It is a hint only: real services leave the link out above 1,000, and
  /// give one that leads to an empty page (observed).
  public var hasNextLink: Bool
  /// The service's clock when it answered.
  public var date: Date?

  /// Makes a page.
  public init(
    images: [Element], unreadable: [UnreadableImage] = [], lastID: Image.ID? = nil,
    hasNextLink: Bool = false, date: Date? = nil
  ) {
    self.images = images
    self.unreadable = unreadable
    self.lastID = lastID
    self.hasNextLink = hasNextLink
    self.date = date
  }
}

/// An image's id and name, as the list without details gives them.
public struct ImageName: Identifiable, Hashable, Sendable, Decodable {
  /// The image's id.
  public var id: Image.ID
  /// Its name, where it has one.
  public var name: String?
  /// Where it can be found.
  public var links: [Image.Link]

  private enum Field: String, CodingKey { case id, name, links }

  /// Reads an entry of the list.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Field.self)
    id = Image.ID(try fields.decode(String.self, forKey: .id))
    name = try fields.decodeIfPresent(String.self, forKey: .name)
    links = try fields.decodeIfPresent([Image.Link].self, forKey: .links) ?? []
  }
}

/// An image that is there but does not fit, with what is known of it.
public struct UnreadableImage: Hashable, Sendable {
  /// Its id, where at least that could be read.
  public var id: Image.ID?
  /// Its name, where that could be read.
  public var name: String?
  /// What is wrong with it, or the service's message.
  public var reason: String

  /// Makes a record of an image that does not fit.
  public init(id: Image.ID? = nil, name: String? = nil, reason: String) {
    self.id = id
    self.name = name
    self.reason = reason
  }
}

/// A page as it stands in an answer's body.
struct ImagePageBody<Element: Decodable & Hashable & Sendable>: Decodable {
  var images: [Lenient<Element>]
  var links: [Image.Link]?

  private enum CodingKeys: String, CodingKey {
    case images
    case links = "images_links"
  }

  /// More than this of what has not even an id is no list of images.
  private static var mostNameless: Int { 1000 }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    links = try fields.decodeIfPresent([Image.Link].self, forKey: .links)
    images = []
    var list = try fields.nestedUnkeyedContainer(forKey: .images)
    var nameless = 0
    while !list.isAtEnd {
      let image = try list.decode(Lenient<Element>.self)
      if let unreadable = image.unreadable, unreadable.id == nil { nameless += 1 }
      guard nameless <= Self.mostNameless else {
        throw DecodingError.dataCorruptedError(in: list, debugDescription: "no list of images")
      }
      images.append(image)
    }
  }
}
