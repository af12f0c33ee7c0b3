import Foundation
import NovaClient

/// Makes the images of a believable cloud: the same for the same seed, count and start.
struct ImageGenerator {
  private let settings: SandboxSettings
  private let now: Date
  private var random: SplitMix
  private let fleet: Fleet
  private let owner = Accounts.demoProject.id
  private let user: String
  private let systems: [[ImageProperties]]
  private let appliances: [[ImageProperties]]

  /// What comes after what, over and over: about what an operator of a middling cloud sees.
  private enum Kind {
    case system, snapshot, backup, appliance, odd
  }
  private static let order: [Kind] = [
    .backup, .snapshot, .system, .backup, .odd, .system, .snapshot, .system, .backup, .system, .snapshot,
    .system, .backup, .odd, .system, .snapshot, .system, .appliance, .backup, .snapshot,
  ]
  private static let twoYears: TimeInterval = 2 * 365 * 86_400

  init(_ settings: SandboxSettings, now: Date) {
    self.settings = settings
    self.now = now
    random = SplitMix(seed: settings.seed)
    fleet = Fleet(count: max(6, settings.imageCount / 30), random: &random)
    user = settings.accounts.users.first?.id ?? ""
    systems = Distribution.systems.map { system in system.architectures.map { system.properties($0) } }
    appliances = Distribution.appliances.map { system in system.architectures.map { system.properties($0) } }
  }

  /// As many images as the settings say, and on top some that the account `demo` does not find in lists: failed ones
  /// and other projects' private ones.
  func images() -> [ImageRecord] {
    var copy = self
    return copy.make()
  }

  private mutating func make() -> [ImageRecord] {
    let count = settings.imageCount
    guard count > 0 else { return [] }
    var images: [ImageRecord] = []
    images.reserveCapacity(count + count / 20 + 4)
    var made: [Kind: Int] = [:]
    for place in 0..<count {
      let kind = Self.order[place % Self.order.count]
      let number = made[kind, default: 0]
      made[kind] = number + 1
      // Most images are young: a cloud cleans up.
      let age = Self.twoYears * pow((Double(place) + 0.5) / Double(count), 2) + Double(random.below(60))
      images.append(image(kind, number, created: now.addingTimeInterval(-age)))
    }
    for number in 0..<(count / 30 + 2) {
      let age = Double(random.below(Int(Self.twoYears)))
      images.append(hidden(number, created: now.addingTimeInterval(-age)))
    }
    return images
  }

  private mutating func image(_ kind: Kind, _ number: Int, created: Date) -> ImageRecord {
    switch kind {
    case .system: system(Distribution.systems, systems, number, created: created)
    case .appliance: system(Distribution.appliances, appliances, number, created: created)
    case .snapshot: taken(number, isBackup: false, created: created)
    case .backup: taken(number, isBackup: true, created: created)
    case .odd: odd(number, created: created)
    }
  }

  private mutating func system(
    _ systems: [Distribution], _ properties: [[ImageProperties]], _ number: Int, created: Date
  ) -> ImageRecord {
    let place = number % systems.count
    let system = systems[place]
    let round = (number / systems.count) % system.architectures.count
    let day = UTCTime(created).day
    let isPublic = number % 4 != 3
    var image = ImageRecord(
      id: random.uuid(),
      name: "\(system.slug)-\(system.architectures[round])-\(Self.compact(day))",
      owner: isPublic ? Accounts.adminProject.id : owner, created: created,
      visibility: isPublic ? .public : .shared, size: vary(system.size), properties: properties[place][round])
    image.minDisk = system.minDisk
    image.minRAM = system.minRAM
    image.isProtected = isPublic ? number % 3 == 0 : number % 16 == 7
    if number % 5 == 0 {
      image.properties["description"] =
        "Built by the image pipeline on \(Timestamp.day(day)).\nTested: boot, resize."
    }
    // Withdrawn for a security hole, or still being imported.
    if number % 23 == 9 { image.status = .deactivated }
    if number % 61 == 30 { image.status = .importing }
    touch(&image)
    return image
  }

  private mutating func taken(_ number: Int, isBackup: Bool, created: Date) -> ImageRecord {
    let server = fleet.servers[number % fleet.servers.count]
    let system = Distribution.systems[server.system]
    let day = UTCTime(created).day
    let isDaily = now.timeIntervalSince(created) < 8 * 86_400
    let name =
      isBackup
      ? "\(server.name)-\(isDaily ? "daily" : "weekly")-\(Timestamp.day(day))"
      : "\(server.name)-\(Self.occasions[number % Self.occasions.count])"
    var image = ImageRecord(
      id: random.uuid(), name: name, owner: owner, created: created, visibility: .private,
      size: vary(system.size * 3),
      properties: Fleet.properties(
        server, type: isBackup ? "backup" : "snapshot",
        backup: isBackup ? (isDaily ? "daily" : "weekly") : nil, user: user))
    image.minDisk = max(system.minDisk, [10, 20, 40, 80][server.system % 4])
    image.minRAM = system.minRAM
    // The youngest are not ready yet; a few old ones never became it.
    switch (isBackup, number) {
    case (true, 0), (true, 2): wait(&image, .queued)
    case (false, 0): wait(&image, .saving)
    case (false, _) where number % 31 == 4:
      wait(&image, settings.listsFailed ? .killed : .saving)
    case (true, _) where number % 37 == 5: wait(&image, .queued)
    default: touch(&image)
    }
    return image
  }

  private mutating func odd(_ number: Int, created: Date) -> ImageRecord {
    let odd = OddImages.all[number % OddImages.all.count]
    var image = ImageRecord(
      id: random.uuid(), name: odd.name, owner: owner, created: created,
      visibility: number % 5 == 4 ? .community : .shared, size: vary(300), properties: odd.properties)
    image.minDisk = number % 3 * 10
    image.minRAM = number % 4 * 512
    touch(&image)
    return image
  }

  /// A failed snapshot, unless lists have those anyway, or another project's image.
  private mutating func hidden(_ number: Int, created: Date) -> ImageRecord {
    var image = taken(number + 8, isBackup: false, created: created)
    image.status = .active
    if number.isMultiple(of: 2), !settings.listsFailed {
      wait(&image, .killed)
    } else {
      image.owner = Accounts.altProject.id
      image.name = "alt-\(image.name ?? "")"
    }
    return image
  }

  private func wait(_ image: inout ImageRecord, _ status: ImageRecord.Status) {
    image.status = status
    image.size = nil
    image.updated = image.created
  }

  /// Made in some minutes; one in six was edited since.
  private mutating func touch(_ image: inout ImageRecord) {
    let age = now.timeIntervalSince(image.created)
    let wasEdited = random.below(6) == 0
    let delay = wasEdited ? age * Double(random.below(100)) / 100 : Double(20 + random.below(400))
    image.updated = image.created.addingTimeInterval(min(age, delay + Double(random.below(1000)) / 1000))
  }

  /// Bytes about so many MiB.
  private mutating func vary(_ mebibytes: Int) -> Int {
    mebibytes * 1_048_576 / 100 * (90 + random.below(20)) + random.below(65_536) * 512
  }

  private static let occasions = [
    "before-upgrade", "snapshot", "golden", "pre-migration", "debug", "known-good", "before-resize",
    "template",
  ]

  /// `20261123`.
  private static func compact(_ day: CivilDate) -> String {
    String(day.year * 10_000 + day.month * 100 + day.day)
  }
}
