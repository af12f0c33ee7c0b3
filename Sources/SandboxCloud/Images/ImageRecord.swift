package import Foundation

/// An image as the image service keeps it, before the compute service has translated it.
///
/// It is deliberately not the client's `Image`: a sandbox that shared the client's idea of an image could not show
/// where that idea is wrong.
package struct ImageRecord: Hashable, Sendable {
  /// The image service's own words; what the compute service makes of them is `shownStatus`.
  package enum Status: String, Hashable, Sendable, CaseIterable {
    case queued, saving, active, killed, deactivated, importing, uploading, deleted
    case pendingDelete = "pending_delete"
  }

  /// Who may see an image.
  package enum Visibility: String, Hashable, Sendable {
    /// Everybody, in lists too.
    case `public`
    /// Its project only.
    case `private`
    /// Its project and its members: the image service's default.
    case shared
    /// Everybody who knows its id; only its project finds it in a list.
    case community
  }

  /// A UUID, made by whoever makes the record.
  package var id: String
  /// Nil where nobody gave a name.
  package var name: String?
  /// Where it stands.
  package var status: Status
  /// Who may see it.
  package var visibility: Visibility
  /// The id of its project.
  package var owner: String
  /// The ids of the projects that it is shared with.
  package var members: Set<String> = []
  /// Whether it refuses to be deleted.
  package var isProtected = false
  /// GiB.
  package var minDisk = 0
  /// MiB.
  package var minRAM = 0
  /// Bytes; nil until the data is there.
  package var size: Int?
  /// When it was made: the order of every list.
  package var created: Date
  /// When it last changed, to the fraction of a second, though answers show whole seconds.
  package var updated: Date
  /// Its free properties, which the compute service calls metadata.
  package var properties: ImageProperties

  /// An image of a project; ready to use unless something else is said.
  package init(
    id: String, name: String?, owner: String, created: Date, status: Status = .active,
    visibility: Visibility = .shared, size: Int? = nil, properties: ImageProperties = [:]
  ) {
    self.id = id
    self.name = name
    self.status = status
    self.visibility = visibility
    self.owner = owner
    self.size = size
    self.created = created
    updated = created
    self.properties = properties
  }

  /// The compute service's word for the status (observed).
  var shownStatus: String {
    switch status {
    case .active: "ACTIVE"
    case .queued, .saving: "SAVING"
    case .killed: "ERROR"
    case .deleted, .pendingDelete: "DELETED"
    case .deactivated, .importing, .uploading: "UNKNOWN"
    }
  }

  /// Per cent, of which the service knows four values.
  var progress: Int {
    switch status {
    case .queued: 25
    case .saving: 50
    case .active: 100
    default: 0
    }
  }
}
