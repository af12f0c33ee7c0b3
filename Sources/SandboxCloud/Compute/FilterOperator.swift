import Foundation

/// The image service's operators in a filter, which reach through the compute service: `in:a,b`, `eq:a` (observed).
enum FilterOperator {
  /// The values that a filter takes.
  /// - Throws: 400 for an operator that is none, and for quotation marks in the wrong place, in the service's words.
  static func values(_ filter: String) throws(Answer) -> [String] {
    // A time is no operator with its value.
    guard let colon = filter.firstIndex(of: ":"), ISO8601Time.parse(filter) == nil else { return [filter] }
    let value = String(filter[filter.index(after: colon)...])
    switch filter[..<colon] {
    case "eq": return [value]
    case "in":
      try checkQuotes(value)
      return split(value)
    default:
      throw .badRequest(
        "HTTP 400 Bad Request: Unable to filter by unknown operator &#x27;\(filter[..<colon])&#x27;.")
    }
  }

  private static func checkQuotes(_ value: String) throws(Answer) {
    let characters = Array(value)
    var isOpening = true
    for (index, character) in characters.enumerated() where character == "\"" {
      if index > 0, characters[index - 1] == "\\" { continue }
      if isOpening, index > 0, characters[index - 1] != "," {
        throw invalid(value, "There is no comma before opening quotation mark.")
      }
      if !isOpening, index + 1 < characters.count, characters[index + 1] != "," {
        throw invalid(value, "There is no comma after closing quotation mark.")
      }
      isOpening.toggle()
    }
    guard isOpening else { throw invalid(value, "The quote is not closed.") }
  }

  private static func invalid(_ value: String, _ reason: String) -> Answer {
    let shown = value.replacing("\"", with: "&quot;")
    return .badRequest("HTTP 400 Bad Request: Invalid filter value \(shown). \(reason)")
  }

  /// Splits at commas outside of quotation marks. A comma at the end begins no further value (observed).
  private static func split(_ value: String) -> [String] {
    var values: [String] = []
    var rest = value[...]
    while let first = rest.first {
      if first == "\"" {
        rest.removeFirst()
        var text = ""
        while let next = rest.first, next != "\"" {
          text.append(rest.removeFirst())
          // What follows a backslash is part of the text, and so is the backslash (observed).
          if next == "\\", !rest.isEmpty { text.append(rest.removeFirst()) }
        }
        if !rest.isEmpty { rest.removeFirst() }
        values.append(text)
      } else {
        let text = rest.prefix { $0 != "," }
        values.append(String(text))
        rest = rest.dropFirst(text.count)
      }
      if rest.first == "," { rest.removeFirst() }
    }
    return values
  }
}
