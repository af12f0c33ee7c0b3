import Foundation
import NovaClient
import SandboxCloud

/// An image as `openstack/seed` makes it in a real cloud: everything follows from its number.
struct SeededImage: Hashable, Sendable {
  /// From 0; the higher, the younger.
  let number: Int

  /// How many there are.
  static let count = 250
  static let all = (0..<count).map(SeededImage.init)

  var name: String { "lab-image-" + String(repeating: "0", count: 5 - String(number).count) + String(number) }
  var type: ImageType { [.snapshot, .backup, .image][number % 3] }
  /// GiB.
  var minDisk: Int { [0, 1, 5, 10, 20][number % 5] }
  /// MiB.
  var minRAM: Int { [0, 256, 512, 1024][number % 4] }
  /// Whether it waits for its data for ever.
  var isQueued: Bool { number % 10 == 7 }
  var isProtected: Bool { number % 15 == 14 }
  /// Public and the administrators', otherwise private and the member's.
  var isPublic: Bool { number % 20 == 19 }
  /// Bytes.
  var size: Int { isQueued ? 0 : (7 + String(number).count) * (1 + number % 4) }
  /// The server that it was made from.
  var server: String? { type == .image ? nil : Self.servers[number % 4] }

  var metadata: [String: String] {
    var items = [
      "lab_index": String(number), "architecture": ["x86_64", "aarch64"][number % 2],
      "os_distro": ["debian", "ubuntu", "fedora", "alpine", "windows"][number % 5],
    ]
    if let server {
      items["image_type"] = type.rawValue
      items["instance_uuid"] = server
    }
    return items
  }

  /// The four servers, by their ids (`uuid5` of `server-0` … `server-3`).
  static let servers = [
    "075fed79-497f-5fa9-b425-204a499d1878", "d874d393-bb2c-5ca5-b885-3679689fcc8c",
    "ca962449-97c8-523f-89b0-d62f6bb45e44", "a62769c6-3c69-523f-88c6-03888bb296f2",
  ]
}

extension SeededImage {
  /// The same image for the sandbox. Its id is another one, which is nothing to go by: a real cloud gives an image
  /// that is made again a new one, too.
  var record: ImageRecord {
    let digits = String(number)
    let created = Date(timeIntervalSince1970: 1_704_067_200 + Double(number) * 60)
    var properties: ImageProperties = [:]
    for (key, value) in metadata.sorted(by: { $0.key < $1.key }) { properties[key] = value }
    var record = ImageRecord(
      id: "6f1f0a52-8f0c-4c53-9d11-" + String(repeating: "0", count: 12 - digits.count) + digits, name: name,
      owner: (isPublic ? Accounts.adminProject : Accounts.demoProject).id, created: created,
      status: isQueued ? .queued : .active, visibility: isPublic ? .public : .private,
      size: isQueued ? nil : size, properties: properties)
    record.updated = created.addingTimeInterval(Double(number % 60))
    record.minDisk = minDisk
    record.minRAM = minRAM
    record.isProtected = isProtected
    return record
  }
}
