package import Foundation
package import NovaClient

/// All filter fields as they are being typed, with what is wrong in them.
package struct FilterForm: Hashable, Sendable {
  package enum Field: String, CaseIterable, Hashable, Sendable {
    case name = "Name"
    case status = "Status"
    case type = "Type"
    case minDisk = "Min disk"
    case minRAM = "Min RAM"
    case server = "Server"
    case changedSince = "Changed since"

    /// Whether it is chosen rather than typed.
    package var isChoice: Bool { self == .status || self == .type }

    /// What can be typed, in a few words.
    package var hint: String {
      switch self {
      case .name: "contains; =exact, !not"
      case .status: "any ACTIVE SAVING ERROR DELETED UNKNOWN"
      case .type: "any image snapshot backup"
      case .minDisk: "GiB, at least; =20 exactly, <=20 at most"
      case .minRAM: "MiB, or 1.5 GiB; = and <= too"
      case .server: "id or URL of a server"
      case .changedSince: "2h, 3d, 2026-11-20, 2026-11-20T14:00 (UTC)"
      }
    }
  }

  package private(set) var field = Field.name
  package private(set) var texts: [Field: TextField]
  package private(set) var status: ImageStatus?
  package private(set) var type: ImageType?
  /// How many images would be shown; nil while that is being found out, or while there is a mistake.
  package var matches: Int?

  /// The form as it is typed for a filter.
  package init(_ filter: ImageFilter) {
    texts = [
      .name: TextField(filter.name?.typed ?? ""),
      .minDisk: TextField(filter.minDisk?.typed() ?? ""),
      .minRAM: TextField(filter.minRAM?.typed() ?? ""),
      .server: TextField(filter.server ?? ""),
      .changedSince: TextField(filter.changedSince?.typed ?? ""),
    ]
    status = filter.status
    type = filter.type
  }

  package mutating func moveField(by step: Int) {
    let all = Field.allCases
    let index = all.firstIndex(of: field) ?? 0
    field = all[(index + step + all.count) % all.count]
  }

  package mutating func go(to field: Field) { self.field = field }

  /// Types into the field, or, where one chooses, takes the choice to the left or right.
  package mutating func apply(_ edit: TextField.Edit) {
    guard field.isChoice else {
      texts[field]?.apply(edit)
      return
    }
    let step =
      switch edit {
      case .left: -1
      case .right, .insert(" "): 1
      default: 0
      }
    if case .killToStart = edit { clearChoice() }
    if step != 0 { choose(step) }
  }

  package mutating func clear() {
    self = FilterForm(ImageFilter())
  }

  private mutating func clearChoice() {
    if field == .status { status = nil } else { type = nil }
  }

  private mutating func choose(_ step: Int) {
    if field == .status {
      status = Self.neighbour(of: status, in: [nil] + ImageStatus.known, step)
    } else {
      type = Self.neighbour(of: type, in: [nil] + ImageType.allCases, step)
    }
  }

  private static func neighbour<Value: Equatable>(of value: Value, in all: [Value], _ step: Int) -> Value {
    let index = all.firstIndex(of: value) ?? 0
    return all[(index + step + all.count) % all.count]
  }

  /// Whether a text can be a server's id, or a URL that ends in one.
  private static func isServer(_ text: String) -> Bool {
    let parts = text.split(separator: "/")
    guard let id = parts.last, parts.count == 1 || parts.count > 2 && Origin(text) != nil else {
      return false
    }
    return id.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
  }

  /// What is wrong in a field, for a person.
  package func mistake(in field: Field, now: Date) -> String? {
    let text = texts[field]?.text.trimmingCharacters(in: .whitespaces) ?? ""
    guard !text.isEmpty else { return nil }
    switch field {
    case .minDisk where NumberTerm(typed: text, units: NumberTerm.diskUnits) == nil:
      return "\"\(text)\" is not a whole number of GiB"
    case .minRAM where NumberTerm(typed: text, units: NumberTerm.memoryUnits) == nil:
      return "\"\(text)\" is not a whole number of MiB"
    case .server where !Self.isServer(text): return "\"\(text)\" is neither an id nor a URL"
    case .changedSince where TimeTerm(typed: text, now: now) == nil: return "\"\(text)\" is not a time"
    default: return nil
    }
  }

  /// Whether something is wrong in any field, so that Enter would not close the form.
  package func hasMistake(now: Date) -> Bool {
    firstMistake(now: now) != nil
  }

  private func firstMistake(now: Date) -> Field? {
    Field.allCases.first { mistake(in: $0, now: now) != nil }
  }

  /// The filter that is typed, or nil when something is wrong; the cursor then goes there.
  package mutating func filter(now: Date) -> ImageFilter? {
    guard let wrong = firstMistake(now: now) else { return draft(now: now) }
    field = wrong
    return nil
  }

  /// The filter that is typed, without the parts that are wrong.
  package func draft(now: Date) -> ImageFilter {
    func text(_ field: Field) -> String { texts[field]?.text.trimmingCharacters(in: .whitespaces) ?? "" }
    var filter = ImageFilter()
    // Spaces can be part of a name.
    filter.name = NameTerm(texts[.name]?.text ?? "")
    filter.status = status
    filter.type = type
    filter.minDisk = NumberTerm(typed: text(.minDisk), units: NumberTerm.diskUnits)
    filter.minRAM = NumberTerm(typed: text(.minRAM), units: NumberTerm.memoryUnits)
    filter.server = Self.isServer(text(.server)) ? text(.server) : nil
    filter.changedSince = TimeTerm(typed: text(.changedSince), now: now)
    return filter
  }
}
