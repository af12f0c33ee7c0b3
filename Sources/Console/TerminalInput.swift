import CCurses
import Dispatch
import Glibc

/// Standard input as keys. Sleeps until bytes come or a key's waiting time is over.
@MainActor
final class TerminalInput {
  private var decoder: KeyDecoder
  /// Whether what is typed now is text.
  var takesText: Bool {
    get { decoder.takesText }
    set { decoder.takesText = newValue }
  }
  private let source: any DispatchSourceRead
  private let timer: any DispatchSourceTimer
  private let clock = ContinuousClock()
  private let onKeys: @MainActor ([Key]) -> Void
  private let onEnd: @MainActor () -> Void
  private var isPaused = false
  private var hasEnded = false

  init(
    decoder: KeyDecoder, onKeys: @escaping @MainActor ([Key]) -> Void, onEnd: @escaping @MainActor () -> Void
  ) {
    self.decoder = decoder
    self.onKeys = onKeys
    self.onEnd = onEnd
    source = DispatchSource.makeReadSource(fileDescriptor: STDIN_FILENO, queue: .main)
    timer = DispatchSource.makeTimerSource(queue: .main)
    source.setEventHandler { [weak self] in MainActor.assumeIsolated { self?.read() } }
    timer.setEventHandler { [weak self] in MainActor.assumeIsolated { self?.expire() } }
    source.activate()
    timer.activate()
  }

  /// Leaves standard input to another program, until `resume`.
  func pause() {
    guard !isPaused else { return }
    isPaused = true
    source.suspend()
  }

  func resume() {
    guard isPaused else { return }
    isPaused = false
    source.resume()
  }

  func stop() {
    // A source must not be let go while it is suspended.
    resume()
    source.cancel()
    timer.cancel()
  }

  /// Reads what is there; an Esc that waits for more was typed before now, too.
  func drain() {
    while case .bytes(let bytes) = receive() { deliver(decoder.feed(bytes, at: clock.now)) }
    if let deadline = decoder.deadline { deliver(decoder.expire(at: deadline)) }
  }

  private enum Received {
    case bytes([UInt8])
    case nothing
    case end
  }

  private func receive() -> Received {
    // Another program may have read meanwhile what woke us; reading nothing would block. And continued in the background,
    // of which the signal is still to be heard, it would fail as after a hang-up.
    var state = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    guard !hasEnded, poll(&state, 1, 0) > 0, !ccurses_is_in_background() else { return .nothing }
    var result = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
      result = Glibc.read(STDIN_FILENO, buffer.baseAddress, buffer.count)
      count = max(0, result)
    }
    guard bytes.isEmpty else { return .bytes(bytes) }
    let isOverSoon = result < 0 && (errno == EINTR || errno == EAGAIN || ccurses_is_in_background())
    return isOverSoon && state.revents & Int16(POLLHUP) == 0 ? .nothing : .end
  }

  private func read() {
    switch receive() {
    case .bytes(let bytes):
      // When a wait is over and has not been ended, we were busy, and the bytes may have come in time.
      let now = clock.now
      deliver(decoder.feed(bytes, at: now, isInTime: decoder.deadline.map { $0 <= now } ?? false))
    case .nothing: break
    case .end: end()
    }
  }

  private func end() {
    hasEnded = true
    source.cancel()
    timer.cancel()
    onEnd()
  }

  private func expire() {
    if !isPaused, case .bytes(let bytes) = receive() {
      deliver(decoder.feed(bytes, at: clock.now, isInTime: true))
    } else {
      deliver(decoder.expire(at: clock.now))
    }
  }

  private func deliver(_ keys: [Key]) {
    if let deadline = decoder.deadline {
      let wait = max(.zero, clock.now.duration(to: deadline)).components
      let nanoseconds = Int(wait.seconds) * 1_000_000_000 + Int(wait.attoseconds / 1_000_000_000)
      timer.schedule(deadline: .now() + .nanoseconds(nanoseconds), leeway: .milliseconds(1))
    } else {
      timer.schedule(deadline: .distantFuture)
    }
    if !keys.isEmpty { onKeys(keys) }
  }
}
