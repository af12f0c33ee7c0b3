import BrowserModel
import BrowserRig
import Foundation
import NovaClient
import SandboxCloud
import Testing

@MainActor struct ImageFilterTests {
  /// One image for each thing that a filter can tell apart.
  private func rig() async throws -> BrowserRig {
    let rig = try BrowserRig()
    await rig.make("Ubuntu 24.04", disk: 10, ram: 512)
    await rig.make("ubuntu-minimal", disk: 5, ram: 2048)
    await rig.make("debian", disk: 20, ram: 1024)
    await rig.make("web-snapshot", properties: ["image_type": "snapshot", "instance_uuid": "s-1"])
    await rig.make("web-backup", properties: ["image_type": "backup", "instance_uuid": "s-2"])
    await rig.make("arriving", status: .queued)
    await rig.start()
    return rig
  }

  private func shown(_ typed: [FilterForm.Field: String]) async throws -> [String] {
    let rig = try await rig()
    await rig.perform(.filterForm)
    for field in FilterForm.Field.allCases {
      if let text = typed[field] {
        if field.isChoice {
          for _ in 0..<(Int(text) ?? 0) { await rig.perform(.type(.right)) }
        } else {
          await rig.type(text)
        }
      }
      await rig.perform(.nextField)
    }
    await rig.perform(.accept)
    #expect(rig.browser.overlay == nil)
    return rig.names
  }

  @Test(arguments: [
    ("ubuntu", ["Ubuntu 24.04", "ubuntu-minimal"]), ("=ubuntu-minimal", ["ubuntu-minimal"]), ("=ubuntu", []),
    ("!u", ["arriving", "debian", "web-snapshot"]), ("UNTU 2", ["Ubuntu 24.04"]),
    ("!=debian", ["arriving", "Ubuntu 24.04", "ubuntu-minimal", "web-backup", "web-snapshot"]),
  ])
  func `a name is contained, equal or absent`(typed: String, names: [String]) async throws {
    #expect(try await shown([.name: typed]) == names)
  }

  @Test(arguments: [
    ("10", ["debian", "Ubuntu 24.04"]), ("=10", ["Ubuntu 24.04"]), (">=20", ["debian"]),
    ("<=5", ["arriving", "ubuntu-minimal", "web-backup", "web-snapshot"]),
  ])
  func `a disk is at least, exactly or at most`(typed: String, names: [String]) async throws {
    #expect(try await shown([.minDisk: typed]) == names)
  }

  @Test(arguments: [
    ("1024", ["debian", "ubuntu-minimal"]), ("1 GiB", ["debian", "ubuntu-minimal"]),
    ("=512", ["Ubuntu 24.04"]),
    ("=2g", ["ubuntu-minimal"]),
  ])
  func `memory is typed in MiB or with a unit`(typed: String, names: [String]) async throws {
    #expect(try await shown([.minRAM: typed]) == names)
  }

  @Test(arguments: [
    ("2", ["arriving"]), ("1", ["debian", "Ubuntu 24.04", "ubuntu-minimal", "web-backup", "web-snapshot"]),
    ("3", []),
  ])
  func `a status is chosen`(steps: String, names: [String]) async throws {
    #expect(try await shown([.status: steps]) == names)
  }

  @Test(arguments: [
    ("1", ["arriving", "debian", "Ubuntu 24.04", "ubuntu-minimal"]), ("2", ["web-snapshot"]),
    ("3", ["web-backup"]),
  ])
  func `a plain image is one that is no snapshot and no backup`(steps: String, names: [String]) async throws {
    #expect(try await shown([.type: steps]) == names)
  }

  @Test(arguments: ["s-1", "http://cloud.invalid/v2.1/servers/s-1"])
  func `a server is an id or a URL that ends in one`(typed: String) async throws {
    #expect(try await shown([.server: typed]) == ["web-snapshot"])
  }

  @Test func `all parts together must match`() async throws {
    #expect(try await shown([.name: "ubuntu", .minDisk: "6", .minRAM: "<=1024"]) == ["Ubuntu 24.04"])
  }

  @Test(arguments: [
    ("20", NumberTerm.Way.atLeast, 20), (">20", .atLeast, 21), (">= 20 GiB", .atLeast, 20),
    ("<20", .atMost, 19),
    ("≤1 TiB", .atMost, 1024), ("=20480M", .exactly, 20), ("2.0g", .atLeast, 2),
  ])
  func `a disk is typed in GiB or with a unit`(typed: String, way: NumberTerm.Way, gibibytes: Int) {
    #expect(NumberTerm(typed: typed, units: NumberTerm.diskUnits) == NumberTerm(way, gibibytes))
  }

