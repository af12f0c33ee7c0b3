import Foundation

extension Image: Decodable {
  private enum Field: String, CodingKey {
    case id, name, status, progress, minDisk, minRam, created, updated, metadata, server, links
    case size = "OS-EXT-IMG-SIZE:size"
    case diskConfig = "OS-DCF:diskConfig"
  }

  /// Reads an image of an answer.
  ///
  /// Only the id and the status must be there: other services of the same API leave out what they do not have, and
  /// `name`, `updated` and the size may be null (observed in Nova's source).
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Field.self)
    id = ID(try fields.decode(String.self, forKey: .id))
    name = try fields.decodeIfPresent(String.self, forKey: .name)
    status = ImageStatus(rawValue: try fields.decode(String.self, forKey: .status))
    progress = try fields.decodeIfPresent(Int.self, forKey: .progress)
    minDisk = try fields.decodeIfPresent(Int.self, forKey: .minDisk) ?? 0
    minRAM = try fields.decodeIfPresent(Int.self, forKey: .minRam) ?? 0
    size = try fields.decodeIfPresent(Int.self, forKey: .size)
    created = try fields.decodeIfPresent(String.self, forKey: .created).flatMap(Timestamp.parse)
    updated = try fields.decodeIfPresent(String.self, forKey: .updated).flatMap(Timestamp.parse)
    metadata = try fields.decodeIfPresent([String: JSONValue].self, forKey: .metadata) ?? [:]
    server = try fields.decodeIfPresent(Server.self, forKey: .server)
    diskConfig = try fields.decodeIfPresent(String.self, forKey: .diskConfig)
    links = try fields.decodeIfPresent([Link].self, forKey: .links) ?? []
    for (text, what) in [(id.rawValue, "its id"), (name, "its name"), (status.rawValue, "its status")] {
      try TextLimit.check(text, what)
    }
    try TextLimit.check(metadata)
  }
}

extension Image.Server {
  private enum Field: String, CodingKey { case id, links }

  /// Reads a reference to a server; its links are not always there.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Field.self)
    id = try fields.decode(String.self, forKey: .id)
    links = try fields.decodeIfPresent([Image.Link].self, forKey: .links) ?? []
  }
}

/// An element of a page that is either what it should be or is kept with the reason why not, so that one odd image
/// does not spoil its page.
struct Lenient<Value: Decodable>: Decodable {
  var value: Value?
  var unreadable: UnreadableImage?

  private enum Field: String, CodingKey { case id, name }

  init(from decoder: any Decoder) throws {
    do {
      value = try Value(from: decoder)
    } catch {
      let fields = try? decoder.container(keyedBy: Field.self)
      let id = (try? fields?.decode(String.self, forKey: .id)).flatMap {
        $0.utf8.count <= TextLimit.bytes ? Image.ID($0) : nil
      }
      unreadable = UnreadableImage(
        id: id,
        name: (try? fields?.decode(String.self, forKey: .name)).map { $0.cut(to: 255) },
        reason: JSONReading.reason(error))
    }
  }
}
