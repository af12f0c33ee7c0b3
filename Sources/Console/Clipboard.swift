/// The sequence that asks the terminal to put a text on the clipboard of whoever sits before it (OSC 52). It needs no
/// program on this side, so it also works over SSH.
enum Clipboard {
  /// The bytes to send, or nil for a terminal that would show them instead of obeying.
  ///
  /// - Parameters:
  ///   - term: the value of `TERM`.
  ///   - isInTmux: whether `TMUX` is set.
  static func sequence(for text: String, term: String, isInTmux: Bool) -> String? {
    let deaf = ["linux", "vt", "ansi", "cons", "sun"]
    guard isInTmux || !deaf.contains(where: term.hasPrefix) else { return nil }
    let request = "\u{1B}]52;c;\(base64(Array(text.utf8)))\u{07}"
    if isInTmux || term.hasPrefix("tmux") {
      // tmux takes the plain request or passes the wrapped one on, or neither, as its options say. Both are harmless.
      return request + "\u{1B}Ptmux;\u{1B}\(request)\u{1B}\\"
    }
    // screen passes on what is wrapped, in pieces that fit its buffer. A tmux at the far end of an SSH line, whose
    // TERM begins like this too, takes the plain request.
    return term.hasPrefix("screen") ? request + wrappedForScreen(request) : request
  }

  private static func wrappedForScreen(_ request: String) -> String {
    let bytes = Array(request.utf8)
    return stride(from: 0, to: bytes.count, by: 200).map { start in
      "\u{1B}P\(String(decoding: bytes[start..<min(start + 200, bytes.count)], as: UTF8.self))\u{1B}\\"
    }.joined()
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
