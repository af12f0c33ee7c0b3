import Foundation
import NovaClient

/// What happens in the cloud by itself: snapshots and nightly backups are taken, saved, finished or fail, old ones
/// are deleted, and somebody edits metadata.
///
/// It has no clock and no task of its own: whoever looks at the cloud lets it catch up first. So it is the same for
/// the same seed and the same times, however often somebody looks.
struct Life {
  private enum Event {
    /// Somebody takes an image of a server.
    case take
    /// Its data begins to arrive.
    case upload(String)
    /// Its data is there, or the upload fails.
    case finish(String)
    /// Somebody tidies up a failed image.
    case tidy(String)
    /// Somebody edits an image's metadata.
    case edit
  }

  private var random: SplitMix
  private var fleet: Fleet
  /// What comes, soonest first.
  private var agenda: [(time: Date, event: Event)] = []
  /// Images that life took, oldest first: these, and no others, it deletes.
  private var taken: [String] = []

  /// How many of its own images stay.
  private static let rotation = 12

  init(seed: UInt64, images: ImageStore, start: Date) {
    random = SplitMix(seed: seed ^ 0x6C69_6665)
    fleet = Fleet(servers: Self.servers(in: images))
    if fleet.servers.isEmpty { fleet = Fleet(count: 6, random: &random) }
    plan(.take, after: 3, from: start)
    plan(.edit, after: 9, from: start)
    // The images that are being saved at the start go on; the old ones among them never will.
    let recent = images.newestFirst.prefix(20).filter { $0.status == .queued || $0.status == .saving }
    for (number, image) in recent.enumerated() {
      let seconds = Double(6 + 11 * number)
      plan(image.status == .queued ? .upload(image.id) : .finish(image.id), after: seconds, from: start)
    }
  }

  private static func servers(in images: ImageStore) -> [Fleet.Server] {
    var known: Set<String> = []
    return images.newestFirst.compactMap { image in
      guard image.properties["image_type"] != nil, image.owner == Accounts.demoProject.id,
        let id = image.properties["instance_uuid"], known.insert(id).inserted,
        let name = image.name?.split(separator: "-").prefix(2).joined(separator: "-")
      else { return nil }
      let system = Distribution.systems.firstIndex { $0.distro == image.properties["os_distro"] }
      return Fleet.Server(
        id: id, name: name, system: system ?? 0, base: image.properties["base_image_ref"] ?? "")
    }
  }

  /// Lets everything happen that is due.
  mutating func run(until now: Date, on images: inout ImageStore) {
    while let next = agenda.first, next.time <= now {
      agenda.removeFirst()
      happen(next.event, at: next.time, &images)
    }
  }

  private mutating func happen(_ event: Event, at time: Date, _ images: inout ImageStore) {
    switch event {
    case .take:
      take(at: time, &images)
      plan(.take, after: Double(10 + random.below(15)), from: time)
    case .upload(let id):
      images.update(id) { image in
        image.status = .saving
        image.updated = time
      }
      plan(.finish(id), after: Double(8 + random.below(25)), from: time)
    case .finish(let id):
      finish(id, at: time, &images)
    case .tidy(let id):
      images.remove(id)
    case .edit:
      edit(at: time, &images)
      plan(.edit, after: Double(20 + random.below(25)), from: time)
    }
  }

  private mutating func take(at time: Date, _ images: inout ImageStore) {
    let server = random.pick(fleet.servers)
    let isBackup = random.below(3) > 0
    let clock = UTCTime(time)
    let name =
      isBackup
      ? "\(server.name)-nightly-\(Timestamp.day(clock.day))"
      : "\(server.name)-snapshot-\(clock.hour * 100 + clock.minute)"
    var image = ImageRecord(
      id: random.uuid(), name: name, owner: Accounts.demoProject.id, created: time, status: .queued,
      visibility: .private,
      properties: Fleet.properties(
        server, type: isBackup ? "backup" : "snapshot", backup: isBackup ? "daily" : nil,
        user: "3f60b1c8d2a94e57b6c0f9a1e8d47b25"))
    image.minDisk = Distribution.systems[server.system].minDisk
    images.insert(image)
    taken.append(image.id)
    // A rotation, as with nightly backups: a new one comes, the oldest goes.
    if taken.count > Self.rotation { images.remove(taken.removeFirst()) }
    plan(.upload(image.id), after: Double(4 + random.below(6)), from: time)
  }

  private mutating func finish(_ id: String, at time: Date, _ images: inout ImageStore) {
    let fails = random.below(8) == 0
    let size = (600 + random.below(8_000)) * 1_048_576
    images.update(id) { image in
      image.status = fails ? .killed : .active
      image.size = fails ? nil : size
      image.updated = time
    }
    if fails { plan(.tidy(id), after: 120, from: time) }
  }

  private mutating func edit(at time: Date, _ images: inout ImageStore) {
    let place = random.below(40)
    let key = random.pick(["checked_by", "ticket", "hw_qemu_guest_agent", "os_require_quiesce"])
    let value = key.contains("_by") ? random.pick(["amy", "boris", "chen"]) : String(random.below(2000))
    let image = images.newestFirst.dropFirst(place).first { image in
      image.owner == Accounts.demoProject.id && image.properties.entries.count < MetadataChange.limit
    }
    guard let image else { return }
    images.update(image.id) { image in
      image.properties[key] = key.hasPrefix("hw_") || key.hasPrefix("os_") ? "yes" : value
      image.updated = time
    }
  }

  private mutating func plan(_ event: Event, after seconds: TimeInterval, from time: Date) {
    let due = time.addingTimeInterval(seconds)
    let place = agenda.firstIndex { $0.time > due } ?? agenda.count
    agenda.insert((due, event), at: place)
  }
}
