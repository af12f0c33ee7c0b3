import CHeap
import Foundation
import NovaClient
import Synchronization

/// `freed-memory`: lists the images of a cloud and prints how many pieces of memory were freed with a token or the password
/// in them.
///
///     OS_TOKEN=… freed-memory list ENDPOINT [copy]
///     TOKENS="…" OS_PASSWORD=… freed-memory renew AUTH_URL [copy]
///
/// `list` has its token from `OS_TOKEN`. `renew` signs in as `demo`, once more when the token's end is near, and again when
/// it was refused; `TOKENS` holds what Keystone will give out, and between the rounds it waits for a line, before which
/// somebody takes the second token back. With `copy`, a copy of a token, and of
/// the password, is freed on purpose.
@main struct FreedMemory {
  static func main() async throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard let what = arguments.first, let address = arguments.dropFirst().first else { exit(2) }
    // Not copies of them, which would be more to let go of.
    let tokens = words(of: what == "list" ? "OS_TOKEN" : "TOKENS")
    guard let first = tokens.first else { exit(2) }
    for token in tokens { cheap_watch(token.baseAddress, token.count) }
    if what == "list" {
      try await list(first, at: address)
    } else if let password = words(of: "OS_PASSWORD").first {
      cheap_watch(password.baseAddress, password.count)
      try await renew(at: address, with: password)
      if arguments.count > 2 { freeCopy(of: password) }
    } else {
      exit(2)
    }
    if arguments.count > 2 { freeCopy(of: first) }
    print("freed:", cheap_seen())
  }

  private static func freeCopy(of bytes: UnsafeRawBufferPointer) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
    copy.copyMemory(from: bytes)
    copy.deallocate()
  }

  private static func list(_ token: UnsafeRawBufferPointer, at endpoint: String) async throws {
    let configuration = CloudConfiguration(endpoint: endpoint, token: Secret(token))
    let transport = CurlTransport()
    let session = CloudSession(transport: transport) { configuration }
    for _ in 0..<3 { _ = try await ImagesClient(session).listDetailed() }
    transport.close()
  }

  private static func renew(at authURL: String, with password: UnsafeRawBufferPointer) async throws {
    let domain = KeystoneLogin.Domain.id("default")
    let login = KeystoneLogin(
      url: authURL, method: .password(.name("demo", domain), Secret(password)),
      scope: .project("demo", domain))
    let transport = CurlTransport()
    let isLate = Atomic(false)
    let session = CloudSession(
      transport: transport,
      // A token of the sandbox is good for an hour.
      now: { ContinuousClock().now + .seconds(isLate.load(ordering: .relaxed) ? 3580 : 0) }
    ) { CloudConfiguration(name: "sandbox", auth: .keystone(login)) }
    let client = ImagesClient(session)
    _ = try await client.listDetailed()
    isLate.store(true, ordering: .relaxed)
    _ = try await client.listDetailed()
    isLate.store(false, ordering: .relaxed)
    print("renewed")
    _ = readLine()
    _ = try await client.listDetailed()
    transport.close()
  }

  /// The parts of a variable, where they lie.
  private static func words(of variable: String) -> [UnsafeRawBufferPointer] {
    guard let start = getenv(variable) else { return [] }
    return UnsafeRawBufferPointer(start: start, count: strlen(start)).split(separator: UInt8(ascii: " "))
      .map(UnsafeRawBufferPointer.init(rebasing:))
  }
}
