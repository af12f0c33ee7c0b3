/// A part of the program that reads what strangers wrote. What it is given may be anything; it must come back, and
/// soon, and what it makes of the input must be sound.
package struct FuzzTarget: Sendable {
  package let name: String
  package let run: @Sendable ([UInt8]) async -> Void

  package static let all: [FuzzTarget] = [images, links, keystone, headers, clouds, drafts, keys, text]

  init(_ name: String, _ run: @escaping @Sendable ([UInt8]) async -> Void) {
    self.name = name
    self.run = run
  }
}
