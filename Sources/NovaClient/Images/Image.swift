public import Foundation

/// One image as the compute service shows it, every field of the interface document.
public struct Image: Identifiable, Hashable, Sendable {
  /// An image's id: a UUID on real services, but any text is taken as it comes.
  public struct ID: RawRepresentable, Hashable, Sendable, Codable, ExpressibleByStringLiteral,
    CustomStringConvertible
  {
    /// The id as the service writes it.
    public var rawValue: String

    /// An id from a text; nothing is checked.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// An id from a text; nothing is checked.
    public init(_ text: String) { rawValue = text }

    /// An id from a literal, for tests.
    public init(stringLiteral value: String) { rawValue = value }

    /// The id as the service writes it.
    public var description: String { rawValue }
  }

  /// What the image is known by everywhere.
  public var id: ID
  /// Its name; nil and the empty text both occur, and names are not unique.
  public var name: String?
  /// ACTIVE, SAVING and so on.
  public var status: ImageStatus
  /// Percent of being saved: 25 queued, 50 saving, 100 active, else 0 (observed); nil where it is not sent.
  public var progress: Int?
  /// The smallest disk that a server of it needs, in GiB; 0 means any.
  public var minDisk: Int
  /// The least memory that a server of it needs, in MiB; 0 means any.
  public var minRAM: Int
  /// The data's size in bytes (`OS-EXT-IMG-SIZE:size`); 0 while queued, nil where it is not sent.
  public var size: Int?
  /// When it was made.
  public var created: Date?
  /// When it last changed in status or metadata; nil occurs.
  public var updated: Date?
  /// Its metadata. Values are strings but for `mappings` and `block_device_mapping` (observed).
  public var metadata: [String: JSONValue]
  /// The server that it was made from, for snapshots and backups.
  public var server: Server?
  /// `AUTO` or `MANUAL` (`OS-DCF:diskConfig`), where the service has that extension.
  public var diskConfig: String?
  /// Where else it can be found; `bookmark` and `alternate` lead nowhere on real services (observed).
  public var links: [Link]

  /// The server that an image was made from. Nobody checks that it exists (observed).
  public struct Server: Hashable, Sendable, Codable {
    /// The server's id.
    public var id: String
    /// Its addresses.
    public var links: [Link]

    /// Makes a reference to a server.
    public init(id: String, links: [Link] = []) {
      self.id = id
      self.links = links
    }
  }

  /// An address of an image or a server.
  public struct Link: Hashable, Sendable, Codable {
    /// `self`, `bookmark` or `alternate`.
    public var rel: String
    /// The address; it may name a host that only the service knows.
    public var href: String
    /// A media type, for `alternate`.
    public var type: String?

    /// Makes a link.
    public init(rel: String, href: String, type: String? = nil) {
      self.rel = rel
      self.href = href
      self.type = type
    }
  }

  /// An image by its fields, for tests and previews; only the id is needed.
  public init(
    id: ID, name: String? = nil, status: ImageStatus = .active, progress: Int? = nil, minDisk: Int = 0,
    minRAM: Int = 0, size: Int? = nil, created: Date? = nil, updated: Date? = nil,
    metadata: [String: JSONValue] = [:], server: Server? = nil, diskConfig: String? = nil,
    links: [Link] = []
  ) {
    self.id = id
    self.name = name
    self.status = status
    self.progress = progress
    self.minDisk = minDisk
    self.minRAM = minRAM
    self.size = size
    self.created = created
    self.updated = updated
    self.metadata = metadata
    self.server = server
    self.diskConfig = diskConfig
    self.links = links
  }

  /// What kind of image it is, from the metadata `image_type`, which is also what the service filters `type` by.
  public var type: ImageType { ImageType(metadata["image_type"]?.string) }
}
