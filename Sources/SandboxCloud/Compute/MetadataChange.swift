import Foundation

/// What the services behind the compute API make of "these are all properties of this image now".
///
/// Each write of metadata, of one key too, arrives as such a replacement. The compute service's client library turns
/// it into a patch, and the image service takes or refuses that as a whole. Everything here was observed.
struct MetadataChange {
  private let image: ImageRecord
  private let wanted: ImageProperties

  /// Fields of the image itself that the patch sets to what they were: taken and not stored.
  private static let dropped: Set<String> = [
    "name", "owner", "id", "visibility", "min_disk", "min_ram", "checksum", "os_hidden", "os_hash_algo",
    "os_hash_value", "disk_format", "container_format", "image_id", "stores", "context", "repo",
  ]
  /// Fields whose type or guard the client library refuses: it fails before anything is sent.
  private static let refusedByLibrary: Set<String> = [
    "size", "status", "protected", "tags", "locations", "self", "virtual_size",
  ]
  /// Fields that the image service lets nobody write.
  private static let readOnly: Set<String> = [
    "created_at", "updated_at", "deleted", "deleted_at", "file", "schema", "direct_url",
  ]
  /// Names that the image service stumbles over.
  private static let stumbling: Set<String> = ["base", "extra_properties"]

  /// The most items that an image may have.
  static let limit = 128

  init(_ image: ImageRecord, to wanted: ImageProperties) {
    self.image = image
    self.wanted = wanted
  }

  /// The image after the write.
  /// - Parameter mayWrite: whether the caller's roles and project allow it.
  /// - Throws: the refusal; nothing is stored then.
  func result(mayWrite: Bool) throws(Answer) -> ImageRecord {
    guard wanted.entries.count <= Self.limit else { throw .forbidden("Image metadata limit exceeded") }
    if wanted.keys.contains(where: Self.refusedByLibrary.contains) { throw .unexpected("TypeError") }
    var changed = image
    changed.properties = stored
    // The library knows "public" and "not public" only.
    if image.visibility != .public { changed.visibility = .private }
    let refused = wanted.keys.contains { Self.readOnly.contains($0) || $0.hasPrefix("os_glance") }
    let isConflict = image.status == .queued && wanted["stores"] != nil
    if changed == image, !refused, !isConflict { return image }
    if isMove { throw .unexpected("nova.exception.ImageBadRequest") }
    guard mayWrite, !refused else { throw .forbidden("Not authorized for image \(image.id).") }
    let isBeyondBasicPlane = stored.entries.contains { entry in
      entry.value.unicodeScalars.contains { $0.value > 0xFFFF } && image.properties[entry.key] != entry.value
    }
    if isBeyondBasicPlane { throw .unexpected("nova.exception.ImageBadRequest") }
    if wanted.keys.contains(where: Self.stumbling.contains) {
      throw .unexpected("glanceclient.exc.HTTPInternalServerError")
    }
    // Where the data lies can be said once there is data; before, the image service finds a conflict.
    if isConflict { throw .unexpected("glanceclient.exc.HTTPConflict") }
    return changed
  }

  /// Whether the rest was stored but a location was not: an image that has its data takes none.
  var failsOnLocation: Bool { wanted["location"] != nil && image.status != .queued }

  /// What the image service keeps: keys trimmed, fields dropped.
  private var stored: ImageProperties {
    var result: ImageProperties = [:]
    for entry in wanted.entries where !Self.dropped.contains(entry.key) && entry.key != "location" {
      let isKernel = entry.key == "kernel_id" || entry.key == "ramdisk_id"
      if isKernel, ["none", ""].contains(Self.trim(entry.value).lowercased()) {
        // Left out of the patch, and so whatever is there stays.
        result[entry.key] = image.properties[entry.key]
      } else {
        result[Self.trim(entry.key)] = entry.value
      }
    }
    return result
  }

  /// Whether a key goes while a new one comes with its value: the library makes a `move` of it, which the image
  /// service does not know.
  private var isMove: Bool {
    let gone = image.properties.entries.filter { wanted[$0.key] == nil }.map(\.value)
    let new = wanted.entries.filter {
      image.properties[$0.key] == nil && !Self.dropped.contains($0.key) && $0.key != "location"
    }
    return new.contains { gone.contains($0.value) }
  }

  private static func trim(_ text: String) -> String { text.trimmingCharacters(in: .whitespacesAndNewlines) }
}
