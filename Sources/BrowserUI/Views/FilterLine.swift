import BrowserModel
import Console
import NovaClient

/// The second line: every part of the filter, what is set standing out, and how many images it leaves. What is set
/// is always visible; what is not gives way first.
@MainActor struct FilterLine {
  let browser: Browser

  private struct Part {
    var label: String
    var value: String?
    /// Shown although nothing is set, so that a newcomer sees what could be.
    var whenUnset: String?

    var width: Int { TextWidth.columns(label) + 1 + TextWidth.columns(value ?? whenUnset ?? "") }
  }

  func draw(on screen: inout Screen, in area: Rect) {
    let shown = browser.filter.isEmpty ? "" : "\(Words.count(browser.feed.listing.shown)) shown"
    let room = area.width - 2 - (shown.isEmpty ? 0 : TextWidth.columns(shown) + 2)
    screen.write(
      shown, row: area.row, column: area.column, width: area.width - 1, style: .plain.strong,
      alignment: .right)
    var column = area.column + 1
    for part in fitting(room) {
      let left = area.column + 1 + room - column
      column += screen.write(part.label + " ", row: area.row, column: column, width: left, style: .faint)
      if part.label == "Name", case .nameFilter(let field, _) = browser.overlay {
        column += draw(field, on: &screen, row: area.row, column: column)
      } else {
        let style = part.value == nil ? Style.faint : .plain.strong
        let text = part.value ?? part.whenUnset ?? ""
        column += screen.write(
          text, row: area.row, column: column, width: area.column + 1 + room - column, style: style)
      }
      column += 3
    }
  }

  /// The field in which the name is being typed: its end is in view, and the cursor in it.
  private func draw(_ field: TextField, on screen: inout Screen, row: Int, column: Int) -> Int {
    let width = FieldView.width(of: field, atLeast: 12, atMost: max(screen.size.columns / 2, 12))
    FieldView(field: field, isActive: true)
      .draw(on: &screen, in: Rect(row: row, column: column, height: 1, width: width))
    return width
  }

  private func fitting(_ room: Int) -> [Part] {
    var parts = self.parts
    while parts.reduce(-3, { $0 + $1.width + 3 }) > room {
      guard let index = parts.lastIndex(where: { $0.value == nil && $0.label != "Name" }) else { break }
      parts.remove(at: index)
    }
    return parts
  }

  private var parts: [Part] {
    let filter = browser.filter
    let all: [Part] = [
      Part(label: "Name", value: filter.name?.typed, whenUnset: "any"),
      Part(label: "Status", value: filter.status?.rawValue, whenUnset: "any"),
      Part(label: "Type", value: filter.type?.rawValue, whenUnset: "any"),
      Part(
        label: "Disk \(filter.minDisk?.sign ?? "≥")", value: filter.minDisk.map { "\($0.number) GiB" },
        whenUnset: Words.none),
      Part(
        label: "RAM \(filter.minRAM?.sign ?? "≥")",
        value: filter.minRAM.map { $0.number == 0 ? "0 MiB" : Words.memory($0.number) }, whenUnset: Words.none
      ),
      Part(label: "Server", value: filter.server, whenUnset: nil),
      Part(label: "Since", value: filter.changedSince?.typed, whenUnset: nil),
    ]
    return all.filter { $0.value != nil || $0.whenUnset != nil }
  }
}

extension NumberTerm {
  fileprivate var sign: String {
    switch way {
    case .atLeast: "≥"
    case .exactly: "="
    case .atMost: "≤"
    }
  }
}
