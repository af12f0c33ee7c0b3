/// An image's status in the compute service's words. Words that nobody knows yet are kept as they came.
public struct ImageStatus: RawRepresentable, Hashable, Sendable, Codable, ExpressibleByStringLiteral {
  /// The status as the service writes it.
  public var rawValue: String

  /// A status from a text; any is taken.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// A status from a literal.
  public init(stringLiteral value: String) { rawValue = value }

  /// Ready for use.
  public static let active: ImageStatus = "ACTIVE"
  /// Being made: queued at 25 %, being saved at 50 %.
  public static let saving: ImageStatus = "SAVING"
  /// Making it failed. Real services leave such an image out of every list (observed).
  public static let error: ImageStatus = "ERROR"
  /// Gone, or going.
  public static let deleted: ImageStatus = "DELETED"
  /// Deactivated, being imported or uploaded (observed).
  public static let unknown: ImageStatus = "UNKNOWN"

  /// The five words of the interface document.
  public static let known: [ImageStatus] = [.active, .saving, .error, .deleted, .unknown]
}

/// What kind of image it is.
public enum ImageType: String, Hashable, Sendable, CaseIterable {
  /// Neither a snapshot nor a backup; services have no word for it.
  case image
  /// Made from a server by hand.
  case snapshot
  /// Made from a server by a schedule.
  case backup

  /// The type that a metadata `image_type` means; anything but the two words is a plain image.
  public init(_ text: String?) {
    self = text.flatMap { $0 == "image" ? nil : ImageType(rawValue: $0) } ?? .image
  }
}
