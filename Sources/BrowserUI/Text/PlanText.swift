import BrowserModel

extension MetadataPlan.Request {
  /// As the review shows it.
  var text: String {
    switch self {
    case .set(let key, _): "PUT …/metadata/\(key)"
    case .merge(let items): "POST …/metadata  {\(items.keys.sorted().joined(separator: ", "))}"
    case .replace(let items): "PUT …/metadata  (all \(items.count))"
    case .delete(let key): "DELETE …/metadata/\(key)"
    }
  }
}
