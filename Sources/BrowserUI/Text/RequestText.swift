import BrowserModel
import Console
import Foundation
import NovaClient

/// The lines of the log of requests. No request id is cut off, which is what one copies from here, and of a very long
/// address both ends are there.
@MainActor enum RequestText {
  /// Lines that an address takes at most; the watch asks for many names at once.
  private static let mostLines = 3
  /// Where lines go on that are not the first of their exchange: below the method.
  private static let indent = 9

  /// The lines of each exchange that has ended. There are hundreds of them, and each key asks for all.
  private struct Ended {
    let width: Int
    var lines: [RequestRecord.ID: [RichLine]]
  }

  /// - Parameter search: in lower case; only exchanges that contain it, each whole.
  static func lines(_ page: Page, _ browser: Browser, width: Int, search: String = "") -> [RichLine] {
    if browser.requests.isEmpty { return [RichLine("Nothing has been asked yet.", .faint)] }
    let ended = page.workedOut.value { (ended: Ended) in
      ended.width == width
        && browser.requests.allSatisfy { $0.outcome == .underWay || ended.lines[$0.id] != nil }
    } _: { last in
      let before = last.flatMap { $0.width == width ? $0.lines : nil } ?? [:]
      let requests = browser.requests.filter { $0.outcome != .underWay }
      return Ended(
        width: width,
        lines: requests.reduce(into: [:]) { lines, request in
          lines[request.id] = before[request.id] ?? self.lines(of: request, browser, width: width)
        })
    }
    let all = browser.requests.reversed().lazy.map {
      $0.outcome == .underWay ? lines(of: $0, browser, width: width) : ended.lines[$0.id] ?? []
    }
    guard !search.isEmpty else { return all.flatMap { $0 } }
    return all.filter { lines in
      lines.map { $0.text.drop { $0 == " " } }.joined().lowercased().contains(search)
    }.flatMap { $0 }
  }

  /// All on one line where there is room; else the address goes on below, and each of reason and id has its line.
  private static func lines(of request: RequestRecord, _ browser: Browser, width: Int) -> [RichLine] {
    let width = max(width - 2, 2 * indent)
    let (outcome, reason, style): (String, String?, Style) =
      switch request.outcome {
      case .underWay: ("waiting", nil, .warning)
      case .answered(let status): ("\(status)", request.message, status < 400 ? .good : .danger)
      case .failed(let reason): ("failed", reason, .danger)
      case .cancelled: ("cancelled", nil, .faint)
      }
    let time =
      request.outcome == .underWay
      ? "\(Words.duration(max(browser.clock.timeIntervalSince(request.started), 0))) "
      : "\(Words.milliseconds(request.duration)) ms "
    let head = RichLine(Words.clock(request.started, utcOffset: browser.utcOffset) + " ", .faint)
      .then(request.method.rawValue.padded(6) + " ", .title)
      .then(outcome + " ", style)
      .then(time.leftPadded(9), .plain)
    let more = [(reason, Style.danger), (request.requestID, .faint)].compactMap { text, style in
      text.map { (text: $0, style: style) }
    }
    let whole = more.reduce(head.then(request.target)) { $0.then("  " + $1.text, $1.style) }
    guard TextWidth.columns(whole.text) > width else { return [whole] }
    let first = TextWidth.prefix(of: request.target, columns: width - TextWidth.columns(head.text))
    let rest = below(String(request.target.dropFirst(first.count)), .plain, width: width)
    let shown =
      rest.count < mostLines
      ? rest
      : rest.prefix(mostLines - 2)
        + below("… \(request.target.suffix(width - indent - 2))", .faint, width: width)
    return [head.then(String(first))] + shown
      + more.flatMap { below($0.text, $0.style, width: width) }
  }

  private static func below(_ text: String, _ style: Style, width: Int) -> [RichLine] {
    guard !text.isEmpty else { return [] }
    return Wrapping.cut(text, width: width - indent).map {
      RichLine(String(repeating: " ", count: indent)).then($0, style)
    }
  }
}

extension String {
  fileprivate func padded(_ width: Int) -> String {
    self + String(repeating: " ", count: max(width - count, 0))
  }

  fileprivate func leftPadded(_ width: Int) -> String {
    String(repeating: " ", count: max(width - count, 0)) + self
  }
}
