/// The compute service's version documents, which need no token.
enum ComputeVersions {
  /// `GET /`.
  static func list(_ endpoint: String) -> Answer {
    let entries = ["v2", "v2.1"].map { "{\(head($0)), \"links\": [\(link(endpoint, $0, ""))]}" }
    return .json(200, "{\"versions\": [\(entries.joined(separator: ", "))]}")
  }

  /// `GET /v2.1`.
  static func document(_ root: String, _ endpoint: String) -> Answer {
    let links =
      link(endpoint, root, "")
      + ", {\"rel\": \"describedby\", \"type\": \"text/html\", \"href\": \"http://docs.openstack.org/\"}"
    return .json(
      200, "{\"version\": {\(head(root)), \"links\": [\(links)], \"media-types\": [\(mediaType(root))]}}")
  }

  /// Any other path outside the versions: a choice of paths that do not work either (observed).
  static func choices(_ endpoint: String, path: String) -> Answer {
    let entries = ["v2", "v2.1"].map { root in
      "{\"id\": \"\(id(root))\", \"status\": \"\(status(root))\", "
        + "\"links\": [\(link(endpoint, root, path))], \"media-types\": [\(mediaType(root))]}"
    }
    return .json(300, "{\"choices\": [\(entries.joined(separator: ", "))]}")
  }

  private static func head(_ root: String) -> String {
    let range = root == "v2" ? ("", "") : (Microversion.highest.text, Microversion.lowest.text)
    let updated = root == "v2" ? "2025-07-04T12:00:00Z" : "2013-07-23T11:33:21Z"
    return "\"id\": \"\(id(root))\", \"status\": \"\(status(root))\", \"version\": \"\(range.0)\", "
      + "\"min_version\": \"\(range.1)\", \"updated\": \"\(updated)\""
  }

  private static func id(_ root: String) -> String { root == "v2" ? "v2.0" : root }

  private static func status(_ root: String) -> String { root == "v2" ? "DEPRECATED" : "CURRENT" }

  private static func link(_ endpoint: String, _ root: String, _ path: String) -> String {
    "{\"rel\": \"self\", \"href\": \(PythonText.quoted("\(endpoint)/\(root)/\(path)"))}"
  }

  private static func mediaType(_ root: String) -> String {
    "{\"base\": \"application/json\", \"type\": \"application/vnd.openstack.compute+json;"
      + "version=\(root.dropFirst())\"}"
  }
}
