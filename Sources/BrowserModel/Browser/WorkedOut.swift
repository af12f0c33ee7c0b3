import Synchronization

/// What is worked out of something and would be asked for many times by each key and each picture: for thousands of
/// images it takes many milliseconds. Its owner makes a new one whenever what it is worked out of changes, and takes it
/// along when it goes.
///
/// It adds nothing to what its owner is, so all are equal.
package final class WorkedOut: Hashable, Sendable {
  private let kept = Mutex<[ObjectIdentifier: any Sendable]>([:])

  package init() {}

  /// The value of its type that was worked out last, if it still holds; else a new one.
  package func value<Value: Sendable>(
    where holds: (Value) -> Bool = { _ in true }, _ work: (Value?) -> Value
  ) -> Value {
    let type = ObjectIdentifier(Value.self)
    let last = kept.withLock { $0[type] } as? Value
    if let last, holds(last) { return last }
    let value = work(last)
    kept.withLock { $0[type] = value }
    return value
  }

  package static func == (a: WorkedOut, b: WorkedOut) -> Bool { true }

  package func hash(into hasher: inout Hasher) {}
}
