import Console
import Foundation
import NovaClient
import Testing

@testable import novalens

/// What is written down where there is not room for everything.
struct LogLineTests {
  private func record(_ target: String) -> RequestRecord {
    var record = RequestRecord(HTTPRequest(.get, "https://cloud.example" + target), started: Date())
    record.outcome = .answered(status: 503)
    record.requestID = "req-4b1c0c3e-7d0a-4f0e-9d1c-0f5f5c6a7b8d"
    return record
  }

  @Test(arguments: [0, 60, 200, 500, 5000]) func `what became of a request is never left out`(_ length: Int) {
    let record = record("/v2.1/images?marker=é" + String(repeating: "a", count: length) + "&limit=1000")
    let line = record.logLine(atMost: CrashReport.noteLength)
    #expect(line.utf8.count <= CrashReport.noteLength)
    #expect(line.contains("GET cloud.example"))
    #expect(line.contains("limit=1000 503 0 ms 0 bytes req-4b1c0c3e-7d0a-4f0e-9d1c-0f5f5c6a7b8d"))
    #expect((line == record.logLine) == !line.contains("…"))
  }

  @Test func `what a service sends is no command to the terminal that shows a log`() {
    var record = record("/v2.1/images")
    record.requestID = "req\u{1B}]52;c;x\u{7}\u{9B}2J"
    #expect(record.logLine.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
    #expect(record.logLine.contains("]52;c;x"))
    #expect(EventLog.escaped(#"{"name":"\#u{9B}2J\#u{202E}é日"}"#) == #"{"name":"\u009b2J\u202eé日"}"#)
    #expect(EventLog.escaped("a\u{2028}b\u{2029}") == #"a\u2028b\u2029"#)
  }

  @Test func `all that is to be warned of is said`() {
    #expect(CloudInfo.line(of: []) == nil)
    #expect(
      CloudInfo.line(of: ["The token goes in the clear.", "Unchecked."])
        == "Unchecked. The token goes in the clear.")
  }
}
