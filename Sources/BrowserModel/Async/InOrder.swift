/// Puts things back into their order that can overtake each other on their way: what comes early is kept until those
/// before it are there.
package struct InOrder<Thing> {
  private var next = 0
  private var early: [Int: Thing] = [:]

  package init() {}

  /// Takes one in.
  ///
  /// - Parameter number: its place, counted from 0; each comes once.
  /// - Returns: all whose turn it now is.
  package mutating func take(_ thing: Thing, _ number: Int) -> [Thing] {
    early[number] = thing
    var due: [Thing] = []
    while let thing = early.removeValue(forKey: next) {
      due.append(thing)
      next += 1
    }
    return due
  }
}
