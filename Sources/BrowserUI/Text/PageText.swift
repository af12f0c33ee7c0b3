import BrowserModel
import Console
import NovaClient

/// The lines of the pages.
@MainActor enum PageText {
  static func title(_ page: Page) -> String {
    switch page.content {
    case .help: "Keys"
    case .json(let name, _): "\(name) · as the service has it"
    case .requests: "Requests, newest first"
    case .trouble: "What happened"
    }
  }

  /// The lines of a page, those only that contain what is looked for.
  static func lines(_ page: Page, _ browser: Browser, width: Int) -> [RichLine] {
    let search = page.search?.text.lowercased() ?? ""
    let all =
      search.isEmpty ? all(page, browser, width: width) : all(page, browser, width: width, isOneColumn: true)
    guard !search.isEmpty else { return all }
    let found = all.filter { $0.text.lowercased().contains(search) }
    return found.isEmpty ? [RichLine("Nothing contains \"\(search)\".", .faint)] : found
  }

  private static func all(
    _ page: Page, _ browser: Browser, width: Int, isOneColumn: Bool = false
  ) -> [RichLine] {
    switch page.content {
    case .help: HelpText.lines(width: isOneColumn ? 0 : width, browser.facts)
    case .json(_, .loading): [RichLine("Reading …", .faint)]
    case .json(_, .failed(let notice)), .trouble(let notice): trouble(notice, width: width)
    case .json(_, .loaded(let text)):
      // The whole of it can be read, and copied off the screen.
      Wrapping.cut(text, width: width - 2).map { RichLine($0) }
    case .requests: requests(browser)
    }
  }

  private static func trouble(_ notice: Notice, width: Int) -> [RichLine] {
    Wrapping.lines(notice.text, width: width - 2).map { RichLine($0, .danger) } + [RichLine()]
      + notice.details.flatMap { Wrapping.lines($0, width: width - 2) }.map { RichLine($0) }
  }

  private static func requests(_ browser: Browser) -> [RichLine] {
    if browser.requests.isEmpty { return [RichLine("Nothing has been asked yet.", .faint)] }
    return browser.requests.reversed().map { request in
      let (outcome, style): (String, Style) =
        switch request.outcome {
        case .answered(let status): ("\(status)", status < 400 ? .good : .danger)
        case .failed(let reason): (reason, .danger)
        case .cancelled: ("cancelled", .faint)
        }
      return RichLine(Words.clock(request.started, utcOffset: browser.utcOffset) + " ", .faint)
        .then(request.method.rawValue.padded(6) + " ", .title)
        .then(outcome + " ", style)
        .then("\(Words.milliseconds(request.duration)) ms ".leftPadded(9), .plain)
        .then(request.target)
        .then(request.requestID.map { "  " + $0 } ?? "", .faint)
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
