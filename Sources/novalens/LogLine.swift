import BrowserModel
import NovaClient

extension RequestRecord {
  /// The exchange as a line of a log: method, address, status, time. Never a header, never a body.
  var logLine: String { line(address: server + target) }

  /// The same in at most so many bytes, where there is no more room. What is left out is from the middle of the address,
  /// since what became of the request stands behind it.
  func logLine(atMost limit: Int) -> String {
    let address = server + target
    let surplus = line(address: address).utf8.count - limit
    guard surplus > 0 else { return logLine }
    let kept = max(0, address.utf8.count - surplus - "…".utf8.count)
    let head = String(decoding: address.utf8.prefix(kept / 2), as: UTF8.self)
    return line(address: head + "…" + String(decoding: address.utf8.suffix(kept - kept / 2), as: UTF8.self))
  }

  private func line(address: String) -> String {
    let words = [
      Timestamp.format(started), method.rawValue, address, outcome.words,
      "\(Int((duration.seconds * 1000).rounded())) ms", "\(bytesReceived) bytes", requestID ?? "-",
    ]
    // What a service sent could otherwise begin a line of its own.
    return String(words.joined(separator: " ").map { $0.isNewline ? " " : $0 })
  }
}

extension RequestRecord.Outcome {
  fileprivate var words: String {
    switch self {
    case .answered(let status): "\(status)"
    case .failed(let reason): "failed (\(reason))"
    case .cancelled: "cancelled"
    }
  }
}
