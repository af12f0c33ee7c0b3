import Foundation

/// A line like those on which people work: what goes in at one end comes out at the other later, and never faster than
/// so many bytes a second. It listens on 127.0.0.1, for as long as it lives.
package final class SlowLine: Sendable {
  /// Where clients find it.
  package let port: UInt16
  /// A byte on it cuts the line; when it is closed, the thread that carries the bytes ends.
  private let control: Int32

  /// - Parameters:
  ///   - delay: how long a byte is under way, in each direction.
  ///   - connect: makes the far end of each connection, a socket.
  package init(
    delay: Duration, bytesPerSecond: Int, connect: @escaping @Sendable () throws -> Int32
  ) throws {
    let listener = try LoopbackListener(backlog: 8)
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    port = listener.port
    control = ends[1]
    let orders = ends[0]
    Thread.detachNewThread {
      var carrier = Carrier(
        listener: listener.descriptor, orders: orders, delay: delay, bytesPerSecond: bytesPerSecond,
        connect: connect)
      carrier.run()
    }
  }

  deinit { close(control) }

  /// The line breaks, and with it all that is under way. Who connects afterwards finds it mended.
  package func cut() { _ = write(control, [1], 1) }
}

/// What carries the bytes, on a thread of its own.
private struct Carrier {
  /// One direction of a connection.
  struct Lane {
    let from: Int32
    let to: Int32
    /// What is under way, and when it arrives.
    var waiting: [(due: ContinuousClock.Instant, bytes: [UInt8])] = []
    /// When the line has room for the next byte.
    var isFree = ContinuousClock.now
    /// The sender has closed; what is under way still arrives.
    var isClosed = false
    var hasEnded = false
  }

  /// So many bytes go on their way at once, as in a packet.
  static let packet = 128
  /// How far behind the line may get before it takes nothing more; what is left waits at the sender's.
  static let backlog = Duration.milliseconds(200)

  let listener: Int32
  let orders: Int32
  let delay: Duration
  let bytesPerSecond: Int
  let connect: () throws -> Int32
  var lanes: [Lane] = []

  mutating func run() {
    while true {
      let now = ContinuousClock.now
      let reading = lanes.map { !$0.isClosed && $0.isFree < now + Self.backlog }
      var files = [listener, orders].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      files += zip(lanes, reading).map { pollfd(fd: $1 ? $0.from : -1, events: Int16(POLLIN), revents: 0) }
      let next = zip(lanes, reading).flatMap { lane, isReading in
        [lane.waiting.first?.due, isReading || lane.isClosed ? nil : lane.isFree - Self.backlog].compactMap(
          \.self)
      }.min()
      poll(&files, nfds_t(files.count), next.map { Self.milliseconds(from: now, to: $0) } ?? -1)

      if files[1].revents != 0 {
        endAll()
        var order: UInt8 = 0
        guard read(orders, &order, 1) == 1 else { break }
        continue
      }
      for number in lanes.indices where files[number + 2].revents != 0 { take(number) }
      for number in lanes.indices { deliver(number) }
      lanes.removeAll { $0.hasEnded }
      if files[0].revents & Int16(POLLIN) != 0 { accept() }
    }
    close(listener)
    close(orders)
  }

  private static func milliseconds(from now: ContinuousClock.Instant, to due: ContinuousClock.Instant)
    -> Int32
  {
    let wait = max(.zero, now.duration(to: due)).components
    return Int32(wait.seconds * 1000 + wait.attoseconds / 1_000_000_000_000_000 + 1)
  }

  private mutating func accept() {
    let near = Glibc.accept(listener, nil, nil)
    guard near >= 0, let far = try? connect() else {
      close(near)
      return
    }
    _ = fcntl(near, F_SETFD, FD_CLOEXEC)
    // Files of its own for each direction, so that one ends without the other.
    let ends = [near, far].map { fcntl($0, F_DUPFD_CLOEXEC, 0) }
    lanes += [Lane(from: near, to: ends[1]), Lane(from: far, to: ends[0])]
  }

  private mutating func take(_ number: Int) {
    let bytes = [UInt8](unsafeUninitializedCapacity: Self.packet) { buffer, count in
      count = max(0, recv(lanes[number].from, buffer.baseAddress, buffer.count, 0))
    }
    let start = max(.now, lanes[number].isFree)
    lanes[number].isFree = start + .seconds(Double(bytes.count) / Double(bytesPerSecond))
    lanes[number].waiting.append((lanes[number].isFree + delay, bytes))
    if bytes.isEmpty { lanes[number].isClosed = true }
  }

  private mutating func deliver(_ number: Int) {
    while let next = lanes[number].waiting.first, next.due <= .now {
      lanes[number].waiting.removeFirst()
      let count = send(lanes[number].to, next.bytes, next.bytes.count, Int32(MSG_NOSIGNAL))
      // Nothing more comes, or nobody is there to take it.
      if next.bytes.isEmpty || count < next.bytes.count { return end(number) }
    }
  }

  private mutating func end(_ number: Int) {
    shutdown(lanes[number].to, Int32(SHUT_WR))
    close(lanes[number].from)
    close(lanes[number].to)
    lanes[number].hasEnded = true
  }

  private mutating func endAll() {
    for number in lanes.indices {
      shutdown(lanes[number].from, Int32(SHUT_RDWR))
      end(number)
    }
    lanes = []
  }
}
