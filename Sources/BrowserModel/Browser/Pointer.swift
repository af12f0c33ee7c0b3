// What a person does with the mouse. It is off unless asked for, so that the terminal's own selection works.
extension Browser {
  /// Puts the cursor on a row of the listing.
  func select(_ row: Int) {
    guard feed.listing.rows.indices.contains(row) else { return }
    focus = .list
    cursor.go(to: row, in: feed.listing, height: viewport.listRows)
    followWithDetail()
  }

  func toggleMouse() -> Effect {
    usesMouse.toggle()
    say(
      .information,
      usesMouse
        ? "Mouse on, for rows, heads, the state and the wheel; m gives it back."
        : "Mouse off: the terminal selects text again.")
    return .tellMouse(usesMouse)
  }
}
