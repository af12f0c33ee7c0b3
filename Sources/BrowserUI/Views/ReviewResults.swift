import BrowserModel
import Console
import Foundation
import NovaClient

// How far a save has got, and what came of it: a line for each image, the worst first.
extension ReviewView {
  func progress(width: Int) -> [RichLine] {
    // Those that are left out, or are as wanted all along, are nothing to wait for.
    let meant = review.items.filter { item in
      !review.isLeftOut(item) && item.plan?.requests.isEmpty == false
    }
    let all = meant.count
    let done = meant.count { $0.outcome != nil }
    let bar = Words.bar(done, of: all, width: max(min(width - 30, 40), 4))
    let seconds = review.startedAt.map { now.timeIntervalSince($0) } ?? 0
    let rate = seconds >= 1 ? String(format: "   %.1f a second", Double(done) / seconds) : ""
    let state = review.phase == .stopping ? "Stopping after those under way …" : "Saving …"
    return [
      RichLine(), RichLine(state, .title),
      RichLine(bar, .progress).then("  \(done) of \(all)\(rate)"),
    ] + failures(width: width)
  }

  func results(width: Int) -> [RichLine] {
    let complete = review.items.count { $0.outcome?.isComplete ?? false }
    let leftOut = review.items.count(where: review.isLeftOut)
    let untouched = review.items.filter { $0.outcome == nil && !review.isLeftOut($0) }
    let already = untouched.count { $0.plan?.requests.isEmpty ?? false }
    let failed = review.failed.count { !review.isLeftOut($0) }
    let counts = [
      (failed, "not"), (already, "already so"), (untouched.count - already, "not begun"),
      (leftOut, "left out"),
    ].filter { $0.0 > 0 }.map { ", \(Words.count($0.0)) \($0.1)" }.joined()
    return [RichLine("\(Words.count(complete, "image")) as wanted\(counts)", .title), RichLine()]
      + failures(width: width) + others(width: width)
  }

  /// What became of each image with which nothing is wrong: first those that still wait for it.
  private func others(width: Int) -> [RichLine] {
    let others = review.items.filter { !$0.hasFailed }
    let untouched = others.filter { $0.outcome == nil }
    let isSo = { (item: Review.Item) in item.plan?.requests.isEmpty ?? false }
    func lines(_ items: [Review.Item], _ sign: String, _ words: String, _ style: Style) -> [RichLine] {
      items.map { RichLine("\(sign) \(review.label($0)): \(words)", style) }
    }
    return lines(untouched.filter { !isSo($0) }, "‖", "not begun, stays in the draft", .warning)
      + lines(untouched.filter(isSo), "–", "already so", .faint)
      + lines(others.filter { $0.outcome != nil }, "✓", "as wanted", .good)
  }

  /// A line for each image and reason; a reason that is too long for it follows in full, once for all who have it.
  private func failures(width: Int) -> [RichLine] {
    var lines: [RichLine] = []
    var cut: [String: [String]] = [:]
    for item in review.failed {
      let reasons = item.outcome?.reasons ?? [:]
      for (reason, keys) in Dictionary(grouping: reasons.keys, by: { reasons[$0] ?? "" }).sorted(by: {
        $0.key < $1.key
      }) {
        let what = keys.sorted().map(escaped).joined(separator: ", ")
        let name = review.label(item) + (what.isEmpty ? "" : " · \(what)")
        let why = item.merge == nil ? "left out, \(whyLeftOut(item))" : reason
        let line = RichLine("✗ \(name): \(why)", .danger)
        lines.append(line)
        guard TextWidth.columns(line.text) > width else { continue }
        // A service names the image, which would make the same reason another one for each.
        cut[why.replacing(item.id.rawValue, with: "…"), default: []].append(name)
      }
    }
    guard !cut.isEmpty else { return lines }
    let order = cut.sorted { (-$0.value.count, $0.key) < (-$1.value.count, $1.key) }
    return lines + [RichLine(), RichLine("Why, in full", .title)]
      + order.flatMap { reason, names in
        wrap("\(reason):", .danger, width)
          + hanging("  \(names.joined(separator: "; "))", .plain, width, by: 2)
      } + [RichLine()]
  }
}
