import Foundation
import NovaClient

/// Writes images as the compute service does, byte for byte.
///
/// A list of a thousand images must be quick in a debug build too, so the text is joined from parts that are kept,
/// and no encoder is involved.
enum ImageJSON {
  /// The parts of an image's JSON that are the same for every reader.
  struct Detail {
    /// Everything up to and with `"links": `.
    var head: String
    /// The server's id, where metadata names one.
    var server: String?
    /// `AUTO` or `MANUAL`, where metadata says it.
    var diskConfig: String?
  }

  /// Where links of one answer point to.
  struct Addresses {
    /// The compute endpoint as the request spelled it: with or without project id.
    var endpoint: String
    /// The compute endpoint without a version: bookmarks point there, which leads nowhere (observed).
    var bookmark: String
    /// The image service's endpoint.
    var images: String
  }

  /// The parts of an image; nil when its metadata cannot be read, which the service answers with 500 (observed).
  static func detail(_ image: ImageRecord) -> Detail? {
    guard let metadata = metadata(image.properties) else { return nil }
    let parts = [
      "{\"id\": \(PythonText.quoted(image.id))", "\"name\": \(image.name.map(PythonText.quoted) ?? "null")",
      "\"minRam\": \(image.minRAM)", "\"minDisk\": \(image.minDisk)", "\"metadata\": \(metadata)",
      "\"created\": \"\(Timestamp.format(image.created))\"",
      "\"updated\": \"\(Timestamp.format(image.updated))\"",
      "\"status\": \"\(image.shownStatus)\"", "\"progress\": \(image.progress)",
      "\"OS-EXT-IMG-SIZE:size\": \(image.size ?? 0)", "\"links\": ",
    ]
    return Detail(
      head: parts.joined(separator: ", "), server: image.properties["instance_uuid"],
      diskConfig: image.properties["auto_disk_config"].map { isTrue($0) ? "AUTO" : "MANUAL" })
  }

  /// Properties as metadata: texts, but for the two that hold JSON. Nil when one of those two does not.
  static func metadata(_ properties: ImageProperties) -> String? {
    var items: [String] = []
    for entry in properties.entries {
      guard let value = shown(entry) else { return nil }
      items.append("\(PythonText.quoted(entry.key)): \(value)")
    }
    return "{" + items.joined(separator: ", ") + "}"
  }

  /// One value as metadata; nil when it should be JSON and is not.
  static func shown(_ entry: ImageProperties.Entry) -> String? {
    guard holdsJSON(entry.key) else { return PythonText.quoted(entry.value) }
    do {
      return PythonText.json(try JSONReading.decode(JSONValue.self, from: Data(entry.value.utf8)))
    } catch {
      return nil
    }
  }

  /// The two properties that the compute service parses (observed).
  static func holdsJSON(_ key: String) -> Bool { key == "mappings" || key == "block_device_mapping" }

  /// A whole image.
  static func image(_ id: String, _ detail: Detail, _ addresses: Addresses) -> String {
    var text = detail.head + links(id, addresses)
    if let server = detail.server {
      let own = PythonText.quoted("\(addresses.endpoint)/servers/\(server)")
      let bookmark = PythonText.quoted("\(addresses.bookmark)/servers/\(server)")
      text += ", \"server\": {\"id\": \(PythonText.quoted(server)), \"links\": "
      text += "[{\"rel\": \"self\", \"href\": \(own)}, {\"rel\": \"bookmark\", \"href\": \(bookmark)}]}"
    }
    if let diskConfig = detail.diskConfig { text += ", \"OS-DCF:diskConfig\": \"\(diskConfig)\"" }
    return text + "}"
  }

  /// An image in a list of ids.
  static func reference(_ image: ImageRecord, _ addresses: Addresses) -> String {
    "{\"id\": \(PythonText.quoted(image.id)), \"name\": \(image.name.map(PythonText.quoted) ?? "null"), "
      + "\"links\": \(links(image.id, addresses))}"
  }

  private static func links(_ id: String, _ addresses: Addresses) -> String {
    // The double slash before `images` is the service's (observed).
    "[{\"rel\": \"self\", \"href\": \"\(addresses.endpoint)/images/\(id)\"}, "
      + "{\"rel\": \"bookmark\", \"href\": \"\(addresses.bookmark)/images/\(id)\"}, "
      + "{\"rel\": \"alternate\", \"type\": \"application/vnd.openstack.image\", "
      + "\"href\": \"\(addresses.images)//images/\(id)\"}]"
  }

  private static func isTrue(_ text: String) -> Bool {
    ["1", "t", "true", "on", "y", "yes"].contains(text.lowercased())
  }
}
