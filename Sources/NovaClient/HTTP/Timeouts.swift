/// How long a transport waits for a service before it gives up.
public struct Timeouts: Hashable, Sendable {
  /// From the start of a request until the connection stands: address, TCP and TLS together.
  public var connect: Duration
  /// How long a transfer may go on without a byte. Counted in whole seconds, rounded up, at least one.
  public var stall: Duration

  /// - Parameters:
  ///   - connect: 5 s unless told otherwise.
  ///   - stall: 30 s, since the service may compute that long before its first byte (17 s were seen).
  public init(connect: Duration = .seconds(5), stall: Duration = .seconds(30)) {
    self.connect = connect
    self.stall = stall
  }
}

extension Duration {
  /// Whole seconds, rounded up, at least one.
  var wholeSeconds: Int {
    let (seconds, attoseconds) = components
    return max(1, Int(seconds) + (attoseconds > 0 ? 1 : 0))
  }

  /// Whole milliseconds, at least one.
  var wholeMilliseconds: Int {
    let (seconds, attoseconds) = components
    return max(1, Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000))
  }
}
