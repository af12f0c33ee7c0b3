import CHeap
import Foundation
import NovaClient

/// `freed-memory`: lists the images of an endpoint with the token in `OS_TOKEN`, lets go of all, and prints how many
/// pieces of memory were freed with the token in them. With a second argument, one is freed on purpose.
func list(_ token: UnsafeRawBufferPointer, at endpoint: String) async throws {
  cheap_watch(token.baseAddress, token.count)
  let configuration = CloudConfiguration(endpoint: endpoint, token: Secret(token))
  let transport = CurlTransport()
  let session = CloudSession(transport: transport) { configuration }
  for _ in 0..<3 { _ = try await ImagesClient(session).listDetailed() }
  transport.close()
}

// Not a copy of it, which would be one more to let go of.
guard let start = getenv("OS_TOKEN"), CommandLine.arguments.count > 1 else { exit(2) }
let token = UnsafeRawBufferPointer(start: start, count: strlen(start))
try await list(token, at: CommandLine.arguments[1])
if CommandLine.arguments.count > 2 { free(strdup(start)) }
print("freed:", cheap_seen())
