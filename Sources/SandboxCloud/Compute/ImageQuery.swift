import Foundation

/// The parameters of a list, checked and understood as the compute service does it.
struct ImageQuery {
  /// One condition; all must hold.
  enum Filter: Equatable {
    /// One of these names, to the letter.
    case name([String])
    /// One of these words of the image service.
    case status([String])
    /// GiB, exactly; nil for a text that is no number, which nothing equals.
    case minDisk(Int?)
    /// MiB, exactly.
    case minRAM(Int?)
    /// A free property, to the letter.
    case property(String, String)
    /// `updated` at this time or later.
    case changedSince(Date)
  }

  var filters: [Filter] = []
  /// At least 1; nil for everything.
  var limit: Int?
  /// The image after which the page starts.
  var marker: String?
  /// The parameters that a `next` link repeats, in its order.
  private var known: [RequestTarget.Parameter] = []

  /// What the service offers as a page at most, for the purpose of links only: a larger limit is obeyed, but its
  /// `next` is missing (observed).
  static let largestLinkedPage = 1000

  private static let numbers: Set<String> = ["limit", "page_size", "offset"]
  private static let names: Set<String> = [
    "name", "status", "changes-since", "server", "type", "minRam", "minDisk", "marker",
  ]

  init(_ parameters: [RequestTarget.Parameter]) throws(Answer) {
    known = parameters.filter {
      Self.names.contains($0.name) || Self.numbers.contains($0.name) || $0.name.hasPrefix("property-")
    }
    for parameter in known where Self.numbers.contains(parameter.name) { try Self.check(parameter) }
    // The last of several equal names counts.
    let last = Dictionary(known.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
    // More digits than an integer has are as good as no limit.
    limit = last["limit"].map { Int($0) ?? .max }
    marker = last["marker"].flatMap { $0.isEmpty ? nil : $0 }
    for (name, value) in last where !Self.numbers.contains(name) && name != "marker" {
      filters.append(try Self.filter(name, value))
    }
  }

  private static func check(_ parameter: RequestTarget.Parameter) throws(Answer) {
    let value = parameter.value
    let start = "Invalid input for query parameters \(parameter.name). Value: \(value). "
    guard !value.isEmpty else { throw .badRequest(start + "'' should be non-empty") }
    guard value.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains) else {
      throw .badRequest(start + "\(PythonText.repr(value)) does not match '^[0-9]*$'")
    }
    guard value.contains(where: { $0 != "0" }) else {
      throw .badRequest(start + "0 is less than the minimum of 1")
    }
  }

  private static func filter(_ name: String, _ value: String) throws(Answer) -> Filter {
    switch name {
    case "name": return .name(try FilterOperator.values(value))
    case "status": return .status(try FilterOperator.values(value.lowercased()))
    case "minDisk": return .minDisk(Int(value))
    case "minRam": return .minRAM(Int(value))
    case "type": return .property("image_type", value)
    case "server":
      return .property(
        "instance_uuid",
        value.split(separator: "/", omittingEmptySubsequences: false)
          .last.map(String.init) ?? value)
    case "changes-since":
      guard let time = ISO8601Time.parse(value) else {
        // The entities are the service's (observed).
        throw .badRequest(
          "HTTP 400 Bad Request: Bad &quot;updated_at&quot; query filter format. Use ISO 8601 DateTime notation."
        )
      }
      return .changedSince(time)
    default:
      // The service strips letters, not the prefix, from the front (observed): `property-os_distro` asks for
      // `s_distro`.
      return .property(String(name.drop { "property-".contains($0) }), value)
    }
  }

  func matches(_ image: ImageRecord) -> Bool {
    filters.allSatisfy { filter in
      switch filter {
      case .name(let names): image.name.map(names.contains) ?? false
      case .status(let words): words.contains(image.status.rawValue)
      case .minDisk(let number): image.minDisk == number
      case .minRAM(let number): image.minRAM == number
      case .property(let key, let value): image.properties[key] == value
      case .changedSince(let time): image.updated >= time
      }
    }
  }

  /// The query of the link to the page after an image: known parameters in order of their names, one of each.
  func next(after id: String) -> String {
    // Of several equal names the one that sorts last stays, not the one that counted (observed).
    let sorted = known.sorted { ($0.name, $0.value) < ($1.name, $1.value) }
    var items: [RequestTarget.Parameter] = []
    for parameter in sorted {
      if items.last?.name == parameter.name { items.removeLast() }
      items.append(parameter)
    }
    if let place = items.firstIndex(where: { $0.name == "marker" }) {
      items[place].value = id
    } else {
      items.append(.init(name: "marker", value: id))
    }
    return items.map { "\(RequestTarget.encode($0.name))=\(RequestTarget.encode($0.value))" }
      .joined(separator: "&")
  }
}
