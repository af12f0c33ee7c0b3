import BrowserModel
import Console
import NovaClient

// Below the keys of a review: every request that will be sent, and what happens to every image.
extension ReviewView {
  /// One write of the images API.
  func text(_ request: MetadataPlan.Request) -> String {
    switch request {
    case .set(let key, _): "PUT …/metadata/\(escaped(key))"
    case .merge(let items): "POST …/metadata  {\(items.keys.sorted().map(escaped).joined(separator: ", "))}"
    case .replace(let items): "PUT …/metadata  (all \(items.count))"
    case .delete(let key): "DELETE …/metadata/\(escaped(key))"
    }
  }

  /// The requests to one image in full, where they cannot be so in what stays in view.
  func allRequests(width: Int) -> [RichLine] {
    guard let item = review.sending.first, let plan = item.plan else { return [] }
    let texts = plan.requests.map(text)
    guard texts.count > Self.mostRequests || texts.contains(where: { TextWidth.columns($0) > width - 12 })
    else { return [] }
    return [RichLine(), RichLine(Words.count(texts.count, "request"), .title)]
      + texts.flatMap { hanging("  \($0)", .plain, width, by: 4) }
  }

  /// The requests to many images: each once, with how many images it goes to, and which.
  func requestGroups(width: Int) -> [RichLine] {
    var groups: [String: [String]] = [:]
    for item in review.sending {
      for request in item.plan?.requests ?? [] {
        groups[text(request), default: []].append(review.label(item))
      }
    }
    guard !groups.isEmpty else { return [] }
    let count = groups.values.reduce(0) { $0 + $1.count }
    let order = groups.sorted { (-$0.value.count, $0.key) < (-$1.value.count, $1.key) }
    return [RichLine(), RichLine(Words.count(count, "request"), .title)]
      + order.flatMap { request, names in
        hanging("  \(request) × \(Words.count(names.count)): \(Self.some(names))", .plain, width, by: 4)
      }
  }

  /// All images of a review of many, those first to which nothing can be done.
  func imageByImage(width: Int) -> [RichLine] {
    var parts: [[RichLine]] = [[], [], []]
    for item in review.items {
      let (sign, words, style, urgency) = fate(item)
      parts[urgency] += hanging("\(sign) \(review.label(item)): \(words)", style, width, by: 4)
    }
    return [RichLine(), RichLine("Image by image", .title)] + parts.joined()
  }

  private func fate(_ item: Review.Item) -> (sign: String, words: String, style: Style, urgency: Int) {
    guard let merge = item.merge else { return ("✗", "left out, \(whyLeftOut(item))", .danger, 0) }
    if let outcome = item.outcome {
      guard let key = outcome.firstFailed else { return ("✓", "done", .good, 2) }
      let what = key.isEmpty ? "" : "\(escaped(key)): "
      return ("✗", what + (outcome.reasons[key] ?? ""), .danger, 0)
    }
    let open = merge.openConflicts.map {
      "\(escaped($0.key)) in conflict, now \(words($0.theirs, absent: "absent"))"
    }
    if open.isEmpty, review.isLeftOut(item) { return ("✗", "left out: \(whyLeftOut(item))", .danger, 0) }
    let sent = merge.rows.filter(merge.sends).map {
      "\(escaped($0.key)) \(words($0.now, absent: "absent")) → \(words($0.mine, absent: "deleted"))"
    }
    if !open.isEmpty { return ("!", (open + sent).joined(separator: "; "), .danger, 1) }
    if sent.isEmpty { return ("–", "nothing to do", .faint, 2) }
    if case .becomesPrivate = item.visibility {
      return ("⚠", "becomes private; " + sent.joined(separator: "; "), .warning, 1)
    }
    return ("~", sent.joined(separator: "; "), .plain, 2)
  }
}
