import Foundation
import NovaClient
import Testing

@Suite struct HTTPDateTests {
  @Test(arguments: [
    ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777.0), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
    ("Mon, 23 Nov 2026 09:42:22 GMT", 1_795_426_942), ("Tue, 29 Feb 2000 23:59:59 GMT", 951_868_799),
  ])
  func `a header's time is read and written`(_ text: String, _ seconds: Double) {
    let date = Date(timeIntervalSince1970: seconds)
    #expect(HTTPDate.parse(text) == date)
    #expect(HTTPDate.format(date) == text)
  }

  @Test(arguments: [
    "", "now", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Sun, 06 Nov 1994 08:49:37",
    "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 32 Nov 1994 08:49:37 GMT", "Sun, 06 Nvm 1994 08:49:37 GMT",
    "Sun, 06 Nov 1994 24:49:37 GMT", "Sun, 06 Nov 1994 08:60:37 GMT", "Sun, 06 Nov 1994 08:49 GMT",
    "Sun, 06 Nov 1994 08:49:37:00 GMT", "Sun, 06 Nov 99999999999999999999 08:49:37 GMT", "1795426942",
    "2026-11-23T09:42:22Z", "Sun, 06 Nov 1994 08:-1:37 GMT",
  ])
  func `anything else is none`(_ text: String) { #expect(HTTPDate.parse(text) == nil) }
}
