import Foundation
import NovaClient
import Testing

@Suite struct TimestampTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0.0), ("2026-11-23T09:42:22Z", 1_795_426_942),
    ("2000-02-29T23:59:59Z", 951_868_799),
    ("1969-12-31T23:59:59Z", -1), ("0001-01-01T00:00:00Z", -62_135_596_800),
  ])
  func `a time is read and written`(_ text: String, _ seconds: Double) {
    let date = Date(timeIntervalSince1970: seconds)
    #expect(Timestamp.parse(text) == date)
    #expect(Timestamp.format(date) == text)
  }

  @Test(arguments: [
    "2026-11-23T09:42:22", "2026-11-23T09:42:22+00:00", "2026-11-23T09:42:22-0000", "2026-11-23 09:42:22Z",
    "2026-11-23T09:42:22.0Z", "2026-11-23T11:42:22+02:00", "2026-11-23T11:42:22+0200",
    "2026-11-22T23:12:22-10:30", "2026-11-23T09:42:22.000000",
  ])
  func `other services' forms are read, too`(_ text: String) {
    #expect(Timestamp.parse(text) == Date(timeIntervalSince1970: 1_795_426_942))
  }

  @Test func `fractions count, and are not written`() throws {
    let date = try #require(Timestamp.parse("2026-11-23T09:42:22.75Z"))
    #expect(date.timeIntervalSince1970 == 1_795_426_942.75)
    #expect(Timestamp.format(date) == "2026-11-23T09:42:22Z")
    #expect(Timestamp.format(Date(timeIntervalSince1970: -0.25)) == "1969-12-31T23:59:59Z")
  }

  @Test(arguments: [
    "", "now", "2026-11-23", "2026-11-23T09:42Z", "20261123T094222Z", "2026-13-23T09:42:22Z",
    "2026-00-23T09:42:22Z", "2026-02-29T09:42:22Z", "2026-04-31T09:42:22Z", "2026-11-23T24:42:22Z",
    "2026-11-23T09:60:22Z", "2026-11-23T09:42:61Z", "2026-11-23T09:42:22z", "2026-11-23t09:42:22Z",
    "2026-11-23T09:42:22.Z", "2026-11-23T09:42:22+2", "2026-11-23T09:42:22Z ", " 2026-11-23T09:42:22Z",
    "+026-11-23T09:42:22Z", "2026-11-23T09:42:2２Z", "1795426942",
  ])
  func `anything else is none`(_ text: String) { #expect(Timestamp.parse(text) == nil) }
}
