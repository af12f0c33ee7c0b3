/// Where a sandbox's services are: one origin, a path for each.
package struct SandboxAddress: Hashable, Sendable {
  /// Scheme, host and port without a path, for example `http://127.0.0.1:8774`.
  package var origin: String

  /// An address by its origin.
  package init(origin: String) {
    self.origin = origin
  }

  /// What goes into `auth_url`.
  package var authURL: String { "\(origin)/identity/v3" }
  /// The compute endpoint as the catalogue has it, without a project id.
  package var computeURL: String { "\(origin)/compute/v2.1" }
  /// The image service's endpoint.
  package var imageURL: String { "\(origin)/image" }
  /// The one region of the catalogue.
  package static let region = "RegionOne"

  /// How to connect, for people.
  package var connectionHelp: String {
    """
    A sandbox cloud listens on \(origin) until Ctrl-C. To use it:

      export OS_AUTH_URL=\(authURL)
      export OS_USERNAME=demo OS_PASSWORD=demo-secret OS_PROJECT_NAME=demo
      export OS_USER_DOMAIN_NAME=Default OS_PROJECT_DOMAIN_NAME=Default OS_REGION_NAME=\(Self.region)

    or, in clouds.yaml:

      clouds:
        sandbox:
          auth:
            auth_url: \(authURL)
            username: demo
            password: demo-secret
            project_name: demo
            user_domain_name: Default
            project_domain_name: Default
          region_name: \(Self.region)

    Others: reader / reader-secret (project demo, may only read), alt / alt-secret (project alt),
    admin / admin-secret (project admin). Nothing here is real and nothing is kept.
    """
  }
}
