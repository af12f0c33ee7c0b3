import Foundation
import Pilot

/// What it costs to edit many images at once: each edit is on its way to the disk before it is on the screen.
struct LargeDraft {
  static func measure(images: Int) async throws -> [Measurement] {
    let cloud = try await SandboxProcess.start(images: images)
    let novalens = try Workplace().start(
      ["--endpoint", cloud.endpoint], environment: ["OS_TOKEN": cloud.token])
    try await novalens.waitUntil("all images are read", timeout: .seconds(600)) {
      $0.text(row: 0).contains(" images") && !$0.text(row: 0).contains("+ images")
        && !$0.text(row: 0).contains("no images")
    }
    await novalens.send("*")
    try await novalens.waitFor("marked")
    let opening = try await novalens.time("e", until: "the editor is open") {
      $0.text.contains("images · editing metadata")
    }
    await novalens.send("abench<Enter>1<Enter>acount<Enter>1<Enter>g")
    try await novalens.waitFor("2 unsaved changes")
    var edits: [Duration] = []
    for _ in 0..<10 {
      edits.append(
        try await novalens.time("d", until: "the item is deleted") { $0.text.contains("3 unsaved changes") })
      edits.append(
        try await novalens.time("d", until: "the item is back") { !$0.text.contains("3 unsaved") })
    }
    // Long enough that some of them meet the writing of what was typed, which comes each half second.
    var letters: [Duration] = []
    for _ in 0..<10 {
      await novalens.send("a")
      for count in 1...60 {
        let typed = String(repeating: "x", count: count)
        letters.append(try await novalens.time("x", until: "the letter is there") { $0.text.contains(typed) })
      }
      await novalens.send("<C-u><Esc>")
      try await novalens.waitUntil("the field is closed") { !$0.text.contains("xxx") }
    }
    let reviewing = try await novalens.time("w", until: "the review is there", timeout: .seconds(120)) {
      $0.text.contains("Will send")
    }
    var steps: [Duration] = []
    for _ in 0..<10 {
      steps.append(try await novalens.time("j", until: "the cursor has moved") { $0.cursor.row != 2 })
      steps.append(try await novalens.time("k", until: "the cursor is back") { $0.cursor.row == 2 })
    }
    await novalens.send("<Esc>")
    try await novalens.waitFor("editing metadata")
    await novalens.send("<Esc>q")
    try await novalens.waitFor("Leave with unsaved edits?")
    await novalens.send("y")
    _ = try await novalens.exitStatus()
    return [
      Measurement(what: "e on \(images) marked images", value: opening.milliseconds, unit: "ms"),
      Measurement(
        what: "an edit to \(images) images: worst", value: Times(edits).worst, limit: 50, unit: "ms",
        note: "median \(Times(edits).text)"),
      Measurement(
        what: "a letter typed for \(images) images: worst", value: Times(letters).worst, limit: 50,
        unit: "ms", note: "median \(Times(letters).text)"),
      Measurement(what: "w with \(images) images", value: reviewing.milliseconds / 1000, unit: "s"),
      Measurement(
        what: "j in the review of \(images) images: worst", value: Times(steps).worst, limit: 100, unit: "ms",
        note: "median \(Times(steps).text)"),
    ]
  }
}
