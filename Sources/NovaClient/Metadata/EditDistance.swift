/// How many slips lie between two texts: a character left out, added, replaced, or two neighbours swapped.
enum EditDistance {
  /// The number of slips, or nil where there are more than `limit`.
  static func between(_ first: String, _ second: String, atMost limit: Int) -> Int? {
    let a = Array(first.unicodeScalars)
    let b = Array(second.unicodeScalars)
    guard abs(a.count - b.count) <= limit else { return nil }
    // Row i holds the distances from the first i characters of `a` to every beginning of `b`.
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var best = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, beforeLast[j - 1] + 1) }
        row.append(best)
      }
      (beforeLast, last) = (last, row)
    }
    return last.last.flatMap { $0 <= limit ? $0 : nil }
  }
}
