import Foundation
import Pilot
import SandboxCloud

/// What somebody does with images, with a look at every cell after each step: the terminal shows what was drawn.
struct Journey {
  let novalens: PtyProgram
  let frame: URL
  let kind: TerminalKind

  fileprivate static let names = [
    "amber", "birch 日本語", "cedar e\u{301} 👩\u{200D}👩\u{200D}👧", "dune עברית", "elm \u{1B}[31mred", "fir",
  ]

  /// Browses, filters, edits and deletes in the cloud of `withJourneyCloud`.
  func travel() async throws {
    try await browse(Self.names.count)
    try await filter()
    try await edit()
    try await delete()
  }

  private func press(_ keys: String, until text: String) async throws {
    await novalens.send(keys)
    try await novalens.waitForFrame("“\(text)” is shown after “\(keys)”", frame, kind) {
      $0.text.contains(text)
    }
  }

  /// The last line says which keys work, and so where one is.
  private func press(_ keys: String, untilFooter text: String) async throws {
    await novalens.send(keys)
    try await novalens.waitForFrame("the footer begins with “\(text)” after “\(keys)”", frame, kind) {
      $0.text(row: $0.rows - 1).hasPrefix(" " + text)
    }
  }

  private func browse(_ count: Int) async throws {
    try await press("", until: "fir")
    try await novalens.waitUntil("the cursor is on the first row") { $0.cursor == (3, 1) }
    for (keys, row) in [("j", 4), ("jj", 6), ("G", 2 + count), ("g", 3)] {
      await novalens.send(keys)
      try await novalens.waitForFrame("row \(row) after \(keys)", frame, kind) { $0.cursor == (row, 1) }
    }
    try await press("j<Enter>", untilFooter: "Esc back")
    try await press("<Esc>", untilFooter: "Enter open")
    try await press("y", until: "\"id\"")
    try await press("<Esc>", untilFooter: "Enter open")
  }

  private func filter() async throws {
    try await press("/am", until: "1 shown")
    try await press("<Enter>", untilFooter: "Enter open")
    try await press("f", until: "Min disk")
    try await press("<Esc>5", until: "No image matches")
    try await press("0g", until: "fir")
  }

  private func edit() async throws {
    try await press("e", until: "no changes")
    try await press("i<C-u>scsi<Enter>", until: "1 unsaved change")
    try await press("w", until: "Will send")
    try await press("<Enter>", until: "Saved 1 change")
  }

  private func delete() async throws {
    try await press("D", until: "Delete this image?")
    try await press("n", until: "Nothing was deleted")
    try await press("D", until: "Delete this image?")
    try await press("y", until: "Deleted amber")
  }
}

/// Serves the images that a `Journey` is made to.
func withJourneyCloud(takingTurns: Bool = true, _ body: (ServedCloud) async throws -> Void) async throws {
  try await withCloud(takingTurns: takingTurns) { cloud in
    for name in Journey.names {
      let id = await cloud.sandbox.create(name, size: 1 << 30)
      await cloud.sandbox.set("hw_disk_bus", to: "ide", on: id)
      await cloud.sandbox.set("note", to: name, on: id)
    }
    try await body(cloud)
  }
}
