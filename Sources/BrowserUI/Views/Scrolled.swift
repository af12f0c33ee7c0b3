/// Which of some rows are shown where there is no room for all. They scroll only as far as the cursor makes them, so that
/// what is in view stays where it is.
struct Scrolled {
  /// The first one that was shown before.
  var before: Int
  var cursor: Int
  var count: Int
  var height: Int

  /// The first one that is shown.
  var top: Int {
    let room = max(height, 1)
    return max(min(before, cursor, count - room), cursor - room + 1, 0)
  }
}
