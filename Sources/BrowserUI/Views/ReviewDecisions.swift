import BrowserModel
import Console

// What has to be known and decided before a review is sent. It stays in view, most urgent first, so it is short: what
// there is more of is told below the keys.
extension ReviewView {
  /// Where there is no room for all of it, what will be sent stays, and that there is more is said.
  func decisions(width: Int, height: Int) -> [RichLine] {
    let others = worked(width: width).warnings
    let all = conflicts + others + requests
    guard all.count > height else { return all }
    let urgent = conflicts + requests.prefix(1)
    return urgent + others.prefix(max(height - urgent.count - 1, 0)) + [
      RichLine("… more than this window has room for", .warning)
    ]
  }

  /// What has to be known whatever is chosen.
  func warnings(width: Int) -> [RichLine] {
    leftOut(width: width) + sharing(width: width) + emptied(width: width)
  }

  private var conflicts: [RichLine] {
    let open = review.openConflicts
    return open == 0
      ? [] : [RichLine("\(Words.count(open, "conflict")) open: choose m (mine) or t (theirs)", .danger)]
  }

  private func leftOut(width: Int) -> [RichLine] {
    guard review.items.count > 1 else {
      return review.refusals.flatMap { wrap("✗ \($0.reason)", .danger, width) }
    }
    let all = review.items.filter { $0.outcome == nil ? review.isLeftOut($0) : $0.merge == nil }
    guard all.count > 2 else {
      return all.flatMap { wrap("✗ \(review.label($0)) is left out: \(whyLeftOut($0))", .danger, width) }
    }
    return wrap(
      "✗ \(Words.count(all.count, "image")) are left out; the list above says why.", .danger, width)
  }

  func whyLeftOut(_ item: Review.Item) -> String {
    if item.merge == nil { return "it could not be read: \(item.outcome?.reasons.values.first ?? "")" }
    return item.plan?.refusal ?? ""
  }

  private func sharing(width: Int) -> [RichLine] {
    guard !review.sending.isEmpty else { return [] }
    let losing = review.sending.compactMap { item -> String? in
      if case .becomesPrivate(let how) = item.visibility { "\(review.label(item)) is \(how)" } else { nil }
    }
    if !losing.isEmpty {
      let rest = losing.count > 3 ? " (and \(losing.count - 3) more, named below)" : ""
      let it = losing.count == 1 ? "it" : "them"
      return wrap(
        "⚠ \(losing.prefix(3).joined(separator: "; "))\(rest): saving makes \(it) private, and others lose \(it).",
        .danger, width)
    }
    guard review.sending.contains(where: { $0.visibility == .unknown }) else { return [] }
    let image = review.items.count == 1 ? "this image" : "one of these images"
    return wrap(
      "Sharing: should \(image) be shared with other projects, or be a community image, saving makes it private.",
      .warning, width)
  }

  /// An image of which nothing is left is hardly ever meant.
  private func emptied(width: Int) -> [RichLine] {
    let count = review.sending.compactMap(\.merge).count { $0.result.isEmpty && !$0.now.isEmpty }
    guard count > 0 else { return [] }
    let what = review.items.count == 1 ? "the image" : Words.count(count, "image")
    return wrap("⚠ Nothing is left: all metadata of \(what) will be deleted.", .warning, width)
  }

  private var requests: [RichLine] {
    let sending = review.sending
    guard !sending.isEmpty else {
      if review.openConflicts > 0 { return [] }
      let why =
        !review.canSend
        ? "Nothing can be sent: Esc goes back to the edits."
        : review.givesWay
          ? "Nothing to send: Enter gives the edits up for theirs, Esc goes back to them."
          : "Nothing to send: the service holds all of it already. Enter closes."
      return [RichLine(why, .faint)]
    }
    let count = sending.reduce(0) { $0 + ($1.plan?.requests.count ?? 0) }
    // As long as somebody has to choose, it is not all of it, and nothing is sent.
    let intro = RichLine(review.openConflicts > 0 ? "So far:     " : "Will send:  ", .faint)
    guard review.items.count == 1, let plan = sending[0].plan else {
      return [
        intro.then(
          "\(Words.count(count, "request")) to \(Words.count(sending.count, "image")), four images at a time")
      ]
    }
    let texts = plan.requests.map(text)
    let lines =
      texts.count > Self.mostRequests
      ? [intro.then("\(Words.count(count, "request")), which the end of the list above names")]
      : texts.enumerated().map { ($0 == 0 ? intro : RichLine("            ")).then($1) }
    return lines + [RichLine("            then read again and compare", .faint)]
  }

  /// So many requests to one image stay in view; of more their number does.
  static let mostRequests = 6
}
