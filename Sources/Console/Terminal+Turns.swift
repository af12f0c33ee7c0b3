import CCurses
import Glibc

// Who has the terminal: we, the shell, or another program that we have started.
extension Terminal {
  /// Ctrl-Z: gives the terminal back, stops the program and those that it was started by in the same job, and comes back
  /// when the job is continued.
  ///
  /// - Returns: whether anybody had the terminal meanwhile; where nobody could continue it, nothing is stopped.
  @discardableResult
  package func suspend() -> Bool {
    let before = ccurses_times_continued()
    let wasOurs = isOurs
    if wasOurs { giveBack() }
    if ccurses_stop_job(), wasOurs { takeBack() }
    return ccurses_times_continued() != before
  }

  /// Lets another program have the terminal, such as the user's editor.
  package func runOutside<Result>(_ body: @MainActor () async throws -> Result) async rethrows -> Result {
    guard isOurs else { return try await body() }
    giveBack()
    isLent = true
    input?.pause()
    signals?.leaveStoppingToOthers(true)
    defer {
      isLent = false
      // Unless it was given back for good meanwhile.
      if painter != nil {
        signals?.leaveStoppingToOthers(false)
        // While the terminal is not ours: a Ctrl-C there was meant for the other program.
        signals?.deliver()
        input?.resume()
        // It may have ended while the shell had the terminal.
        if comesToForeground() { takeBack() }
      }
    }
    return try await body()
  }
}

/// Whether the terminal is for this job to use: started or continued in the background it stops, until it is or is to end.
func comesToForeground() -> Bool { !ccurses_is_in_background() || ccurses_stop_job() }

extension Terminal {
  func handle(signal: Int32) {
    switch signal {
    case SIGWINCH:
      guard isOurs else { return }
      // The size may be what it was, after another one of which we have seen nothing; but the terminal has cut off
      // what had no room meanwhile.
      if Self.windowSize() == size { redraw() } else { adoptSize() }
    case SIGTSTP: suspend()
    case SIGCONT where isLent: GuestProgram.goOn()
    case SIGCONT where comesToForeground():
      // Stopped by a signal that cannot be caught: the shell has had the terminal since, modes and all.
      giveBack()
      takeBack()
    case SIGCONT:
      // It has it still, and only the screen is ours.
      if isOurs { send(description.giveBack) }
      isOurs = false
      ccurses_crash_disarm()
    // Ctrl-C just before or after another program has the terminal is meant for that. While it has it, none that is
    // typed comes to us.
    case SIGINT where !isOurs && !ccurses_is_in_background(): return
    default: sink.yield(.terminate(signal: signal))
    }
  }

  func giveBack() {
    guard isOurs else { return }
    ccurses_use_begin()
    defer { ccurses_use_end() }
    isOurs = false
    if tellsMouse { send(description.mouseOff) }
    send(description.leave)
    endwin()
    send(description.clearLine)
    var modes = description.modes
    tcsetattr(STDIN_FILENO, TCSADRAIN, &modes)
    ccurses_crash_disarm()
  }

  private func takeBack() {
    guard painter != nil else { return }
    ccurses_use_begin()
    defer { ccurses_use_end() }
    armCrashGuard()
    isOurs = true
    letOutputFlow()
    // Before anything is sent: with the modes goes the region that scrolls, which must be all of the window.
    adoptSize()
    // The first update takes the modes and the screen. Not with an empty picture, which has no cursor: some terminals
    // (libvterm's) keep a cursor that is hidden before the screen is taken, and give it back hidden.
    painter?.repaint(picture)
    // What another program that crashed may have left on.
    send(description.calm)
    ccurses_crash_lend(false)
    send(description.enter)
    if tellsMouse { send(description.mouseOn) }
  }

  /// A Ctrl-S that was typed for another program holds all output up, ours as well, and its Ctrl-Q may never come: with
  /// us both are keys. So it must be undone before anything is sent.
  private func letOutputFlow() {
    var modes = termios()
    guard tcgetattr(STDIN_FILENO, &modes) == 0 else { return }
    modes.c_iflag &= ~tcflag_t(IXON)
    tcsetattr(STDIN_FILENO, TCSANOW, &modes)
  }

  private func adoptSize() {
    guard let now = Self.windowSize(), now != size else { return }
    size = now
    painter?.resize(to: now)
    sink.yield(.resized(now))
  }
}
