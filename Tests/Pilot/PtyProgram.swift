import CPty
import Foundation

/// A program that runs on a pseudo-terminal, and the terminal that a person would sit at.
///
/// Nothing here sleeps: each wait is for bytes or for the end of the program, with a deadline.
package actor PtyProgram {
  /// The screen did not come to look as expected; says what it looks like.
  package struct TimedOut: Error, CustomStringConvertible {
    package var description: String

    package init(description: String) { self.description = description }
  }

  /// What the program has sent so far.
  package private(set) var received: [UInt8] = []
  let pty: cpty
  private let terminal: VirtualTerminal
  private let executor: QueueExecutor
  private var status: Int32?
  private var isMasterOpen = true
  /// The folder it runs in stays for as long as it runs.
  private let workplace: Workplace?

  package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
  package nonisolated var processID: Int32 { pty.pid }

  private init(pty: cpty, workplace: Workplace?, rows: Int, columns: Int) {
    self.pty = pty
    self.workplace = workplace
    terminal = VirtualTerminal(rows: rows, columns: columns)
    executor = QueueExecutor(label: "pty of \(pty.pid)")
  }

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - environment: what is added to `TERM`, `LANG` and the tests' own `PATH`; an empty value leaves one out.
  ///   - workplace: in whose home folder it starts; where the tests run when nil.
  package static func start(
    program: String, arguments: [String] = [], environment: [String: String] = [:],
    workplace: Workplace? = nil,
    columns: Int = 80, rows: Int = 24
  ) throws -> PtyProgram {
    var variables = ["TERM": "xterm-256color", "LANG": "C.UTF-8"]
    // Swift's own would ask the user what to do after a crash, and wait.
    variables["SWIFT_BACKTRACE"] = "enable=no"
    for name in ["PATH", "ASAN_OPTIONS"] { variables[name] = ProcessInfo.processInfo.environment[name] }
    variables.merge(environment) { $1 }
    let pairs = variables.filter { !$0.value.isEmpty }.map { "\($0.key)=\($0.value)" }
    var pty = cpty()
    let problem = withCStrings([program] + arguments) { arguments in
      withCStrings(pairs) {
        cpty_start(program, arguments, $0, workplace?.home.path, Int32(rows), Int32(columns), &pty)
      }
    }
    guard problem == 0 else { throw POSIXError(POSIXErrorCode(rawValue: problem) ?? .EIO) }
    return PtyProgram(pty: pty, workplace: workplace, rows: rows, columns: columns)
  }

  /// The path of a program that this package builds.
  package static func built(_ name: String) -> String {
    URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
      .appendingPathComponent(name).path
  }

  deinit {
    if status == nil {
      kill(pty.pid, SIGKILL)
      _ = withUnsafePointer(to: pty) { cpty_wait($0) }
    }
    if isMasterOpen { close(pty.master) }
    close(pty.slave)
    close(pty.ended)
  }

  /// Types keys, in which `<Enter>`, `<Esc>`, `<C-c>`, `<Down>` … name what has no sign of its own, and `<lt>` is `<`.
  package func send(_ keys: String) {
    send(bytes: KeyNames.bytes(keys))
  }

  package func send(bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      // Nobody reads any more what a program gets that has ended.
      var files = [
        pollfd(fd: pty.master, events: Int16(POLLOUT), revents: 0),
        pollfd(fd: status == nil ? pty.ended : -1, events: Int16(POLLIN), revents: 0),
      ]
      guard poll(&files, 2, -1) > 0 else { continue }
      guard files[1].revents == 0 else { return }
      // In small pieces: there is room for one, but perhaps not for all.
      let count = rest.prefix(256).withUnsafeBytes { write(pty.master, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  /// Changes the size of the window, of which the system tells the program.
  package func resize(columns: Int, rows: Int) {
    terminal.resize(rows: rows, columns: columns)
    _ = withUnsafePointer(to: pty) { cpty_resize($0, Int32(rows), Int32(columns)) }
  }

  /// Feeds the terminal with what was still under way when its window took another size.
  package func deliver(late bytes: [UInt8]) { terminal.feed(bytes) }

  package func signal(_ number: Int32) {
    kill(pty.pid, number)
  }

  /// Closes the terminal, as when a line is cut.
  package func hangUp() {
    isMasterOpen = false
    close(pty.master)
  }

  /// Looks at the terminal as it is now.
  package func look<Result: Sendable>(_ body: @Sendable (VirtualTerminal) throws -> Result) rethrows -> Result
  {
    try body(terminal)
  }

  /// Lets go of what has been received, where a test goes on for long.
  package func forget() { received = [] }

  package var text: String { terminal.text }
  package var bytesReceived: Int { received.count }

  /// Feeds what the program sends to the terminal until it looks as wanted.
  ///
  /// - Throws: `TimedOut` when it does not in time, or never can because the program has ended.
  package func waitUntil(
    _ description: String, timeout: Duration = .seconds(60),
    condition: @Sendable (VirtualTerminal) -> Bool
  ) throws {
    try waitForFirst(description, timeout: timeout, condition: condition)
    // A picture can come in pieces: what is asked of the rest of it is asked when all of it is there.
    while try receive(until: ContinuousClock.now + .milliseconds(20)) {}
  }

  /// Waits until the terminal is in a state, and no longer, whatever else is on its way.
  private func waitForFirst(
    _ description: String, timeout: Duration, condition: @Sendable (VirtualTerminal) -> Bool
  ) throws {
    let end = ContinuousClock.now + timeout
    while !condition(terminal) {
      guard try receive(until: end) else {
        let reason = ContinuousClock.now < end ? "the program ended" : "\(timeout) passed"
        throw TimedOut(description: "\(reason) before: \(description). The terminal shows:\n\(terminal.text)")
      }
    }
  }

  /// Waits until a text is somewhere on the terminal.
  package func waitFor(_ text: String, timeout: Duration = .seconds(60)) throws {
    try waitUntil("“\(text)” is shown", timeout: timeout) { $0.text.contains(text) }
  }

  /// Waits until more than so many bytes have come.
  package func waitForBytes(after count: Int, timeout: Duration = .seconds(60)) throws {
    let end = ContinuousClock.now + timeout
    while received.count <= count {
      guard try receive(until: end) else {
        throw TimedOut(
          description: "only \(received.count) bytes came. The terminal shows:\n\(terminal.text)")
      }
    }
  }

  /// Feeds the terminal with all that comes in a time. For measuring how much that is.
  package func listen(for time: Duration) throws {
    let end = ContinuousClock.now + time
    while try receive(until: end) {}
  }

  /// Types keys and waits until they have been answered.
  ///
  /// - Returns: how long that took, from the first byte written to the last one read.
  package func time(
    _ keys: String, until description: String, timeout: Duration = .seconds(60),
    condition: @Sendable (VirtualTerminal) -> Bool
  ) throws -> Duration {
    let start = ContinuousClock.now
    send(keys)
    try waitForFirst(description, timeout: timeout, condition: condition)
    return start.duration(to: .now)
  }

  /// Waits until nothing has come for a while. For measuring what a key costs; tests wait for what they expect.
  package func settle(quiet: Duration = .milliseconds(200)) throws {
    while try receive(until: .now + quiet) {}
  }

  /// Waits for the end of the program.
  ///
  /// - Returns: its exit status, or minus the signal that ended it.
  package func exitStatus(timeout: Duration = .seconds(60)) throws -> Int32 {
    if let status { return status }
    let end = ContinuousClock.now + timeout
    while try receive(until: end) {}
    guard ContinuousClock.now < end || hasEnded else {
      throw TimedOut(description: "\(timeout) passed before the program ended. It shows:\n\(terminal.text)")
    }
    let status = withUnsafePointer(to: pty) { cpty_wait($0) }
    self.status = status
    return status
  }

  /// How the terminal is set now, to compare with how it was.
  package var modes: TerminalModes {
    var modes = termios()
    tcgetattr(pty.slave, &modes)
    return TerminalModes(modes)
  }

  /// Sets it as it was before the program started.
  package func setFirstModes() {
    var modes = pty.modes
    tcsetattr(pty.slave, TCSANOW, &modes)
  }

  /// Sets it as a shell does in which a line is being edited.
  ///
  /// - Returns: how it is set then.
  package func setShellModes() -> TerminalModes {
    var modes = pty.modes
    modes.c_lflag &= ~tcflag_t(ICANON | ECHO)
    tcsetattr(pty.slave, TCSANOW, &modes)
    return TerminalModes(modes)
  }

  /// How it was set before the program started.
  package nonisolated var firstModes: TerminalModes { TerminalModes(pty.modes) }
}

extension PtyProgram {
  /// Waits for the program's next bytes and feeds them to the terminal.
  ///
  /// - Parameter most: so many of them; what it has written beyond stays where it is, and may hold it up.
  /// - Returns: false when there are none in time, or no more at all.
  @discardableResult
  func receive(until end: ContinuousClock.Instant, most: Int = 65536) throws -> Bool {
    var files = [
      pollfd(fd: isMasterOpen ? pty.master : -1, events: Int16(POLLIN), revents: 0),
      pollfd(fd: status == nil ? pty.ended : -1, events: Int16(POLLIN), revents: 0),
    ]
    let wait = max(.zero, ContinuousClock.now.duration(to: end)).components
    let milliseconds = wait.seconds * 1000 + wait.attoseconds / 1_000_000_000_000_000
    let count = poll(&files, 2, Int32(min(milliseconds + 1, 1_000_000)))
    if count < 0 && errno != EINTR { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    guard files[0].revents & Int16(POLLIN) != 0 else {
      // It has ended and nothing of it is left to read, or nothing came; an interruption is no reason to stop.
      return count < 0
    }
    let bytes = [UInt8](unsafeUninitializedCapacity: most) { buffer, count in
      count = max(0, read(pty.master, buffer.baseAddress, buffer.count))
    }
    received += bytes
    terminal.feed(bytes)
    return !bytes.isEmpty
  }

  private var hasEnded: Bool {
    var file = pollfd(fd: pty.ended, events: Int16(POLLIN), revents: 0)
    return poll(&file, 1, 0) > 0
  }

  /// Lends strings to C as an array that ends in NULL.
  private static func withCStrings<Result>(
    _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    let copies = strings.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return body(copies + [nil])
  }
}
