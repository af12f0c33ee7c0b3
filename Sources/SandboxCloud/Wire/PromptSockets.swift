import FlyingSocks
import Foundation

/// Sockets that send what they have at once.
///
/// FlyingFox writes an answer's header and its body one after the other. The kernel would hold the second back until
/// the client has acknowledged the first, which takes a client that has nothing to say 40 ms, with every answer.
struct PromptSockets<Pool: AsyncSocketPool>: AsyncSocketPool {
  let pool: Pool

  func prepare() async throws { try await pool.prepare() }

  func run() async throws { try await pool.run() }

  func suspendSocket(_ socket: Socket, untilReadyFor events: Socket.Events) async throws {
    // The listening socket waits before any other; those that it accepts inherit its options.
    try socket.setValue(true, for: BoolSocketOption(level: Int32(IPPROTO_TCP), name: TCP_NODELAY))
    try await pool.suspendSocket(socket, untilReadyFor: events)
  }
}
