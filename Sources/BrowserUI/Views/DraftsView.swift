import BrowserModel
import Console
import Foundation
import NovaClient

/// The unsaved edits, so that one can be gone on with or thrown away, also when its image is gone.
@MainActor struct DraftsView {
  let browser: Browser
  let cursor: Int

  func draw(on screen: inout Screen, in area: Rect) {
    screen.fill(area)
    let drafts = browser.draftList
    let (title, list, foot, damaged) = parts(of: area)
    for (index, line) in damaged.prefix(foot.height).enumerated() {
      screen.write(line, row: foot.row + index, column: foot.column, style: .warning)
    }
    let count = list.height / 2
    let top = top(rows: count)
    let place =
      drafts.count > count
      ? "\(top + 1)–\(min(top + count, drafts.count)) of \(drafts.count)" : drafts.isEmpty ? "none" : ""
    RichLine("Unsaved edits", .title).then("  \(place)", .faint)
      .draw(on: &screen, row: title.row, column: title.column, width: title.width - 1)
    screen.cursor = Position(row: title.row, column: title.column)
    for (index, draft) in drafts.enumerated().dropFirst(top).prefix(count) {
      let row = list.row + 2 * (index - top)
      let isCursor = index == cursor
      let line = Rect(row: row, column: list.column, height: 1, width: list.width - 1)
      screen.write(draft.title, row: row, column: line.column + 2, width: line.width - 2)
      let keys = EditSession(draft.subjects, history: draft.history).rows
        .filter { $0.state != .unchanged }
        .map { ValueEscapes.shown($0.key, isASCII: screen.repertoire == .ascii) }
      screen.write(
        "\(Self.size(draft, keys.count)), \(Words.age(of: draft.saved, now: browser.clock))",
        row: row, column: line.column, width: line.width, style: .faint, alignment: .right)
      let id = draft.subjects.count == 1 ? draft.subjects[0].id.rawValue + "  " : ""
      let typed =
        draft.typing.map { ["\(ValueEscapes.shown($0.shown, isASCII: screen.repertoire == .ascii)) …"] } ?? []
      screen.write(
        id + (keys + typed).joined(separator: ", "), row: row + 1, column: line.column + 4,
        width: line.width - 4,
        style: .faint)
      if isCursor {
        screen.restyle(line) { $0.selected() }
        screen.cursor = Position(row: row, column: line.column)
      }
    }
  }

  private func parts(of area: Rect) -> (title: Rect, list: Rect, foot: Rect, damaged: [String]) {
    var rest = area.inset(left: 1)
    let title = rest.cutTop(2)
    let damaged = browser.damagedDrafts.flatMap {
      Wrapping.cut(
        "\($0.hasSuffix(".damaged") ? "Damaged, set aside" : "Could not be read"): \($0)",
        width: rest.width - 1)
    }
    let foot = rest.cutBottom(min(damaged.count, rest.height / 3))
    return (title, rest, foot, damaged)
  }

  /// The first draft that is shown; each takes two lines.
  func top(in area: Rect) -> Int { top(rows: parts(of: area).list.height / 2) }

  private func top(rows: Int) -> Int {
    Scrolled(
      before: browser.viewport.top(of: .drafts), cursor: cursor, count: browser.draftList.count, height: rows
    ).top
  }

  /// Which draft is drawn at a position.
  func row(at position: Position, in area: Rect) -> Int? {
    let list = parts(of: area).list
    let place = (position.row - list.row) / 2
    guard list.contains(position), place < list.height / 2 else { return nil }
    let row = top(rows: list.height / 2) + place
    return row < browser.draftList.count ? row : nil
  }

  private static func size(_ draft: StoredDraft, _ changes: Int) -> String {
    changes == 0 && draft.typing != nil ? "half typed" : Words.count(changes, "change")
  }
}

/// A question with one key that says yes: before something is thrown away, or before leaving with unsaved edits or
/// while something is being sent.
struct QuestionBox {
  private let title: String
  private let reasons: [String]
  private var yes = "leave"
  private var no = "stays"

  init(discarding draft: StoredDraft) {
    title = "Throw the unsaved edits of \(draft.title) away?"
    reasons = ["\(Words.count(draft.changeCount, "change")); nothing can bring them back."]
    yes = "throw away"
    no = "keeps them"
  }

  @MainActor init(leaving browser: Browser) {
    let drafts = browser.draftList.count
    let lost = browser.draftFaults.values.sorted().first
    var isDeleting = false
    if case .deletion = browser.overlay { isDeleting = true }
    title =
      browser.isWriting
      ? "Leave while \(isDeleting ? "images are being deleted" : "changes are being sent")?"
      : "Leave with unsaved edits?"
    let sending = "What is under way may or may not arrive; what has not begun is not sent."
    let kept =
      "\(drafts == 1 ? "1 draft is" : "\(drafts) drafts are") kept on disk; the next start brings \(drafts == 1 ? "it" : "them") back."
    let fault = lost.map { "Not on disk, and lost when you leave: \($0)" } ?? kept
    reasons = (browser.isWriting ? [sending] : []) + (drafts > 0 ? [fault] : [])
  }

  func draw(on screen: inout Screen, in area: Rect) {
    let why = reasons.flatMap { Wrapping.lines($0, width: area.width - 6) }.map { RichLine($0) }
    let keys = RichLine("y", .key).then(" \(yes)    ").then("any other key", .key).then(" \(no)")
    let lines = [RichLine(title, .title)] + why + [RichLine(), keys]
    let box = area.centered(height: lines.count + 2, width: area.width)
    screen.fill(box)
    let rule = String(repeating: "─", count: box.width)
    screen.write(rule, row: box.row, column: box.column, style: .warning)
    screen.write(rule, row: box.row + box.height - 1, column: box.column, style: .warning)
    for (index, line) in lines.enumerated() {
      line.draw(on: &screen, row: box.row + 1 + index, column: box.column + 3, width: box.width - 6)
    }
    screen.cursor = Position(row: box.row + 1, column: box.column + 3)
  }
}
