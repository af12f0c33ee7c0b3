import CCurses
import Dispatch
import Glibc

/// The signals that a program on a terminal answers in order, one after the other with its keys.
@MainActor
final class TerminalSignals {
  private static let caught = [SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT]

  private let source: any DispatchSourceRead

  /// Must come before curses starts, which would otherwise catch some of them in its own way.
  init(onSignal: @escaping @MainActor (Int32) -> Void) throws(TerminalError) {
    let pipe = ccurses_signals_open()
    guard pipe >= 0 else { throw .refused }
    source = DispatchSource.makeReadSource(fileDescriptor: pipe, queue: .main)
    source.setEventHandler {
      let signals = [UInt8](unsafeUninitializedCapacity: 256) { buffer, count in
        count = max(0, read(pipe, buffer.baseAddress, buffer.count))
      }
      // A storm of resizes is one resize.
      var seen: Set<UInt8> = []
      for signal in signals where seen.insert(signal).inserted {
        MainActor.assumeIsolated { onSignal(Int32(signal)) }
      }
    }
    source.activate()
    for signal in Self.caught { ccurses_signals_catch(signal) }
  }

  func stop() {
    source.cancel()
    for signal in Self.caught { ccurses_signals_release(signal) }
  }
}
