/// Where a session has arrived, for the screen's header.
public struct CloudInfo: Hashable, Sendable {
  /// The cloud's name in clouds.yaml, or its host.
  public var cloud: String
  /// The region that was asked for or found.
  public var region: String?
  /// The project's name; nil without Keystone.
  public var project: String?
  /// The project's id; drafts are kept by it.
  public var projectID: String?
  /// The user's name.
  public var user: String?
  /// The user's roles in the project.
  public var roles: [String]
  /// The compute endpoint with its version.
  public var endpoint: String
  /// What the person should know, as sentences: a token that goes over the line in the clear.
  public var warnings: [String]
}
