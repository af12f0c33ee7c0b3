import Pilot

/// One picture: what is typed to come there, and how one sees that it is complete.
struct Shot: Sendable {
  let name: String
  var columns = 120
  var rows = 36
  /// Keys, each with a text that is on the screen when it has been answered.
  let steps: [(keys: String, shows: String)]

  /// The pictures of the README. The sandbox is the same each time; the clock and the ages are not.
  static let all = [
    Shot(name: "list", steps: [("G<C-b>kkkkkkkkkkkkkkkk", "│ web-1-")]),
    Shot(
      name: "list-80x24", columns: 80, rows: 24,
      steps: [("/web", " shown"), ("<Enter>jj<Space><Space>", "2 marked")]),
    Shot(name: "filter-form", steps: [("fubuntu<Tab><Right><Tab><Tab>5", "show ")]),
    Shot(
      name: "editor", columns: 80, rows: 24,
      steps: editing + [("k<Enter><C-u>virtoi", "did you mean virtio?")]),
    Shot(name: "review", columns: 80, rows: 24, steps: editing + [("w", "then read again")]),
    Shot(name: "delete", steps: [("/db", " shown"), ("<Enter>jjD", "This cannot be undone.")]),
  ]

  /// An image with an item of each kind of edit.
  private static let editing = [
    ("/debian-12", " shown"), ("<Enter>e", "editing metadata"),
    ("j<Enter><C-u>scsi<Enter>", "1 unsaved change"),
    ("ahw_scsi_model<Enter>virtio-scsi<Enter>", "2 unsaved changes"), ("jjd", "3 unsaved changes"),
  ]

  /// Runs the program up to the picture.
  func take() async throws -> String {
    let novalens = try Workplace().start(["--demo"], columns: columns, rows: rows)
    // All images are there, and the cloud has said what it calls itself.
    try await novalens.waitUntil("all images have been read") {
      $0.text(row: 0).contains("RegionOne · demo") && $0.text(row: 0).contains(" saving")
        && !$0.text(row: 0).contains("+ images")
    }
    for step in steps {
      await novalens.send(step.keys)
      try await novalens.waitFor(step.shows)
    }
    // A picture that is still being sent would be half of one.
    try await novalens.settle()
    let picture = await novalens.look { SVGScreenshot.render($0) }
    await novalens.send("<C-c>")
    try await novalens.waitUntil("it asks, or has ended") {
      !$0.isAlternateScreen || $0.text.contains("Leave with")
    }
    if await novalens.look({ $0.isAlternateScreen }) { await novalens.send("<C-c>") }
    _ = try await novalens.exitStatus()
    return picture
  }
}
