/// What the command line says over clouds.yaml and the variables.
public struct CloudOverrides: Hashable, Sendable {
  /// `--os-region-name`.
  public var region: String?
  /// `--os-interface`.
  public var interface: String?
  /// `--os-project-name`; takes the place of a project's id too.
  public var projectName: String?
  /// `--os-cacert`.
  public var cacert: String?
  /// `--insecure`.
  public var insecure: Bool

  /// Changes nothing unless told otherwise.
  public init(
    region: String? = nil, interface: String? = nil, projectName: String? = nil, cacert: String? = nil,
    insecure: Bool = false
  ) {
    self.region = region
    self.interface = interface
    self.projectName = projectName
    self.cacert = cacert
    self.insecure = insecure
  }
}
