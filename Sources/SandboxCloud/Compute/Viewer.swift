/// Whom a request comes from, as far as images care.
struct Viewer {
  /// Nil for a token that is scoped to no project.
  var project: String?
  var isAdmin: Bool
  var isMember: Bool
  /// Whether the token is good for no service at all.
  var isUnscoped: Bool
  /// Whether the image service refuses what the compute service takes.
  var isRefusedBehindCompute: Bool

  init(_ token: Token) {
    if case .project(let project) = token.scope { self.project = project.id }
    isAdmin = token.user.roles.contains(.admin)
    isMember = token.user.roles.contains(.member)
    isUnscoped = token.scope == .none
    isRefusedBehindCompute = token.isRefusedBehindCompute
  }

  /// Whether the image exists for them when they name its id.
  func sees(_ image: ImageRecord) -> Bool {
    isAdmin || isOwner(image) || image.visibility == .public || image.visibility == .community
      || (image.visibility == .shared && isGuest(image))
  }

  /// Whether a list shows them the image, apart from its status.
  func finds(_ image: ImageRecord) -> Bool {
    isAdmin || isOwner(image) || image.visibility == .public
      || (image.visibility == .shared && isGuest(image))
  }

  /// Whether they may change it.
  func mayWrite(_ image: ImageRecord) -> Bool { isAdmin || (isMember && isOwner(image)) }

  private func isOwner(_ image: ImageRecord) -> Bool { image.owner == project }

  private func isGuest(_ image: ImageRecord) -> Bool { project.map(image.members.contains) ?? false }
}
