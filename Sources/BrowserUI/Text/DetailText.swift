import BrowserModel
import Console
import Foundation
import NovaClient

/// An image's fields and metadata as lines of a width.
@MainActor enum DetailText {
  static func lines(_ browser: Browser, width: Int) -> [RichLine] {
    guard let image = browser.detailed, width > 0 else { return [] }
    let isUnreadable = browser.feed.reading.unreadable.contains { $0.id == image.id }
    // Nothing else is known of it, and what is not known is not shown as if it were nothing.
    if isUnreadable, image.status == .unreadable { return unreadable(image, browser, width: width) }
    return fields(image, browser, width: width) + [RichLine()]
      + metadata(image, width: width) + [RichLine()] + links(image, width: width)
  }

  private typealias Field = (name: String, value: String, style: Style)

  private static func fields(_ image: Image, _ browser: Browser, width: Int) -> [RichLine] {
    let now = browser.clock
    let size = image.size.map { $0 > 0 ? "\(Words.bytes($0)) (\(Words.exactBytes($0)))" : "0 bytes" }
    // What is short stands in pairs where there is room for two.
    let rows: [[Field]] = [
      [("ID", image.id.rawValue, .plain)],
      [
        (
          "Status", browser.isDetailGone ? "was \(image.status.rawValue)" : status(image, now: now),
          browser.isDetailGone ? .faint : Columns.style(image.status)
        ),
        ("Size", size ?? "not told", .plain),
      ],
      [("Type", image.type.rawValue, .plain), ("Server", image.server?.id ?? Words.none, .plain)],
      [("Created", Words.exact(image.created, now: now), .plain)],
      [("Updated", Words.exact(image.updated, now: now), .plain)],
      [
        ("Min disk", image.minDisk == 0 ? "any" : Words.disk(image.minDisk), .plain),
        ("Min RAM", image.minRAM == 0 ? "any" : Words.memory(image.minRAM), .plain),
      ],
      [
        ("Progress", image.progress.map { "\($0) %" } ?? "not told", .plain),
        ("Disk config", image.diskConfig ?? "not told", .plain),
      ],
    ]
    let reasons = departure(browser, width: width)
    let name = name(of: image, width: width)
    guard width >= twoColumns else {
      return reasons + name + rows.joined().flatMap { wrapped($0, width: width) }
    }
    return reasons + name
      + rows.map { row in
        row.enumerated().reduce(RichLine()) { line, field in
          line.padded(to: field.offset * rightColumn)
            .then(label(field.element.name), .faint).then(field.element.value, field.element.style)
        }
      }
  }

  private static func unreadable(_ image: Image, _ browser: Browser, width: Int) -> [RichLine] {
    browser.feed.reading.unreadable.filter { $0.id == image.id }
      .flatMap { wrapped(("Unreadable", $0.reason, .danger), width: width) }
      + name(of: image, width: width) + wrapped(("ID", image.id.rawValue, .plain), width: width)
      + wrapped(("All else", "not known; y asks for it alone", .plain), width: width)
  }

  private static func name(of image: Image, width: Int) -> [RichLine] {
    wrapped(("Name", image.name.map(Words.visible) ?? Words.none, .plain), width: width)
  }

  /// That the image is gone, and since when that is known.
  private static func departure(_ browser: Browser, width: Int) -> [RichLine] {
    guard browser.isDetailGone else { return [] }
    let time = browser.detailGone.map {
      "at " + Words.moment($0, now: browser.clock, utcOffset: browser.utcOffset) + "; "
    }
    return wrapped(("Gone", (time ?? "") + "this is what was read last", .danger), width: width)
  }

  private static func status(_ image: Image, now: Date) -> String {
    let word = Columns.text(.status, of: image, now: now)
    return image.status == .saving
      ? "\(word) \(Words.lasting(since: image.created, now: now))" : word
  }

  /// From this width what is short stands in pairs.
  private static let twoColumns = 76
  private static let rightColumn = 27

  private static func label(_ text: String) -> String {
    text + String(repeating: " ", count: max(12 - text.count, 1))
  }

  private static func wrapped(_ field: Field, width: Int) -> [RichLine] {
    Wrapping.lines(field.value, width: max(width - 12, 8)).enumerated().map { index, part in
      RichLine().then(label(index == 0 ? field.name : ""), .faint).then(part, field.style)
    }
  }

  private static func links(_ image: Image, width: Int) -> [RichLine] {
    let server = image.server?.links.map { ("server", $0.href) } ?? []
    let all = image.links.map { ($0.rel, $0.href) } + server
    guard !all.isEmpty else { return [] }
    return [heading("Links", width: width)]
      + all.flatMap { rel, href in
        Wrapping.lines(href, width: max(width - 14, 8)).enumerated().map { index, part in
          RichLine("  " + (index == 0 ? label(rel) : label("")), .faint).then(part, .faint)
        }
      }
  }

  private static func heading(_ text: String, width: Int) -> RichLine {
    let rule = String(repeating: "─", count: max(width - text.count - 1, 0))
    return RichLine().then(text + " ", .title).then(rule, .faint)
  }

  private static func metadata(_ image: Image, width: Int) -> [RichLine] {
    let head = heading("Metadata (\(image.metadata.count))", width: width)
    if image.metadata.isEmpty { return [head, RichLine("  none", .faint)] }
    let keys = image.metadata.keys.sorted()
    // Values begin in one column where keys allow it; a long key has its value behind it all the same.
    let keyWidth = min(keys.map { TextWidth.columns($0) }.max() ?? 0, max(width / 2 - 4, 12))
    return [head]
      + keys.flatMap { key in
        let value = image.metadata[key].map(text) ?? ""
        return item(key, value, keyWidth: keyWidth, width: width)
      }
  }

  private static func text(_ value: JSONValue) -> String {
    value.string.map(Words.visible) ?? value.text(pretty: true)
  }

  /// A value of several lines has them below each other.
  private static func item(_ key: String, _ value: String, keyWidth: Int, width: Int) -> [RichLine] {
    let indent = 2 + keyWidth + 2
    if TextWidth.columns(key) > keyWidth {
      return [RichLine("  " + key, .title)]
        + Wrapping.lines(value, width: max(width - 6, 8)).map { RichLine("      " + $0) }
    }
    return Wrapping.lines(value, width: max(width - indent, 8)).enumerated().map { index, part in
      let first = RichLine("  " + (index == 0 ? key : ""), .faint)
      return first.padded(to: indent).then(part)
    }
  }
}
