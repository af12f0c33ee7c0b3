package import Foundation

/// What a sandbox is made of. The defaults are a cloud that stands still; `demo` is the one that people see.
package struct SandboxSettings: Hashable, Sendable {
  /// Where a sandbox's time comes from; `Sandbox.advance(by:)` moves either.
  package enum Clock: Hashable, Sendable {
    /// The machine's.
    case system
    /// A time that passes only when a test says so.
    case stopped(at: Date)
  }

  /// How many images the account `demo` finds in the full list; those of other projects come on top.
  package var imageCount: Int
  /// The same seed makes the same cloud.
  package var seed: UInt64
  /// Who may sign in.
  package var accounts: Accounts
  /// How long a token is good for.
  package var tokenLifetime: Duration
  /// Whether things happen by themselves: snapshots, nightly backups, other people's edits.
  package var isAlive: Bool
  /// Whether lists show failed images. The real service never does; other services of the same API do.
  package var listsFailed: Bool
  /// Where time comes from.
  package var clock: Clock

  /// Settings; say only what the test is about.
  package init(
    imageCount: Int = 240, seed: UInt64 = 1, accounts: Accounts = Accounts(),
    tokenLifetime: Duration = .seconds(3600), isAlive: Bool = false, listsFailed: Bool = false,
    clock: Clock = .system
  ) {
    self.imageCount = imageCount
    self.seed = seed
    self.accounts = accounts
    self.tokenLifetime = tokenLifetime
    self.isAlive = isAlive
    self.listsFailed = listsFailed
    self.clock = clock
  }

  /// The cloud behind `novalens --demo` and `novalens sandbox`: alive, with failures to be seen.
  package static func demo(imageCount: Int = 240) -> SandboxSettings {
    SandboxSettings(imageCount: imageCount, isAlive: true, listsFailed: true)
  }
}
