public import Foundation

/// What a list is asked for: the nine query parameters under their real names.
///
/// Nearly all of them mean equality on real services, `minDisk` and `minRam` included (observed); whoever wants
/// "contains" or "at least" filters what comes back.
public struct ImageQuery: Hashable, Sendable {
  /// `changes-since`: images whose `updated` is at or after this time. Deleted images are not among them on real
  /// services (observed), whatever the interface document says.
  public var changesSince: Date?
  /// `server`: a server's id, or a URL that ends in one.
  public var server: String?
  /// `name`: equality, case-sensitive. A name that begins with `in:` cannot be asked for.
  public var name: String?
  /// `status`: handed to the image service in lower case; `in:queued,saving` finds what is shown as SAVING.
  public var status: String?
  /// `minDisk`, in GiB: equality.
  public var minDisk: Int?
  /// `minRam`, in MiB: equality.
  public var minRAM: Int?
  /// `type`: equality with the metadata `image_type`.
  public var type: String?
  /// `limit`: images a page. Above 1,000 real services leave out the link to the rest (observed).
  public var limit: Int?
  /// `marker`: the last image of the page before; it need not match the filters.
  public var marker: Image.ID?

  /// A query; without any parameter it asks for everything in one answer.
  public init(
    changesSince: Date? = nil, server: String? = nil, name: String? = nil, status: String? = nil,
    minDisk: Int? = nil, minRAM: Int? = nil, type: String? = nil, limit: Int? = nil,
    marker: Image.ID? = nil
  ) {
    self.changesSince = changesSince
    self.server = server
    self.name = name
    self.status = status
    self.minDisk = minDisk
    self.minRAM = minRAM
    self.type = type
    self.limit = limit
    self.marker = marker
  }

  /// The parameters that are set, in the interface document's order.
  public var items: [ServiceCall.QueryItem] {
    [
      changesSince.map { .init("changes-since", Timestamp.format($0)) },
      server.map { .init("server", $0) },
      name.map { .init("name", $0) },
      status.map { .init("status", $0) },
      minDisk.map { .init("minDisk", String($0)) },
      minRAM.map { .init("minRam", String($0)) },
      type.map { .init("type", $0) },
      limit.map { .init("limit", String($0)) },
      marker.map { .init("marker", $0.rawValue) },
    ].compactMap { $0 }
  }
}
