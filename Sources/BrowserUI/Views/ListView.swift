import BrowserModel
import Console
import NovaClient

/// The images, a row each, below the heads of their columns; or why there are none.
@MainActor struct ListView {
  let browser: Browser

  func draw(on screen: inout Screen, in area: Rect) {
    var area = area
    let columns = Columns(width: area.width, showsAll: browser.showsAllColumns)
    drawHeads(columns, on: &screen, in: area.cutTop(1))
    let rows = browser.feed.listing.rows
    guard !rows.isEmpty else {
      let words = area.inset(horizontal: 3, vertical: 1)
      EmptyList(browser: browser).draw(on: &screen, in: words)
      // Where there is no row to rest on, who reads by the cursor is told why.
      if screen.cursor == nil { screen.cursor = Position(row: words.row, column: words.column) }
      return
    }
    let top = min(browser.cursor.top, rows.count)
    for (index, record) in rows[top..<min(top + area.height, rows.count)].enumerated() {
      let row = Rect(row: area.row + index, column: area.column, height: 1, width: area.width)
      draw(record, number: top + index, columns, on: &screen, in: row)
    }
  }

  private func drawHeads(_ columns: Columns, on screen: inout Screen, in area: Rect) {
    let order = browser.order
    let sign = order.isDescending ? " ▼" : " ▲"
    let isShown = columns.slots.contains { $0.column == order.column }
    columns.forEach(from: area.column) { slot, column in
      var head = slot.column.rawValue + (order.column == slot.column ? sign : "")
      // What there is no column for must be said all the same.
      if slot.column == .name, !isShown { head += "  by \(order.column.rawValue)\(sign)" }
      screen.write(
        head, row: area.row, column: column, width: slot.width, style: .title,
        alignment: Columns.isRight(slot.column) ? .right : .left)
    }
  }

  private func draw(
    _ record: CatalogueEntry, number: Int, _ columns: Columns, on screen: inout Screen, in area: Rect
  ) {
    let image = record.image
    let isCursor = number == browser.cursor.row
    let isMarked = browser.isMarked(record, row: number)
    columns.forEach(from: area.column) { slot, column in
      let style = isStale || record.isGhost ? .faint : Columns.style(slot.column, of: image)
      screen.write(
        Columns.text(slot.column, of: record, now: browser.clock, width: slot.width), row: area.row,
        column: column, width: slot.width, style: style,
        alignment: Columns.isRight(slot.column) ? .right : .left)
    }
    if isCursor {
      // In the detail the row only stands out, so that one sees where the keys go.
      let hasKeys = browser.focus == .list
      screen.restyle(area) { hasKeys ? $0.selected() : $0.strong }
      if screen.cursor == nil, hasKeys { screen.cursor = Position(row: area.row, column: area.column + 1) }
    }
    RowSigns(
      isCursor: isCursor, change: browser.highlights.sign(of: image.id), isMarked: isMarked,
      isFollowed: browser.isFollowed(image.id), hasDraft: browser.hasDraft(image.id)
    ).draw(on: &screen, in: area, isSelected: isCursor && browser.focus == .list)
  }

  /// Old rows stay while there is trouble, but look old.
  private var isStale: Bool {
    switch browser.feed.connection {
    case .troubled, .notSignedIn: true
    case .connecting, .live, .paused: false
    }
  }
}

/// Why there is no image to see, and what to do about it.
@MainActor struct EmptyList {
  let browser: Browser

  func draw(on screen: inout Screen, in area: Rect) {
    var row = area.row
    for (index, sentence) in sentences(screen.repertoire).enumerated() {
      for line in Wrapping.lines(sentence, width: area.width) where row < area.row + area.height {
        screen.write(
          line, row: row, column: area.column, width: area.width, style: index == 0 ? .plain : .faint)
        row += 1
      }
    }
  }

  private func sentences(_ repertoire: Repertoire) -> [String] {
    let feed = browser.feed
    switch feed.connection {
    case .notSignedIn(let trouble):
      return [trouble.notice.text] + trouble.notice.details + [browser.remedy]
    case .troubled(let trouble, _) where feed.listing.total == 0:
      let advice =
        if feed.mustWait {
          "It wants to be left alone until then, by r too."
        } else if feed.isSlowToBegin(at: browser.now) {
          "Esc cancels."
        } else {
          "r tries at once."
        }
      return [trouble.notice.text] + trouble.notice.details + [advice]
    default: break
    }
    guard feed.reading.hasBegun else {
      if feed.isPaused { return [Browser.pausedAtFirst] }
      return ["Reading images …"] + (feed.isSlowToBegin(at: browser.now) ? ["Esc cancels."] : [])
    }
    let read = Words.count(feed.listing.total, "image")
    if !browser.filter.isEmpty {
      guard feed.reading.isComplete else {
        return ["No image matches so far; \(read) read, and still reading …"]
      }
      var all = [
        "No image matches. \(read) read; filter: \(FilterLine(browser: browser, repertoire: repertoire).summary). 0 clears it."
      ]
      if browser.filter.status == .error || browser.filter.status == .deleted {
        all.append("Many services leave failed and deleted images out of their lists.")
      }
      return all
    }
    guard feed.reading.isComplete else { return ["Reading images …"] }
    guard feed.reading.unreadable.isEmpty else {
      return [
        "No image can be read: the service fails as soon as it has to list a certain one, and hides the others with it.",
        "! shows what it says. Whoever may see that image can put it right; an administrator can find it.",
      ]
    }
    let place = browser.place
    let project = place.project.map { ", project \($0)" } ?? ""
    return ["This project has no images that you may see (\(place.cloud)\(project))."]
  }
}
