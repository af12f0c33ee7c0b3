import BrowserModel
import Foundation
import NovaClient

/// `--log-file`: a line for each exchange with a service. Never a header, never a body.
final class LogFile: Sendable {
  private let file: AppendedFile

  /// Opens the file for appending.
  /// - Throws: `StartProblem`.
  init(_ path: String) throws {
    file = try AppendedFile(path, kind: "log file")
  }

  func append(_ record: RequestRecord) {
    let outcome =
      switch record.outcome {
      case .answered(let status): "\(status)"
      case .failed(let reason): "failed (\(reason))"
      case .cancelled: "cancelled"
      }
    let milliseconds = record.duration.seconds * 1000
    let words = [
      Timestamp.format(record.started), record.method.rawValue, record.server + record.target, outcome,
      "\(Int(milliseconds.rounded())) ms", "\(record.bytesReceived) bytes", record.requestID ?? "-",
    ]
    file.append(words.joined(separator: " "))
  }
}
