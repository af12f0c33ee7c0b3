import Foundation

/// Scheme, host and port of an address: the place that a token belongs to, and the way it is named to people.
package struct Origin: Hashable, Sendable, CustomStringConvertible {
  /// `http` or `https`.
  package var scheme: String
  /// The host in lower case, with its brackets where it is an IPv6 address.
  package var host: String
  /// The port, also where the address leaves it out.
  package var port: Int

  /// Nil where the text is not the address of an HTTP service. A user name in it is left out, as it may come with a
  /// password.
  package init?(_ url: String) {
    guard let (scheme, authority, _) = Self.split(url) else { return nil }
    self.scheme = scheme
    let server = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
    let colon = server.lastIndex(of: ":").flatMap { server[$0...].contains("]") ? nil : $0 }
    host = server[..<(colon ?? server.endIndex)].lowercased()
    let portText = colon.map { server[server.index(after: $0)...] } ?? ""
    let usual = scheme == "https" ? 443 : 80
    guard !host.isEmpty, let port = portText.isEmpty ? usual : Int(portText) else { return nil }
    self.port = port
  }

  /// `127.0.0.1:8774`.
  package var description: String { "\(host):\(port)" }

  /// The origin as the beginning of an address, without a slash at its end or a port that goes without saying.
  package var url: String {
    port == (scheme == "https" ? 443 : 80) ? "\(scheme)://\(host)" : "\(scheme)://\(host):\(port)"
  }

  /// The path of an address without its query, beginning with `/`, or empty.
  package static func path(of url: String) -> Substring {
    guard let (_, _, rest) = split(url) else { return "" }
    return rest.prefix { !"?#".contains($0) }
  }

  /// The path and query of an address as they go over the wire; `/` where both are empty.
  package static func target(of url: String) -> String {
    let target = split(url)?.rest.prefix { $0 != "#" } ?? ""
    return target.hasPrefix("/") ? String(target) : "/" + target
  }

  private static func split(_ url: String) -> (scheme: String, authority: Substring, rest: Substring)? {
    guard let colon = url.range(of: "://") else { return nil }
    let scheme = url[..<colon.lowerBound].lowercased()
    guard scheme == "http" || scheme == "https" else { return nil }
    let end = url[colon.upperBound...].firstIndex { "/?#".contains($0) } ?? url.endIndex
    return (scheme, url[colon.upperBound..<end], url[end...])
  }
}
