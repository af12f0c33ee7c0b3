import BrowserModel
import Console
import NovaClient
import Foundation

/// All filter fields over the list; what is wrong in a field is said beside it.
struct FilterFormView {
  let form: FilterForm
  let now: Date
  /// The first field that was shown before.
  let topBefore: Int

  @MainActor init(_ form: FilterForm, _ browser: Browser) {
    self.form = form
    now = browser.now
    topBefore = browser.viewport.top(of: .filterForm)
  }

  func draw(on screen: inout Screen, in area: Rect) {
    let fields = FilterForm.Field.allCases
    let (area, shown) = place(in: area)
    screen.fill(area)
    var rest = area
    let title = shown.count < fields.count ? "Filters (\(shown.count) of \(fields.count))" : "Filters"
    drawRule(title, on: &screen, in: rest.cutTop(1))
    var cut: String?
    for field in fields[shown] {
      draw(field, on: &screen, in: rest.cutTop(1), cut: &cut)
    }
    drawKeys(or: cut, on: &screen, in: rest.cutTop(1))
    drawRule("", on: &screen, in: rest.cutTop(1))
  }

  /// Where the form is drawn, and which fields: in a low window they scroll with the one that is being typed.
  private func place(in area: Rect) -> (Rect, fields: Range<Int>) {
    let fields = FilterForm.Field.allCases
    var area = area
    area.height = min(fields.count + 3, area.height)
    let room = max(area.height - 3, 1)
    let active = fields.firstIndex(of: form.field) ?? 0
    let first = Scrolled(before: topBefore, cursor: active, count: fields.count, height: room).top
    return (area, first..<min(first + room, fields.count))
  }

  /// The first field that is shown.
  func top(in area: Rect) -> Int { place(in: area).fields.lowerBound }

  /// Which field is drawn at a position.
  func row(at position: Position, in area: Rect) -> Int? {
    let (area, fields) = place(in: area)
    let row = fields.lowerBound + position.row - area.row - 1
    return area.contains(position) && fields.contains(row) ? row : nil
  }

  private func drawRule(_ title: String, on screen: inout Screen, in area: Rect) {
    guard area.height > 0 else { return }
    screen.write(String(repeating: "─", count: area.width), row: area.row, column: area.column, style: .faint)
    if !title.isEmpty { screen.write(" \(title) ", row: area.row, column: area.column + 1, style: .title) }
  }

  /// - Parameter cut: becomes the mistake that has no room beside the field that is being typed.
  private func draw(
    _ field: FilterForm.Field, on screen: inout Screen, in area: Rect, cut: inout String?
  ) {
    guard area.height > 0 else { return }
    let isActive = form.field == field
    if isActive { screen.write("▌", row: area.row, column: area.column + 1) }
    screen.write(
      field.rawValue, row: area.row, column: area.column + 3, style: isActive ? .title : .faint)
    let value = Rect(
      row: area.row, column: area.column + 17, height: 1,
      width: min(max(20, area.width - 17 - 50), area.width / 3))
    if field.isChoice {
      let text = field == .status ? form.status?.rawValue : form.type?.rawValue
      screen.fill(value, style: .plain.selected(isActive))
      screen.write(
        "\(text ?? "any") ◂ ▸", row: value.row, column: value.column, width: value.width,
        style: .plain.selected(isActive))
      if isActive { screen.cursor = Position(row: value.row, column: value.column) }
    } else if let text = form.texts[field] {
      FieldView(field: text, isActive: isActive).draw(on: &screen, in: value)
    }
    let mistake = form.mistake(in: field, now: now).map { "✗ \($0)" }
    let hint = value.column + value.width + 2
    let room = area.column + area.width - hint - 1
    screen.write(
      mistake ?? field.hint, row: area.row, column: hint, width: room,
      style: mistake == nil ? .faint : .danger)
    if isActive, let mistake, TextWidth.columns(mistake) > room { cut = mistake }
  }

  private func drawKeys(or cut: String?, on screen: inout Screen, in area: Rect) {
    guard area.height > 0 else { return }
    if let cut {
      screen.write(cut, row: area.row, column: area.column + 1, width: area.width - 2, style: .danger)
      return
    }
    let show =
      form.hasMistake(now: now)
      ? "goes to the mistake" : form.matches.map { "show \(Words.count($0, "image"))" } ?? "show …"
    let line = RichLine(" ")
      .then("Enter", .key).then(" \(show)  ", .faint).then("Esc", .key).then(" as it was  ", .faint)
      .then("Ctrl-U", .key).then(" clear field  ", .faint).then("Ctrl-X", .key).then(" clear all", .faint)
    line.draw(on: &screen, row: area.row, column: area.column, width: area.width)
  }
}
