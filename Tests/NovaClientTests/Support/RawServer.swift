import Foundation
import Pilot
import Synchronization

/// A server on 127.0.0.1 that does to each connection whatever a test wants: answers, hangs, cuts, floods.
///
/// It stops with its last reference.
final class RawServer: Sendable {
  let port: Int
  private let listener: Int32
  private let accepted = Atomic<Int>(0)

  /// How many connections there have been.
  var connections: Int { accepted.load(ordering: .acquiring) }

  /// - Parameter serve: called on a thread of its own for each connection, which is closed when it returns.
  init(_ serve: @escaping @Sendable (RawConnection) -> Void) throws {
    let open = try LoopbackListener(backlog: 64)
    let listener = open.descriptor
    self.listener = listener
    port = Int(open.port)
    Thread { [weak self] in
      while true {
        let socket = accept(listener, nil, nil)
        guard socket >= 0 else { break }
        self?.accepted.add(1, ordering: .releasing)
        Thread {
          let connection = RawConnection(socket: socket)
          serve(connection)
          connection.close()
        }.start()
      }
      close(listener)
    }.start()
  }

  // Closing a socket does not wake the thread that accepts on it; shutting it down does.
  deinit { shutdown(listener, Int32(SHUT_RDWR)) }

  var url: String { "http://127.0.0.1:\(port)" }

  /// A server that reads each request and gives always the same bytes.
  static func answering(_ answer: String) throws -> RawServer {
    try RawServer { connection in
      while connection.readRequest() != nil { connection.write(answer) }
    }
  }
}

/// One connection of a `RawServer`.
struct RawConnection {
  fileprivate let socket: Int32

  /// The next request with its body, or nil when the client has gone.
  func readRequest() -> String? {
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    while !bytes.suffix(4).elementsEqual("\r\n\r\n".utf8) {
      guard recv(socket, &byte, 1, 0) == 1 else { return nil }
      bytes.append(byte)
    }
    let head = String(decoding: bytes, as: UTF8.self)
    let lengthLine = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
    for _ in 0..<(lengthLine.flatMap { Int($0.dropFirst(15).drop { $0 == " " }) } ?? 0) {
      guard recv(socket, &byte, 1, 0) == 1 else { return nil }
      bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// False when the client has gone.
  @discardableResult func write(_ text: String) -> Bool { write(Array(text.utf8)) }

  @discardableResult func write(_ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }

  /// Returns when the client has gone.
  func waitForEnd() {
    var byte: UInt8 = 0
    while recv(socket, &byte, 1, 0) > 0 {}
  }

  /// Ends the connection with a reset instead of in order.
  func reset() {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(socket, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
  }

  fileprivate func close() { Glibc.close(socket) }
}
