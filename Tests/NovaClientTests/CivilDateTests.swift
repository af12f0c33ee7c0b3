import Foundation
import NovaClient
import Testing

@Suite struct CivilDateTests {
  @Test(arguments: [
    (0, 1970, 1, 1), (-1, 1969, 12, 31), (58, 1970, 2, 28), (59, 1970, 3, 1), (11_016, 2000, 2, 29),
    (11_017, 2000, 3, 1), (20_780, 2026, 11, 23), (-25_509, 1900, 2, 28), (-25_508, 1900, 3, 1),
    (-719_162, 1, 1, 1), (-719_528, 0, 1, 1), (-719_529, -1, 12, 31), (2_932_896, 9999, 12, 31),
  ])
  func `a day and its number belong together`(_ number: Int, _ year: Int, _ month: Int, _ day: Int) {
    let date = CivilDate(year: year, month: month, day: day)
    #expect(CivilDate(daysSince1970: number) == date)
    #expect(date.daysSince1970 == number)
  }

  @Test func `every day of eight centuries comes after the one before`() {
    var before = CivilDate(daysSince1970: -150_001)
    var wrong: [CivilDate] = []
    for number in -150_000...150_000 {
      let date = CivilDate(daysSince1970: number)
      let isNextDay = date.month == before.month && date.day == before.day + 1
      let isNextMonth = date.day == 1 && date.month == before.month % 12 + 1 && before.day >= 28
      if date.daysSince1970 != number || !(isNextDay || isNextMonth) { wrong.append(date) }
      before = date
    }
    #expect(wrong.isEmpty)
  }

  @Test(arguments: [
    (0.0, "1970-01-01 0:0:0"), (-0.5, "1969-12-31 23:59:59"), (1_795_426_942.9, "2026-11-23 9:42:22"),
    (-86_400, "1969-12-31 0:0:0"), (951_868_799, "2000-02-29 23:59:59"),
  ])
  func `a time of day is that of UTC`(_ seconds: Double, _ text: String) {
    let time = UTCTime(Date(timeIntervalSince1970: seconds))
    #expect("\(Timestamp.day(time.day)) \(time.hour):\(time.minute):\(time.second)" == text)
  }

  @Test(arguments: [Double.infinity, -.infinity, .greatestFiniteMagnitude, 1e14])
  func `a time beyond every calendar does not end the program`(_ seconds: Double) {
    #expect(abs(UTCTime(Date(timeIntervalSince1970: seconds)).day.year) > 300_000)
  }
}
