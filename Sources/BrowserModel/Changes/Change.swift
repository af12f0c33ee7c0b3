package import Foundation
package import NovaClient

/// Something that has happened to an image, as two readings of it tell: what the log keeps, the notice line says and
/// the list marks.
package struct Change: Hashable, Sendable {
  /// When it happened, by this machine's clock; for an image that is gone, when that was found.
  package let time: Date
  package let image: Image.ID
  /// What the image is called, for people.
  package let name: String
  package let kind: Kind
  /// Whether it was done from here.
  package let isOurs: Bool

  package init(time: Date, image: Image.ID, name: String, kind: Kind, isOurs: Bool = false) {
    self.time = time
    self.image = image
    self.name = name
    self.kind = kind
    self.isOurs = isOurs
  }

  package enum Kind: Hashable, Sendable {
    case new(ImageStatus)
    /// What differs; nothing where only the time of its last change says that something did.
    case changed([Difference])
    case gone
  }

  /// Whether it leaves the image where somebody who waits for it wants to know: ready, failed, gone, or ready no longer.
  /// An image on its way to being ready may pass through any other status.
  package var outcome: Outcome? {
    switch kind {
    case .gone: return .gone
    case .new(let status): return Outcome(status)
    case .changed(let differences):
      for case .status(let from, let to, _) in differences {
        return Outcome(to) ?? (from == .active ? .left(to) : nil)
      }
      return nil
    }
  }

  /// What the row of the image is marked with.
  package var sign: Highlights.Sign {
    switch kind {
    case .new: .new
    case .changed: .changed
    case .gone: .gone
    }
  }

  /// How waiting for an image ends.
  package enum Outcome: Hashable, Sendable {
    case active
    case error
    case gone
    /// It was ACTIVE, and is this now.
    case left(ImageStatus)

    init?(_ status: ImageStatus) {
      switch status {
      case .active: self = .active
      case .error: self = .error
      case .deleted: self = .gone
      default: return nil
      }
    }

    package var word: String {
      switch self {
      case .active: "ACTIVE"
      case .error: "ERROR"
      case .gone: "gone"
      case .left(let status): "\(status.rawValue) now"
      }
    }
  }
}

/// One thing in which two readings of an image differ.
package enum Difference: Hashable, Sendable {
  /// `after` says how long the image was being saved, by the service's own times.
  case status(from: ImageStatus, to: ImageStatus, after: Duration?)
  case progress(from: Int?, to: Int?)
  case name(from: String?, to: String?)
  /// GiB.
  case minDisk(from: Int, to: Int)
  /// MiB.
  case minRAM(from: Int, to: Int)
  /// Bytes.
  case size(from: Int?, to: Int?)
  case metadata(key: String, from: String?, to: String?)

  /// All differences that a person would call one. What follows from a new status is not said besides.
  static func between(_ old: Image, _ new: Image) -> [Difference] {
    var all: [Difference] = []
    if old.status != new.status {
      all.append(.status(from: old.status, to: new.status, after: time(of: old, until: new)))
    } else {
      if old.progress != new.progress { all.append(.progress(from: old.progress, to: new.progress)) }
      if old.size != new.size { all.append(.size(from: old.size, to: new.size)) }
    }
    if old.name != new.name { all.append(.name(from: old.name, to: new.name)) }
    if old.minDisk != new.minDisk { all.append(.minDisk(from: old.minDisk, to: new.minDisk)) }
    if old.minRAM != new.minRAM { all.append(.minRAM(from: old.minRAM, to: new.minRAM)) }
    if old.metadata != new.metadata {
      for key in Set(old.metadata.keys).union(new.metadata.keys).sorted()
      where old.metadata[key] != new.metadata[key] {
        all.append(
          .metadata(
            key: key, from: old.metadata[key].map(MetadataRules.text),
            to: new.metadata[key].map(MetadataRules.text)))
      }
    }
    return all
  }

  /// An image is saved from its creation on.
  private static func time(of old: Image, until new: Image) -> Duration? {
    guard old.status == .saving, let start = old.created, let end = new.updated, end >= start else {
      return nil
    }
    return .seconds(end.timeIntervalSince(start))
  }
}
