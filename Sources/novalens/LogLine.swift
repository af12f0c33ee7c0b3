import BrowserModel
import NovaClient

extension RequestRecord {
  /// The exchange as a line of a log: method, address, status, time. Never a header, never a body.
  var logLine: String {
    let words = [
      Timestamp.format(started), method.rawValue, server + target, outcome.words,
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
