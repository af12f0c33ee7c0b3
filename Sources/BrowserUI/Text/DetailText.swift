import BrowserModel
import Console
import NovaClient

/// An image's fields and metadata as lines of a width.
@MainActor enum DetailText {
  static func lines(_ browser: Browser, width: Int) -> [RichLine] {
    guard let image = browser.current, width > 0 else { return [] }
    return fields(image, browser, width: width) + [RichLine()]
      + metadata(image, width: width)
  }

  private static func fields(_ image: Image, _ browser: Browser, width: Int) -> [RichLine] {
    let now = browser.now
    let status = image.status == .saving ? "SAVING \(image.progress ?? 0)%" : image.status.rawValue
    let size = image.size.map { $0 > 0 ? "\(Words.bytes($0)) (\(Words.exactBytes($0)))" : "0 bytes" }
    let left: [(String, String, Style)] = [
      ("ID", image.id.rawValue, .plain),
      ("Status", status, Columns.style(image.status)),
      ("Type", image.type.rawValue, .plain),
      ("Created", Words.exact(image.created, now: now), .plain),
      ("Updated", Words.exact(image.updated, now: now), .plain),
      ("Server", image.server?.id ?? Words.none, .plain),
    ]
    let right: [(String, String, Style)] = [
      ("", "", .plain),
      ("Size", size ?? "not told", .plain),
      ("Min disk", image.minDisk == 0 ? "any" : Words.disk(image.minDisk), .plain),
      ("Min RAM", image.minRAM == 0 ? "any" : Words.memory(image.minRAM), .plain),
      ("Disk config", image.diskConfig ?? "not told", .plain),
      ("Progress", image.progress.map { "\($0) %" } ?? "not told", .plain),
    ]
    let reasons = browser.feed.reading.unreadable.filter { $0.id == image.id }
      .flatMap { wrapped("Unreadable", $0.reason, .danger, width: width) }
    let links = image.links.filter { $0.rel == "self" }.flatMap {
      wrapped("Link", $0.href, .plain, width: width)
    }
    guard width < twoColumns else {
      return reasons
        + zip(left, right).map { a, b in
          let line = RichLine().then(label(a.0), .faint).then(a.1, a.2)
          return b.0.isEmpty
            ? line : line.padded(to: rightColumn).then(label(b.0, 13), .faint).then(b.1, b.2)
        } + links
    }
    return reasons + (left + right.dropFirst()).flatMap { wrapped($0.0, $0.1, $0.2, width: width) } + links
  }

  /// From this width size and minima stand beside the other fields.
  private static let twoColumns = 92
  private static let rightColumn = 50

  private static func label(_ text: String, _ width: Int = 11) -> String {
    text + String(repeating: " ", count: max(width - text.count, 1))
  }

  private static func wrapped(_ name: String, _ value: String, _ style: Style, width: Int) -> [RichLine] {
    Wrapping.lines(value, width: max(width - 11, 8)).enumerated().map { index, part in
      RichLine().then(label(index == 0 ? name : ""), .faint).then(part, style)
    }
  }

  private static func metadata(_ image: Image, width: Int) -> [RichLine] {
    let heading = "Metadata (\(image.metadata.count)) "
    let rule = String(repeating: "─", count: max(width - heading.count, 0))
    let head = RichLine().then(heading, .title).then(rule, .faint)
    if image.metadata.isEmpty { return [head, RichLine("  none", .faint)] }
    let keys = image.metadata.keys.sorted()
    // Values begin in one column where keys allow it; a long key has its value behind it all the same.
    let keyWidth = min(keys.map { TextWidth.columns($0) }.max() ?? 0, max(width / 2 - 4, 12))
    return [head]
      + keys.flatMap { key in
        let value = image.metadata[key].map { $0.string ?? $0.text(pretty: true) } ?? ""
        return item(key, value, keyWidth: keyWidth, width: width)
      }
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
