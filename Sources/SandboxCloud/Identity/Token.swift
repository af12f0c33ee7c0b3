import Foundation
import NovaClient

/// A token that Keystone handed out.
struct Token {
  /// What a token is good for.
  enum Scope: Hashable {
    /// Only for asking for another token.
    case none
    /// The images of a project.
    case project(Accounts.Project)
    /// Administration of the domain.
    case domain
    /// Administration of everything.
    case system
  }

  var id: String
  var auditID: String
  /// How it was asked for; a token made from a token lists both.
  var methods: [String]
  var user: Accounts.User
  var scope: Scope
  var issued: Date
  var expires: Date
  /// Whether it was taken back before its time.
  var isRevoked = false
  /// Whether the compute service still takes it while the image service behind refuses it (observed after a
  /// revocation, for as long as compute keeps it in its cache).
  var isRefusedBehindCompute = false

  func isGood(at now: Date) -> Bool { !isRevoked && now < expires }

  /// The body of the answer to a sign-in.
  func json(_ address: SandboxAddress) -> String {
    let domain = "{\"id\": \"default\", \"name\": \"Default\"}"
    var members = [
      "\"methods\": [" + methods.map { "\"\($0)\"" }.joined(separator: ", ") + "]",
      "\"user\": {\"domain\": \(domain), \"id\": \"\(user.id)\", \"name\": \(PythonText.quoted(user.name)), "
        + "\"password_expires_at\": null}",
      "\"audit_ids\": [\"\(auditID)\"]", "\"expires_at\": \"\(Self.time(expires))\"",
      "\"issued_at\": \"\(Self.time(issued))\"",
    ]
    switch scope {
    case .none: break
    case .project(let project):
      members.append(
        "\"project\": {\"domain\": \(domain), \"id\": \"\(project.id)\", "
          + "\"name\": \(PythonText.quoted(project.name))}, \"is_domain\": false")
    case .domain: members.append("\"domain\": \(domain)")
    case .system: members.append("\"system\": {\"all\": true}")
    }
    if scope != .none { members += ["\"roles\": \(roles)", "\"catalog\": \(Self.catalog(address))"] }
    return "{\"token\": {" + members.joined(separator: ", ") + "}}"
  }

  private var roles: String {
    "["
      + user.roles.map { "{\"id\": \"\($0.rawValue)-role\", \"name\": \"\($0.rawValue)\"}" }
      .joined(separator: ", ") + "]"
  }

  private static func catalog(_ address: SandboxAddress) -> String {
    let services = [
      ("identity", "keystone", address.authURL), ("image", "glance", address.imageURL),
      ("compute", "nova", address.computeURL),
    ]
    let entries = services.map { type, name, url in
      let endpoints = ["public", "internal", "admin"].map { interface in
        "{\"id\": \"\(type)-\(interface)\", \"interface\": \"\(interface)\", "
          + "\"region_id\": \"\(SandboxAddress.region)\", \"region\": \"\(SandboxAddress.region)\", "
          + "\"url\": \"\(url)\"}"
      }
      return "{\"endpoints\": [\(endpoints.joined(separator: ", "))], \"id\": \"\(type)-service\", "
        + "\"type\": \"\(type)\", \"name\": \"\(name)\"}"
    }
    return "[" + entries.joined(separator: ", ") + "]"
  }

  /// Keystone writes microseconds, which are always zero (observed).
  private static func time(_ date: Date) -> String {
    String(Timestamp.format(date).dropLast()) + ".000000Z"
  }
}
