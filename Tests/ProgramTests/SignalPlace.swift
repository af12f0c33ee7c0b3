import NovaClient
import Pilot
import SandboxCloud
import Testing

/// A screen of the program, and how one comes to it.
struct SignalPlace: Sendable, CustomStringConvertible {
  /// Keys, and what is shown then.
  private var steps: [(keys: String, text: String)]
  /// How many images more there are.
  private var more = 0
  /// What is done to the cloud, and before which step.
  private var before: @Sendable (EditedCloud) async -> Void = { _ in }
  private var disturbed: Int
  private var window: (columns: Int, rows: Int)
  /// Whether the list is there before the first step.
  private var hasList: Bool

  /// What the screen shows.
  var text: String { steps.last?.text ?? "" }
  var description: String { "“\(text)”" }

  private init(
    _ steps: (String, String)..., more: Int = 0, hasList: Bool = true, columns: Int = 80, rows: Int = 24,
    at disturbed: Int? = nil, before: @escaping @Sendable (EditedCloud) async -> Void = { _ in }
  ) {
    self.steps = steps.map { (keys: $0.0, text: $0.1) }
    self.more = more
    self.hasList = hasList
    window = (columns, rows)
    self.before = before
    self.disturbed = disturbed ?? steps.count - 1
  }

  /// Starts the program, with the mouse, which is one more thing to give back, and goes there.
  func reach(_ image: EditedCloud) async throws -> PtyProgram {
    try await reach(image) { try image.cloud.browse("--mouse", columns: $0, rows: $1) }
  }

  /// - Parameter start: starts it in a window of so many columns and rows.
  func reach(_ image: EditedCloud, start: (Int, Int) throws -> PtyProgram) async throws -> PtyProgram {
    for number in 0..<more { await image.cloud.sandbox.create("birch-\(number)", size: 1 << 30) }
    if !hasList { await before(image) }
    let novalens = try start(window.columns, window.rows)
    if hasList {
      let count = more == 0 ? "1 image " : "\(more + 1) images"
      for words in ["RegionOne · demo", count, "amber"] { try await novalens.waitFor(words) }
    }
    for (number, step) in steps.enumerated() {
      if number == disturbed, hasList { await before(image) }
      await novalens.send(step.keys)
      try await novalens.waitFor(step.text)
    }
    return novalens
  }

  /// All requests of a method go wrong.
  private static func every(_ method: HTTPMethod, _ fault: Fault) -> @Sendable (EditedCloud) async -> Void {
    { await $0.cloud.sandbox.inject(fault, into: .path("/compute/", method), times: .max) }
  }

  private static let refused = Fault.answer(HTTPResponse(403))

  static let all: [SignalPlace] = [
    SignalPlace(("", "Enter open")),
    SignalPlace(("<Enter>", "Esc back")),
    SignalPlace(("/am", "Enter keep the filter")),
    SignalPlace(("f", "Min disk")),
    SignalPlace(
      ("", "Reading images …"), hasList: false,
      before: { await $0.cloud.sandbox.inject(.hang, into: .identity, times: .max) }),
    SignalPlace(("", "Needs 40×10 or more"), hasList: false, columns: 39, rows: 9),
    SignalPlace(("?", "filter by name")),
    SignalPlace(("?/", "Enter keep")),
    SignalPlace(("@", "Requests, newest first")),
    SignalPlace(("L", "Changes, last noticed first")),
    SignalPlace(("r", "unreachable"), ("!", "Esc back"), at: 0, before: every(.get, .drop)),
    SignalPlace(("y", "\"id\"")),
    SignalPlace(("D", "Delete this image?")),
    SignalPlace(("*D", "Delete the 3 marked"), ("y", "Deleting …"), more: 2, before: every(.delete, .hang)),
    SignalPlace(
      ("*D", "Delete the 3 marked"), ("y", "Deleting …"), ("<Esc>", "Stopping after"), more: 2, at: 1,
      before: every(.delete, .hang)),
    SignalPlace(
      ("*D", "Delete the 3 marked"), ("y", "Deleting …"), ("q", "Leave while images"), more: 2, at: 1,
      before: every(.delete, .hang)),
    SignalPlace(("*D", "Delete the 3 marked"), ("y", "3 failed"), more: 2, before: every(.delete, refused)),
    SignalPlace(("e", "i edit")),
    SignalPlace(("ei", "Tab completes")),
    SignalPlace(("ea", "Enter keep")),
    SignalPlace(("eR", "Enter keep")),
    SignalPlace(("er", "Replace all with the file")),
    SignalPlace(
      ("edw", "Will send"), ("<Enter>", "Saved 1 change"), ("z", "Taking back")),
    SignalPlace(("L/", "Enter keep")),
    SignalPlace(("ed<Esc>u", "Unsaved edits")),
    SignalPlace(("ed<Esc>u", "Unsaved edits"), ("D", "Throw")),
    SignalPlace(
      ("edw", "Will send"), ("<Enter>", "Saving …"), ("q", "Leave while changes"), at: 1,
      before: every(.delete, .hang)),
    SignalPlace(("ed<Esc>q", "Leave with unsaved edits?")),
    SignalPlace(("edw", "Will send")),
    SignalPlace(("edw", "Will send"), ("<Enter>", "Saving …"), before: every(.delete, .hang)),
    SignalPlace(("edw", "Will send"), ("<Enter>", "not allowed"), before: every(.delete, refused)),
    SignalPlace(
      ("ei<C-u>scsi<Enter>", "1 unsaved change"), ("w", "conflict"),
      before: { await $0.set("hw_disk_bus", to: "sata") }),
    SignalPlace(
      ("*e", "i edit"), ("akey<Enter>new<Enter>", "1 unsaved change"), ("w", "3 images, four images"), more: 2
    ),
    SignalPlace(
      ("*e", "i edit"), ("akey<Enter>new<Enter>", "1 unsaved change"), ("w", "conflict"), more: 2,
      before: { await $0.set("key", to: "theirs") }),
    SignalPlace(
      ("*e", "i edit"), ("akey<Enter>new<Enter>", "1 unsaved change"), ("w", "3 images, four images"),
      ("<Enter>", "0 of 3"), ("<Esc>", "Stopping after"), more: 2, at: 3,
      before: every(.put, .hang)),
    SignalPlace(
      ("*e", "i edit"), ("akey<Enter>new<Enter>", "1 unsaved change"), ("w", "3 images, four images"),
      ("<Enter>", "0 of 3"), more: 2,
      before: every(.put, .hang)),
    SignalPlace(
      ("*e", "i edit"), ("akey<Enter>new<Enter>", "1 unsaved change"), ("w", "3 images, four images"),
      ("<Enter>", "What came of it"), more: 2,
      before: every(.put, refused)),
  ]
}
