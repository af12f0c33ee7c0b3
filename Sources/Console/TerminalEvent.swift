/// What the terminal has to tell.
package enum TerminalEvent: Hashable, Sendable {
  /// The keys that arrived together, in order.
  case keys([Key])
  /// The window has another size, and wants a new picture of it.
  case resized(Size)
  /// All keys have gone by that were typed before a picture with a question could be seen.
  case typeAheadEnded
  /// The program is asked to end: SIGTERM, SIGHUP, or SIGINT from another program. Its exit status should be 128 and
  /// the number.
  case terminate(signal: Int32)
  /// There is nobody at the other end any more.
  case closed
}
