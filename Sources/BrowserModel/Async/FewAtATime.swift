/// How many are under way at once, unless told otherwise.
let fewAtOnce = 4

/// Does the same work for many things, a few at a time, and hands each result over as it comes.
///
/// - Parameters:
///   - limit: how many are under way at once.
///   - goOn: asked before each start; when it says no, those under way are finished and no more are started.
///   - done: gets each result, in the order in which they come.
/// - Throws: `CancellationError`; the work itself says in its result what went wrong.
@MainActor func fewAtATime<Thing: Sendable, Result: Sendable>(
  _ things: [Thing], limit: Int = fewAtOnce, while goOn: @MainActor () -> Bool = { true },
  work: @escaping @Sendable (Thing) async -> Result, done: @MainActor (Thing, Result) -> Void
) async throws {
  try await withThrowingTaskGroup(of: (Thing, Result).self) { group in
    var rest = things[...]
    var underWay = 0
    while true {
      while underWay < limit, !rest.isEmpty, goOn(), !Task.isCancelled {
        let thing = rest.removeFirst()
        group.addTask { (thing, await work(thing)) }
        underWay += 1
      }
      guard let (thing, result) = try await group.next() else { break }
      underWay -= 1
      try Task.checkCancellation()
      done(thing, result)
    }
  }
  try Task.checkCancellation()
}

extension Result where Failure == any Error {
  /// What work gives or throws, as a value.
  init(_ work: () async throws -> Success) async {
    do { self = .success(try await work()) } catch { self = .failure(error) }
  }
}
