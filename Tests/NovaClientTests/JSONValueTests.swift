import Foundation
import NovaClient
import Testing

@Suite struct JSONValueTests {
  private func read(_ text: String) throws -> JSONValue {
    try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
  }

  @Test(
    arguments: [
      ("null", .null), ("true", true), ("false", false), ("0", 0), ("1", 1), ("-17", -17),
      ("9007199254740993", 9_007_199_254_740_993), ("9223372036854775807", .integer(.max)),
      ("-9223372036854775808", .integer(.min)), (#""1""#, "1"), (#""true""#, "true"), (#""""#, ""),
      (#""\u0000\n😀\ud83d\ude00""#, "\u{0}\n😀😀"), ("[]", []), ("{}", [:]),
      ("[1, [null], {\"a\": false}]", [1, [.null], ["a": false]]),
    ] as [(String, JSONValue)])
  func `a value is what was written, and is written as it was`(_ text: String, _ value: JSONValue) throws {
    #expect(try read(text) == value)
    #expect(try read(value.text()) == value)
  }

  @Test(arguments: ["1.25", "9223372036854775808", "12345678901234567890123456789012345678", "-0.001"])
  func `a number that is not whole, or too large, keeps its digits`(_ text: String) throws {
    let value = try read(text)
    #expect(value == .number(try #require(Decimal(string: text))))
    #expect(value.text() == text)
  }

  @Test(arguments: ["", "nul", "01", "1.", "'a'", "{\"a\":}", "{\"a\" 1}", "\"\\x\"", "[", "NaN"])
  func `what is no JSON is refused`(_ text: String) {
    #expect(throws: (any Error).self) { try read(text) }
  }

  @Test func `its text has the keys in order, on one line or for people`() {
    let value: JSONValue = ["b": [1, "a/b"], "a": ["": .null]]
    #expect(value.text() == #"{"a":{"":null},"b":[1,"a/b"]}"#)
    #expect(value.text(pretty: true).split(separator: "\n").count == 9)
  }

  @Test func `each look inside sees only its own kind`() {
    let value: JSONValue = ["s": "1", "i": 1, "l": [1], "n": .null]
    #expect(value["s"]?.string == "1" && value["s"]?.integer == nil)
    #expect(value["i"]?.integer == 1 && value["i"]?.string == nil)
    #expect(value["l"]?.array == [1] && value["l"]?.object == nil)
    #expect(value["n"] == .null && value["m"] == nil)
    #expect(JSONValue.string("x")["s"] == nil)
  }
}
