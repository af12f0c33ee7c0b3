import Foundation
import NovaClient

/// A service whose questions are asked anew when no answer comes while others are answered: what was sent when the
/// service hung may hang until the connection is given up, long after everything is well again.
///
/// To find that out the smallest question there is goes out beside the one that hangs, once in a while. A service that
/// is merely slow is asked the same thing twice at most, and then has all the time that the transport gives it.
struct InsistentService: ComputeService {
  private let service: any ComputeService
  private let patience: Duration
  private let time: any TimeSource

  /// - Parameter patience: how long an answer may take before this is found out, and each finding out.
  init(_ service: any ComputeService, patience: Duration, time: any TimeSource) {
    self.service = service
    self.patience = patience
    self.time = time
  }

  func send(_ call: ServiceCall) async throws -> HTTPResponse {
    // A write must not be sent twice.
    guard call.method == .get else { return try await service.send(call) }
    let answer = try await first { [service] in
      try await service.send(call)
    } or: { [self] in
      var due = time.now + patience.seconds
      while true {
        try await time.sleep(until: due)
        // The next one goes out as soon as this one has had its time.
        due = time.now + patience.seconds
        if try await isAnswering() { return }
      }
    }
    if let answer { return answer }
    return try await service.send(call)
  }

  /// Whether the service answers within our patience.
  private func isAnswering() async throws -> Bool {
    let probe = ServiceCall(.get, ["images"], query: ImageQuery(limit: 1).items)
    do {
      let answer = try await first { [service] in
        try await service.send(probe)
      } or: { [self] in
        try await time.sleep(until: time.now + patience.seconds)
      }
      return answer.map { (200...299).contains($0.status) } ?? false
    } catch is NovaError {
      // The question that hangs will meet the same fault.
      return false
    }
  }
}
