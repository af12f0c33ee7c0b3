import BrowserModel
import Console
import NovaClient

extension RequestRecord {
  /// The exchange as a line of a log: method, address, status, time, request id, and what the service said of a request
  /// that it has not carried out. Never a header, never another body.
  var logLine: String {
    let words = [
      Timestamp.format(started), method.rawValue, server + target, outcome.words,
      "\(Int((duration.seconds * 1000).rounded())) ms", "\(bytesReceived) bytes", requestID ?? "-", message,
    ].compactMap(\.self)
    // What a service sent could otherwise begin a line of its own, or be a command to the terminal that shows the log.
    return Repertoire.unicode.plain(String(words.joined(separator: " ").map { $0.isNewline ? " " : $0 }))
  }

  /// The same in at most so many bytes, where there is no more room: what became of the request stands behind its
  /// address, and is not what is left out.
  func logLine(atMost limit: Int) -> String {
    let surplus = max(0, logLine.utf8.count - limit)
    return shortened(target: max(0, target.utf8.count - surplus)).logLine
  }
}

extension RequestRecord.Outcome {
  fileprivate var words: String {
    switch self {
    case .underWay: "under way"
    case .answered(let status): "\(status)"
    case .failed(let reason): "failed (\(reason))"
    case .cancelled: "cancelled"
    }
  }
}