  @Test(arguments: ["1.5", "1500M", "1e3", "0x10", "-1", ".", "1.2.3", "NaN", "GiB", "5 furlongs"])
  func `what is no whole number of GiB is none`(typed: String) {
    #expect(NumberTerm(typed: typed, units: NumberTerm.diskUnits) == nil)
  }

  @Test(arguments: [
    ("90s", 90.0), ("5m", 300), ("5 min", 300), ("5 min ago", 300), ("2 h ago", 7200), ("3d", 259_200),
    ("1w", 604_800), ("1y", 31_557_600),
  ])
  func `an age is typed as the list writes it`(typed: String, seconds: TimeInterval) {
    let now = Date(timeIntervalSince1970: 1_800_000_000)
    #expect(TimeTerm(typed: typed, now: now)?.date == now.addingTimeInterval(-seconds))
  }

  @Test func `what changed since is told by age or date`() async throws {
    #expect(try await shown([.changedSince: "1h"]).count == 6)
    #expect(try await shown([.changedSince: "2100-01-01"]).isEmpty)
    #expect(try await shown([.changedSince: "2000-01-01T00:00Z"]).count == 6)
  }

  @Test(arguments: [
    (FilterForm.Field.minDisk, "20X", "\"20X\" is not a whole number of GiB"),
    (.minRAM, "much", "\"much\" is not a whole number of MiB"),
    (.changedSince, "yesterday", "\"yesterday\" is not a time"),
    (.changedSince, "2026-02-30", "\"2026-02-30\" is not a time"),
    (.server, "two words", "\"two words\" is neither an id nor a URL"),
    (.server, "http://", "\"http://\" is neither an id nor a URL"),
    (.server, "../../x", "\"../../x\" is neither an id nor a URL"),
    (.minDisk, "99999999999999999999", "\"99999999999999999999\" is not a whole number of GiB"),
  ])
  func `a mistake is said at its field and keeps the form open`(
    field: FilterForm.Field, typed: String, mistake: String
  ) async throws {
    let rig = try await rig()
    await rig.perform(.filterForm)
    while case .filterForm(let form) = rig.browser.overlay, form.field != field {
      await rig.perform(.nextField)
    }
    await rig.type(typed)
    await rig.perform(.nextField, .accept)
    guard case .filterForm(let form) = rig.browser.overlay else {
      Issue.record("the form has closed")
      return
    }
    #expect(form.field == field)
    #expect(form.mistake(in: field, now: rig.time.now) == mistake)
    #expect(rig.browser.filter.isEmpty)
  }

  @Test func `the form counts what it would show`() async throws {
    let rig = try await rig()
    await rig.perform(.filterForm)
    await rig.type("ubuntu")
    guard case .filterForm(let form) = rig.browser.overlay else {
      Issue.record("the form has closed")
      return
    }
    #expect(form.matches == 2)
    await rig.perform(.back)
    #expect(rig.names.count == 6)
  }

  @Test func `a name is filtered while it is typed, and Esc brings back what was`() async throws {
    let rig = try await rig()
    await rig.perform(.filterName)
    await rig.type("deb")
    #expect(rig.names == ["debian"])
    await rig.perform(.back)
    #expect(rig.names.count == 6)
    await rig.perform(.filterName)
    await rig.type("web")
    await rig.perform(.accept, .quickFilter(.snapshots))
    #expect(rig.names == ["web-snapshot"])
    await rig.perform(.quickFilter(.snapshots), .clearFilters)
    #expect(rig.names.count == 6)
  }

  @Test(arguments: [
    ("status", "SAVING", "in:queued,saving"), ("status", "UNKNOWN", "in:deactivated,importing,uploading"),
  ])
  func `the service is asked in the words of the image service`(_: String, status: String, asked: String) {
    var filter = ImageFilter()
    filter.status = ImageStatus(rawValue: status)
    #expect(filter.serviceQuestion?.status == asked)
  }

  @Test func `the service is not asked what it answers otherwise than a person means`() {
    var filter = ImageFilter()
    filter.name = NameTerm("ubuntu")
    filter.minDisk = NumberTerm(.atLeast, 20)
    filter.type = .image
    filter.status = .error
    #expect(filter.serviceQuestion == nil)
    filter.name = NameTerm("=in:a,b")
    #expect(filter.serviceQuestion == nil)
    filter.minDisk = NumberTerm(.exactly, 20)
    #expect(filter.serviceQuestion == ImageQuery(minDisk: 20))
  }
}
