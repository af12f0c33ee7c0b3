import Foundation
import NovaClient

/// `--log-file`: a line for each exchange with a service.
final class LogFile: Sendable {
  private let file: AppendedFile

  /// Opens the file for appending.
  /// - Throws: `StartProblem`.
  init(_ path: String, problem: @escaping @Sendable (String) -> Void) throws {
    file = try AppendedFile(path, kind: "log file", problem: problem)
  }

  func append(_ record: RequestRecord) {
    file.append(record.logLine)
  }
}
