import NovaClient

/// What a path below `/compute` leads to.
enum ComputeRoute: Equatable {
  /// The list of versions; needs no token.
  case versions
  /// One version's document; needs no token.
  case version(root: String)
  /// A path outside the versions: 300 with a choice of versions that lead nowhere.
  case choices
  /// A path inside a version that no route takes.
  case unknown
  /// One of the ten operations.
  case operation(ImageOperation, Place)

  /// Where an operation was found, which its links repeat.
  struct Place: Equatable {
    /// `v2.1`, or `v2`, which knows no microversions.
    var root: String
    /// The project id in the path, if there was one.
    var project: String?
  }

  init(_ method: HTTPMethod, _ target: RequestTarget) {
    let parts = Array(target.parts.dropFirst())
    guard let root = parts.first else {
      self = .versions
      return
    }
    guard root == "v2.1" || root == "v2" else {
      self = .choices
      return
    }
    if parts.count == 1 {
      self = .version(root: root)
      return
    }
    var rest = parts.dropFirst()
    var place = Place(root: root, project: nil)
    if let first = rest.first, first.utf8.allSatisfy(Self.isProjectDigit) {
      place.project = first
      rest = rest.dropFirst()
    }
    guard !target.endsInSlash, let operation = ImageOperation(method, Array(rest)) else {
      self = .unknown
      return
    }
    self = .operation(operation, place)
  }

  /// Anything that could be a hexadecimal id is taken for a project (observed).
  private static func isProjectDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte) || byte == UInt8(ascii: "-")
  }
}

/// The ten operations of the images API.
enum ImageOperation: Equatable {
  case list, details, show(String), delete(String)
  case metadata(String), merge(String), replace(String)
  case item(String, key: String), setItem(String, key: String), deleteItem(String, key: String)

  init?(_ method: HTTPMethod, _ parts: [String]) {
    guard parts.first == "images" else { return nil }
    let id = parts.count > 1 ? parts[1] : ""
    if parts.count > 2, parts[2] != "metadata" { return nil }
    switch (method, parts.count) {
    case (.get, 1): self = .list
    case (.get, 2): self = id == "detail" ? .details : .show(id)
    // `DELETE /images/detail` reaches the image with the id "detail", which is not there.
    case (.delete, 2): self = .delete(id)
    case (.get, 3): self = .metadata(id)
    case (.post, 3): self = .merge(id)
    case (.put, 3): self = .replace(id)
    case (.get, 4): self = .item(id, key: parts[3])
    case (.put, 4): self = .setItem(id, key: parts[3])
    case (.delete, 4): self = .deleteItem(id, key: parts[3])
    default: return nil
    }
  }

  /// The last version of the compute API that still has it.
  var lastVersion: Microversion {
    switch self {
    case .list, .details, .show, .delete: .lastWithImages
    default: .lastWithMetadata
    }
  }
}
