package import NovaClient

extension ImageFilter {
  /// What of this filter the service can be asked soundly, that is, so that it leaves out nothing that matches:
  /// most of its parameters mean equality, and some statuses are never listed (observed). Nil where nothing can.
  package var serviceQuestion: ImageQuery? {
    var query = ImageQuery()
    // A name that begins with `in:` is taken for a list of names.
    if let name, name.way == .equals, !name.text.hasPrefix("in:") { query.name = name.text }
    switch status {
    case .active: query.status = "active"
    // What is shown as SAVING or UNKNOWN has other words in the image service behind.
    case .saving: query.status = "in:queued,saving"
    case .unknown: query.status = "in:deactivated,importing,uploading"
    default: break
    }
    if let type, type != .image { query.type = type.rawValue }
    if let minDisk, minDisk.way == .exactly { query.minDisk = minDisk.number }
    if let minRAM, minRAM.way == .exactly { query.minRAM = minRAM.number }
    query.server = server
    query.changesSince = changedSince?.date
    return query == ImageQuery() ? nil : query
  }
}
