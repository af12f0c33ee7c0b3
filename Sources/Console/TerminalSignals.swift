import CCurses
import Dispatch
import Glibc

/// The signals that a program on a terminal answers in order, one after the other with its keys.
@MainActor
final class TerminalSignals {
  private static let caught = [SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT]

  private let pipe: Int32
  private let source: any DispatchSourceRead
  private let onSignal: @MainActor (Int32) -> Void

  /// Must come before curses starts, which would otherwise catch some of them in its own way.
  init(onSignal: @escaping @MainActor (Int32) -> Void) throws(TerminalError) {
    let pipe = ccurses_signals_open()
    guard pipe >= 0 else { throw .refused }
    self.pipe = pipe
    self.onSignal = onSignal
    source = DispatchSource.makeReadSource(fileDescriptor: pipe, queue: .main)
    source.setEventHandler { [weak self] in MainActor.assumeIsolated { self?.deliver() } }
    source.activate()
    for signal in Self.caught { ccurses_signals_catch(signal) }
  }

  /// Answers the signals that have come, without waiting for the event loop.
  func deliver() {
    let signals = [UInt8](unsafeUninitializedCapacity: 256) { buffer, count in
      count = max(0, read(pipe, buffer.baseAddress, buffer.count))
    }
    // A storm of resizes is one resize.
    var seen: Set<UInt8> = []
    for signal in signals where seen.insert(signal).inserted { onSignal(Int32(signal)) }
  }

  /// Lets Ctrl-Z in another program stop this one as well, at once and without a word.
  func leaveStoppingToOthers(_ isOthers: Bool) {
    if isOthers { ccurses_signals_release(SIGTSTP) } else { ccurses_signals_catch(SIGTSTP) }
  }

  func stop() {
    source.cancel()
    // A line that is cut ends the input, and sends SIGHUP a moment later: it is on its way out already.
    for signal in Self.caught where signal != SIGHUP { ccurses_signals_release(signal) }
  }
}
