import Testing

/// One suite for the sandbox and for a real OpenStack: what is expected of the one is expected of the other, so that
/// the sandbox cannot flatter us.
///
/// Without further ado it runs against the sandbox. `NOVALENS_CONFORMANCE_CLOUD=NAME` runs it against the cloud NAME
/// of clouds.yaml, which must have been filled by `openstack/seed --reset -n 250` (not `--fast`, whose images have no
/// data); the accounts are `NAME`, `NAME-reader`, `NAME-alt` and `NAME-admin`. It deletes a few of the images, and puts back all metadata that it
/// changes. Its tests share the cloud's images, so they run one after the other.
@Suite(.serialized, .onOneCloud) struct ConformanceTests {}

/// Opens the cloud once for all tests of a suite.
struct OneCloud: SuiteTrait, TestScoping {
  var isRecursive: Bool { false }

  func provideScope(
    for test: Test, testCase: Test.Case?, performing tests: @Sendable () async throws -> Void
  ) async throws {
    try await CloudUnderTest.open { cloud in
      try await cloud.requireImages()
      try await CloudUnderTest.$current.withValue(cloud) { try await tests() }
    }
  }
}

extension Trait where Self == OneCloud {
  static var onOneCloud: OneCloud { OneCloud() }
}
