/// The sequence that asks the terminal to put a text on the clipboard of whoever sits before it (OSC 52). It needs no
/// program on this side, so it also works over SSH.
enum Clipboard {
  /// The bytes to send.
  static func sequence(for text: String, _ passage: Passage) -> String {
    let request = "\u{1B}]52;c;\(base64(Array(text.utf8)))\u{07}"
    // tmux takes the plain request or passes the wrapped one on, or neither, as its options say. Both are harmless. And a
    // tmux at the far end of an SSH line, where TERM begins with screen, takes the plain one.
    return passage == .direct ? request : request + passage.wrapped(request)
  }

  /// RFC 4648, with padding; here, so that Console needs no Foundation.
  static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    return stride(from: 0, to: bytes.count, by: 3).map { start in
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = (0..<3).reduce(0) { $0 << 8 | ($1 < group.count ? Int(group[start + $1]) : 0) }
      let digits = (0...group.count).map { alphabet[bits >> (18 - 6 * $0) & 63] }
      return String(digits) + String(repeating: "=", count: 3 - group.count)
    }.joined()
  }
}
