import Foundation
import NovaClient

// Texts over the whole window.
extension Browser {
  func showJSON() {
    guard let image = under() else { return }
    overlay = .page(Page(.json(image: image.id, name: image.displayName, .loading)))
    readJSON(image.id, image.displayName)
  }

  private func readJSON(_ image: Image.ID, _ name: String) {
    slots.run(.json) { [self] in
      let json = try await client.imageJSON(image).text(pretty: true)
      try Task.checkCancellation()
      setJSON(image, name, .loaded(json))
    } failed: { [self] in
      setJSON(image, name, .failed(Notice($0, while: .readingImage(name))))
    }
  }

  private func setJSON(_ image: Image.ID, _ name: String, _ content: Loadable<String>) {
    guard case .page(var page) = overlay, case .json(image, _, _) = page.content else { return }
    page.content = .json(image: image, name: name, content)
    overlay = .page(page)
  }

  /// Reads what is on the page again; what is there stays until the answer, or why there is none, takes its place.
  private func readAgain(_ page: Page) {
    guard case .json(let image, let name, let content) = page.content else { return }
    if case .failed = content { setJSON(image, name, .loading) }
    readJSON(image, name)
  }

  /// What stands behind the trouble in the header, whole.
  func showTrouble() {
    // What was said and could be read whole is not said again. Bytes are never fewer than columns.
    let isRead = notice.map { $0.details.isEmpty && $0.text.utf8.count <= viewport.noticeColumns } ?? false
    let said = isRead ? nil : lineNotice
    notice = nil
    switch feed.connection {
    case .troubled(let trouble, _): overlay = .page(Page(.trouble(trouble.notice)))
    case .notSignedIn(let trouble):
      var notice = trouble.notice
      notice.details.append(remedy)
      overlay = .page(Page(.trouble(notice)))
    default:
      let reasons = feed.reading.unreadable.map { image in
        "\(image.name ?? image.id?.rawValue ?? "An image that no list can name"): \(image.reason)"
      }
      if let lastProblem {
        var notice = lastProblem.notice
        notice.details.append("That was at \(clock(at: lastProblem.at)).")
        overlay = .page(Page(.trouble(notice)))
        self.lastProblem = nil
        return
      }
      guard !reasons.isEmpty else {
        if let said {
          overlay = .page(Page(.trouble(said)))
          return
        }
        sayNoTrouble()
        return
      }
      let text =
        "Some images are there but cannot be read; others that are much like them may be hidden with them."
      overlay = .page(Page(.trouble(Notice(.warning, text, details: reasons))))
    }
  }

  private func sayNoTrouble() {
    // A slow answer is none yet, but the header speaks of it.
    guard let since = feed.waitingSince, time.now.timeIntervalSince(since) >= Feed.slow else {
      say(.information, "There is no trouble.")
      return
    }
    notice = Notice(
      .information, "Nothing has failed so far: an answer has been awaited since \(clock(at: since)).",
      end: .answer)
  }

  func performOnPage(_ command: Command, _ page: Page) {
    var page = page
    switch command {
    case .move(let motion): page.scroll.move(motion, lines: viewport.pageLines, height: viewport.pageRows)
    case .search:
      page.isSearching = true
      page.search = page.search ?? TextField()
    case .type(let edit):
      page.search?.apply(edit)
      page.scroll = Scroll()
    case .accept:
      page.isSearching = false
      if page.search?.isEmpty ?? true { page.search = nil }
    case .refresh: return readAgain(page)
    default: return
    }
    show(page)
  }

  /// One step back: first what is looked for goes.
  func leavePage(_ page: Page) {
    var page = page
    if page.search != nil {
      page.search = nil
      page.isSearching = false
      show(page)
    } else if raised != nil {
      raised = nil
    } else {
      slots.cancel(.json)
      overlay = nil
    }
  }

  /// The text that is over the whole window.
  package var page: Page? {
    if let raised { return raised }
    if case .page(let page) = overlay { return page }
    return nil
  }

  private func show(_ page: Page) {
    if raised == nil { overlay = .page(page) } else { raised = page }
  }
}
