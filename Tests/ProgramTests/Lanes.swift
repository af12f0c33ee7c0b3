import Testing

/// Does the same for many cases, some at a time, as one test: a case that fails is recorded by its name, and the others
/// go on.
func inLanes<Case: Sendable>(
  _ count: Int, _ cases: [Case], _ body: @escaping @Sendable (Case) async throws -> Void
) async throws {
  try await withThrowingTaskGroup(of: Void.self) { group in
    for lane in 0..<count {
      group.addTask {
        for one in cases.enumerated().lazy.filter({ $0.offset % count == lane }).map(\.element) {
          do { try await body(one) } catch { Issue.record("\(one): \(error)") }
        }
      }
    }
    try await group.waitForAll()
  }
}
