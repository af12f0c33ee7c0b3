/// Which cloud this is, and who we are there.
package struct Place: Hashable, Sendable {
  package var cloud: String
  package var region: String?
  package var project: String?
  /// By which drafts and saves are kept, since two domains may each have a project of the same name.
  package var projectID: String?
  package var user: String?
  /// What the person should know about the connection, such as a token that travels unencrypted.
  package var warning: String?

  package init(
    cloud: String, region: String? = nil, project: String? = nil, projectID: String? = nil,
    user: String? = nil, warning: String? = nil
  ) {
    self.cloud = cloud
    self.region = region
    self.project = project
    self.projectID = projectID
    self.user = user
    self.warning = warning
  }

  /// What drafts and saves of this project are kept under.
  var projectKey: String { projectID ?? project ?? "" }
}
