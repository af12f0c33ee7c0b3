import CCurses
import Glibc

/// The terminal that the program runs on: pictures go in, keys and other events come out.
///
/// It sends nothing while nothing changes, and asks the terminal no questions. Whatever happens, the terminal is given
/// back as it was found: by `stop`, around `suspend` and `runOutside`, and by a signal handler when the program crashes.
@MainActor
package final class Terminal {
  package struct Options: Hashable, Sendable {
    /// Draw with ASCII only, even where the locale has more.
    package var isASCII: Bool
    /// Use no colours. The environment's `NO_COLOR` does the same.
    package var isMonochrome: Bool

    package init(isASCII: Bool = false, isMonochrome: Bool = false) {
      self.isASCII = isASCII
      self.isMonochrome = isMonochrome
    }
  }

  /// What happens, from `start` on. For one reader.
  package let events: AsyncStream<TerminalEvent>
  package internal(set) var size: Size

  private let options: Options
  let description: TerminalDescription
  let sink: AsyncStream<TerminalEvent>.Continuation
  var painter: Painter?
  var input: TerminalInput?
  var signals: TerminalSignals?
  /// The last picture that was asked for, drawn or not.
  var picture: Screen?
  /// Whether the mouse is told of as keys; its clicks are then not the terminal's own, with which text is selected.
  var tellsMouse = false
  /// Whether curses has the terminal just now.
  var isOurs = false
  /// Whether another program that we have started has it.
  var isLent = false

  /// Looks at the terminal and changes nothing.
  package init(options: Options = Options()) throws(TerminalError) {
    self.options = options
    description = try TerminalDescription(isASCII: options.isASCII)
    size = Self.windowSize() ?? Size(columns: 80, rows: 24)
    (events, sink) = AsyncStream.makeStream()
  }

  package var repertoire: Repertoire { description.repertoire }

  /// Takes the terminal.
  package func start() throws(TerminalError) {
    precondition(painter == nil, "A terminal is started once.")
    ccurses_use_begin()
    defer { ccurses_use_end() }
    // Armed before anything is sent, so that no crash falls between.
    ccurses_crash_calm(description.calm, Int32(description.calm.count))
    armCrashGuard()
    let signals: TerminalSignals
    do {
      signals = try TerminalSignals { [weak self] in self?.handle(signal: $0) }
    } catch {
      ccurses_crash_disarm()
      throw error
    }
    guard ccurses_open() == 0 else {
      signals.stop()
      ccurses_crash_disarm()
      throw .refused
    }
    self.signals = signals
    // Every key is ours, also Ctrl-C and Ctrl-S; Enter is not translated, and nothing waits for typed keys.
    raw()
    noecho()
    nonl()
    typeahead(-1)
    keypad(ccurses_screen(), true)
    painter = Painter(isMonochrome: options.isMonochrome || TerminalDescription.isSet("NO_COLOR"))
    size = Size(columns: Int(ccurses_columns()), rows: Int(ccurses_rows()))
    send(description.enter)
    isOurs = true
    input = TerminalInput(
      decoder: KeyDecoder(encoding: description.encoding, sequences: description.sequences),
      onKeys: { [sink] in sink.yield(.keys($0)) }, onEnd: { [sink] in sink.yield(.closed) })
  }

  /// Gives the terminal back for good. May be called twice.
  package func stop() {
    guard painter != nil else { return }
    ccurses_use_begin()
    defer { ccurses_use_end() }
    if isOurs {
      ccurses_await_end_anew()
      giveBack()
      ccurses_guest_no_more()
    } else if isLent {
      let hasLeft = GuestProgram.end()
      var modes = description.modes
      if ccurses_reclaim(&modes) {
        // On a terminal that may take nothing, as after a Ctrl-S.
        ccurses_send_at_last(description.calm, description.calm.count)
        if !hasLeft { ccurses_send_at_last(description.giveBack, description.giveBack.count) }
      }
    }
    input?.stop()
    signals?.stop()
    painter = nil
    sink.finish()
  }

  /// Shows a picture; what is there already is not sent again.
  ///
  /// - Parameters:
  ///   - endsTypeAhead: for a picture with a question, which must not be answered by what was typed before it could be
  ///     seen. Behind the last of that comes `typeAheadEnded`; what is typed as soon as the question can be seen comes
  ///     after it, on a busy machine, too.
  ///   - takesText: whether keys are text, as in a field.
  package func present(_ screen: Screen, endsTypeAhead: Bool = false, takesText: Bool = false) {
    picture = screen
    input?.takesText = takesText
    if isOurs { painter?.paint(screen, beforeLast: endsTypeAhead ? { [input] in input?.drain() } : nil) }
    if endsTypeAhead { sink.yield(.typeAheadEnded) }
  }

  /// Sends the whole picture again, for a terminal that something else has written on.
  package func redraw() {
    if isOurs { painter?.repaint() }
  }

  /// Asks the terminal to put a text on the clipboard.
  ///
  /// - Returns: false when it is known to have none.
  package func copyToClipboard(_ text: String) -> Bool {
    guard isOurs, let passage = description.passage else { return false }
    send(Array(Clipboard.sequence(for: text, passage).utf8))
    return true
  }

  /// Rings the bell, and asks the terminal to tell whoever sits before it.
  package func notify(_ text: String, from program: String) {
    ring()
    guard isOurs, let passage = description.passage else { return }
    let sequence = Notification.sequence(title: program, text: text, passage, repertoire: repertoire)
    send(Array(sequence.utf8))
  }

  /// Has clicks and the wheel told as keys, or leaves them to the terminal again.
  package func tellMouse(_ isTold: Bool) {
    guard tellsMouse != isTold else { return }
    tellsMouse = isTold
    if isOurs { send(isTold ? description.mouseOn : description.mouseOff) }
  }

  /// Rings the bell, or flashes.
  package func ring() {
    if isOurs { ccurses_ring() }
  }
}

extension Terminal {
  func armCrashGuard() {
    var modes = description.modes
    ccurses_crash_arm(description.giveBack, Int32(description.giveBack.count), &modes)
  }

  /// curses keeps nothing back between two updates, so this never overtakes it.
  func send(_ bytes: [UInt8]) { ccurses_send(bytes, bytes.count) }

  static func windowSize() -> Size? {
    var rows: Int32 = 0
    var columns: Int32 = 0
    guard ccurses_window_size(&rows, &columns) == 0 else { return nil }
    return Size(columns: Int(columns), rows: Int(rows))
  }
}
