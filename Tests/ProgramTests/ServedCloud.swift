import Foundation
import Pilot
import SandboxCloud
import Synchronization

/// A cloud that this process serves, so that a test sees what arrives there, and a workplace to browse it from.
struct ServedCloud {
  let sandbox: Sandbox
  let address: SandboxAddress
  let workplace: Workplace

  /// What leads to the cloud, and nothing else.
  var variables: [String: String] {
    [
      "OS_AUTH_URL": address.authURL, "OS_USERNAME": "demo", "OS_PASSWORD": "demo-secret",
      "OS_PROJECT_NAME": "demo", "OS_USER_DOMAIN_NAME": "Default", "OS_PROJECT_DOMAIN_NAME": "Default",
      "OS_REGION_NAME": SandboxAddress.region,
    ]
  }

  /// The same, for clouds.yaml.
  func cloudsFile(password: String? = "demo-secret") -> String {
    """
    clouds:
      sandbox:
        region_name: \(SandboxAddress.region)
        auth:
          auth_url: \(address.authURL)
          username: demo
          project_name: demo
          user_domain_name: Default
          project_domain_name: Default
    """ + (password.map { "\n      password: \($0)\n" } ?? "\n")
  }

  /// Starts novalens, with the editor open for all images, in each of which `note` is `old`.
  func editAll(_ count: Int) async throws -> PtyProgram {
    for image in await sandbox.allImages { await sandbox.set("note", to: "old", on: image.id) }
    let novalens = try browse()
    try await novalens.waitFor("\(count) images")
    await novalens.send("*")
    try await novalens.waitFor("\(count) marked")
    await novalens.send("e")
    try await novalens.waitFor("\(count) images · editing metadata")
    return novalens
  }

  /// Starts novalens on the cloud.
  func browse(
    _ argument: String? = nil, environment: [String: String] = [:], columns: Int = 80, rows: Int = 24
  ) throws -> PtyProgram {
    try workplace.start(
      [argument].compactMap(\.self), environment: variables.merging(environment) { $1 }, columns: columns,
      rows: rows)
  }

  /// What runs novalens on the cloud at the far end of an SSH line, as a person's own shell would.
  func command(_ argument: String = "", _ more: [String: String] = [:]) -> String {
    let variables = variables.merging(
      ["HOME": workplace.home.path, "TZ": "UTC", "LANG": "C.UTF-8"]
    ) { $1 }.merging(more) { $1 }
    let pairs = variables.map { "\($0.key)='\($0.value)'" }.joined(separator: " ")
    return "cd '\(workplace.home.path)' && exec env \(pairs) \(PtyProgram.built("novalens")) \(argument)"
  }

  /// How many requests have arrived that could change something.
  var writes: Int {
    get async {
      await sandbox.requests.count { !$0.hasPrefix("GET ") && !$0.hasPrefix("POST /identity/v3/auth/tokens") }
    }
  }
}

/// Serves a cloud for as long as a test needs it.
///
/// - Parameters:
///   - names: the images that it has.
///   - takingTurns: not where the test itself sees to it that there are not too many.
func withCloud(
  _ names: String..., settings: SandboxSettings? = nil, takingTurns: Bool = true,
  _ body: (ServedCloud) async throws -> Void
) async throws {
  if takingTurns { await Turns.shared.take() }
  defer { if takingTurns { Turns.shared.giveBack() } }
  let sandbox = Sandbox(settings ?? SandboxSettings(imageCount: 0))
  for name in names { await sandbox.create(name, size: 1 << 30) }
  let server = SandboxServer(sandbox)
  let address = try await server.start()
  do {
    try await body(ServedCloud(sandbox: sandbox, address: address, workplace: Workplace()))
  } catch {
    await server.stop()
    throw error
  }
  await server.stop()
}

/// As many clouds with their programs as a machine can serve at once: what a test waits for should not have to wait for
/// all others.
private final class Turns: Sendable {
  static let shared = Turns(8)

  private let state: Mutex<(free: Int, waiting: [CheckedContinuation<Void, Never>])>

  init(_ count: Int) { state = Mutex((count, [])) }

  func take() async {
    await withCheckedContinuation { continuation in
      let isFree = state.withLock { state in
        if state.free > 0 {
          state.free -= 1
          return true
        }
        state.waiting.append(continuation)
        return false
      }
      if isFree { continuation.resume() }
    }
  }

  func giveBack() {
    let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
      guard !state.waiting.isEmpty else {
        state.free += 1
        return nil
      }
      return state.waiting.removeFirst()
    }
    next?.resume()
  }
}
