import Foundation
import NovaClient
import Testing

extension ConformanceTests {
  /// Who may do what to whose images.
  @Suite struct RightsTests {
    /// What an operation says; nil where it is done.
    private func refusal(
      _ operation: ImageOperation, on id: Image.ID, as account: CloudUnderTest.Account
    ) async throws -> NovaError? {
      let client = try CloudUnderTest.here().client(account)
      do {
        try await operation.perform(client, on: id)
        return nil
      } catch let error as NovaError {
        return error
      }
    }

    /// An image that somebody may read and not write.
    private func expectReadOnly(_ number: Int, as account: CloudUnderTest.Account) async throws {
      let cloud = try CloudUnderTest.here()
      let image = try await cloud.image(number)
      for operation in ImageOperation.allCases {
        let error = try await refusal(operation, on: image.id, as: account)
        if !ImageOperation.writes.contains(operation) {
          #expect(error == nil, "\(operation)")
        } else {
          #expect(error?.kind == .forbidden && error?.status == 403, "\(operation)")
          let message =
            operation == .delete
            ? "You are not allowed to delete the image." : "Not authorized for image \(image.id)."
          #expect(error?.message == message, "\(operation)")
        }
      }
      #expect(try await cloud.image(number) == image)
    }

    @Test(arguments: [0, 7, 14, 19]) func `a reader reads and writes nothing`(_ number: Int) async throws {
      try await expectReadOnly(number, as: .reader)
    }

    @Test func `a reader finds what a member finds`() async throws {
      let cloud = try CloudUnderTest.here()
      let found = try await cloud.client(.reader).listDetailed()
      #expect(try await cloud.client().listDetailed().images == found.images)
    }

    @Test(arguments: [CloudUnderTest.Account.member, .alt])
    func `a public image of others is to be read only`(_ account: CloudUnderTest.Account) async throws {
      try await expectReadOnly(19, as: account)
    }

    @Test func `a write that changes nothing is no write`() async throws {
      let cloud = try CloudUnderTest.here()
      let image = try await cloud.image(19)
      let value = try #require(image.metadata["architecture"]?.string)
      let answer = try await cloud.client(.alt).setMetadataItem("architecture", to: value, of: image.id)
      #expect(answer == .string(value))
    }

    @Test(arguments: [0, 7, 14]) func `a private image of others is not there`(_ number: Int) async throws {
      let image = try await CloudUnderTest.here().image(number)
      for operation in ImageOperation.allCases {
        let error = try await refusal(operation, on: image.id, as: .alt)
        #expect(error?.kind == .notFound && error?.message == "Image not found.", "\(operation)")
      }
    }

    @Test func `another project finds the public images only`() async throws {
      let cloud = try CloudUnderTest.here()
      let found = Set(try await cloud.client(.alt).list().images.compactMap(\.name))
      for image in SeededImage.all { #expect(found.contains(image.name) == image.isPublic) }
    }

    @Test func `a protected image is kept`() async throws {
      let image = try await CloudUnderTest.here().image(14)
      for account in [CloudUnderTest.Account.member, .admin] {
        let error = try await refusal(.delete, on: image.id, as: account)
        #expect(error?.kind == .forbidden)
        #expect(error?.message == "You are not allowed to delete the image.")
      }
    }

    @Test func `an administrator finds, edits and deletes what is others'`() async throws {
      let cloud = try CloudUnderTest.here()
      let image = try await cloud.image(103)
      let admin = try cloud.client(.admin)
      let found = try await admin.list().images
      #expect(found.contains { $0.id == image.id })
      let held = try await admin.mergeMetadata(["conformance": "1"], into: image.id)
      #expect(held["conformance"] == "1")
      try await admin.delete(image.id)
      let error = try await refusal(.read, on: image.id, as: .member)
      #expect(error?.kind == .notFound)
    }
  }
}
