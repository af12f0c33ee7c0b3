import BrowserModel
import Console
import NovaClient

/// The lines of the pages.
@MainActor enum PageText {
  static func title(_ page: Page) -> String {
    switch page.content {
    case .help: "Keys"
    case .json(_, let name, _): "\(name) · as the service has it"
    case .requests: "Requests, newest first"
    case .trouble: "What happened"
    }
  }

  /// The lines of a page, those only that contain what is looked for.
  static func lines(_ page: Page, _ browser: Browser, width: Int) -> [RichLine] {
    let search = page.search?.text.lowercased() ?? ""
    guard !search.isEmpty else { return all(page, browser, width: width) }
    let found =
      page.content == .requests
      ? RequestText.lines(page, browser, width: width, search: search)
      : all(page, browser, width: width, isOneColumn: true).filter { $0.text.lowercased().contains(search) }
    return found.isEmpty ? [RichLine("Nothing contains \"\(search)\".", .faint)] : found
  }

  private static func all(
    _ page: Page, _ browser: Browser, width: Int, isOneColumn: Bool = false
  ) -> [RichLine] {
    switch page.content {
    case .help(let context): HelpText.lines(in: context, width: isOneColumn ? 0 : width, browser.facts)
    case .json(_, _, .loading): [RichLine("Reading …", .faint)]
    case .json(_, _, .failed(let notice)), .trouble(let notice): trouble(notice, width: width)
    case .json(_, _, .loaded(let text)):
      // The whole of it can be read, and copied off the screen.
      Wrapping.cut(text, width: width - 2).map { RichLine($0) }
    case .requests: RequestText.lines(page, browser, width: width)
    }
  }

  private static func trouble(_ notice: Notice, width: Int) -> [RichLine] {
    Wrapping.lines(notice.text, width: width - 2).map { RichLine($0, .danger) } + [RichLine()]
      + notice.details.flatMap { Wrapping.lines($0, width: width - 2) }.map { RichLine($0) }
  }
}
