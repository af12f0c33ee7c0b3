/// An answer, or nil when something else comes to its end first, such as the time that there is for it; the other of the
/// two is cancelled.
///
/// - Throws: what the first to end throws.
func first<Value: Sendable>(
  _ answer: @escaping @Sendable () async throws -> Value,
  or end: @escaping @Sendable () async throws -> Void
) async throws -> Value? {
  try await withThrowingTaskGroup(of: Value?.self) { group in
    group.addTask { try await answer() }
    group.addTask {
      try await end()
      return nil
    }
    defer { group.cancelAll() }
    return try await group.next() ?? nil
  }
}
