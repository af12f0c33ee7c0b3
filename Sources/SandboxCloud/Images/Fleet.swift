import Foundation

/// The servers that snapshots and backups are taken of.
struct Fleet {
  /// One server; the sandbox has no more of it than its name and id.
  struct Server: Hashable {
    var id: String
    var name: String
    /// The number of its system among the distributions.
    var system: Int
    /// The id of the image it was made from, which may be long gone.
    var base: String
  }

  var servers: [Server]

  private static let roles = [
    "web", "db", "api", "cache", "worker", "build", "mail", "gitlab", "monitor", "vpn", "registry", "ldap",
  ]

  init(servers: [Server]) { self.servers = servers }

  init(count: Int, random: inout SplitMix) {
    servers = (0..<count).map { number in
      Server(
        id: random.uuid(), name: "\(Self.roles[number % Self.roles.count])-\(number / Self.roles.count + 1)",
        system: random.below(Distribution.systems.count), base: random.uuid())
    }
  }

  /// What the compute service writes into an image that it takes of a server.
  static func properties(
    _ server: Server, type: String, backup: String? = nil, user: String
  ) -> ImageProperties {
    let system = Distribution.systems[server.system]
    var properties = system.properties("x86_64")
    properties["image_type"] = type
    properties["instance_uuid"] = server.id
    properties["user_id"] = user
    properties["base_image_ref"] = server.base
    properties["boot_roles"] = "reader,member"
    properties["owner_project_name"] = "demo"
    properties["owner_user_name"] = "demo"
    properties["image_location"] = "snapshot"
    properties["image_state"] = "available"
    properties["backup_type"] = backup
    return properties
  }
}
