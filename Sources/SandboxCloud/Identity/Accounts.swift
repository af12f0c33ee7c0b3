/// Who may sign in to a sandbox, and where.
package struct Accounts: Hashable, Sendable {
  /// A project of the domain `Default`.
  package struct Project: Hashable, Sendable {
    /// 32 hexadecimal digits.
    package var id: String
    /// What a person signs in to.
    package var name: String
  }

  /// What a user may do in a project.
  package enum Role: String, Hashable, Sendable {
    case reader, member, admin
  }

  /// A user of the domain `Default`, with roles in one project.
  package struct User: Hashable, Sendable {
    /// 32 hexadecimal digits.
    package var id: String
    /// What a person signs in with.
    package var name: String
    /// In clear: it is a sandbox.
    package var password: String
    /// The project that all roles are in.
    package var project: Project
    /// At least one.
    package var roles: [Role]
  }

  /// A credential for programs: it names a user and is bound to that user's project.
  package struct ApplicationCredential: Hashable, Sendable {
    /// 32 hexadecimal digits.
    package var id: String
    /// Unique among the user's.
    package var name: String
    /// In clear.
    package var secret: String
    /// The id of the user it stands for.
    package var user: String
  }

  /// Where most images are.
  package static let demoProject = Project(id: "5c2a7d4e90b14f3f8a61d7e3b0c94a12", name: "demo")
  /// Somebody else's.
  package static let altProject = Project(id: "a81f0b6c2d5e47739e04c6b1f2d83e57", name: "alt")
  /// Owns the public images.
  package static let adminProject = Project(id: "0d94e6f1a7b84c2fb35e8a6c71d20f9b", name: "admin")

  /// Everybody.
  package var users: [User] = [
    User(
      id: "3f60b1c8d2a94e57b6c0f9a1e8d47b25", name: "demo", password: "demo-secret", project: demoProject,
      roles: [.reader, .member]),
    User(
      id: "77e1d0a93c4b4f06a2d85c9be13f6048", name: "reader", password: "reader-secret",
      project: demoProject, roles: [.reader]),
    User(
      id: "b94c27f05e6d4a1c8f3be07d6a92c513", name: "alt", password: "alt-secret", project: altProject,
      roles: [.reader, .member]),
    User(
      id: "16d8a5e3f7c04b9aa0e2b74f9c8d31e6", name: "admin", password: "admin-secret",
      project: adminProject, roles: [.reader, .member, .admin]),
  ]

  /// All application credentials.
  package var applicationCredentials: [ApplicationCredential] = [
    ApplicationCredential(
      id: "e2c7f4a01b9d4d6e93a5c08f7b61d24e", name: "novalens", secret: "app-secret",
      user: "3f60b1c8d2a94e57b6c0f9a1e8d47b25")
  ]

  /// The accounts that the connection help names.
  package init() {}
}
