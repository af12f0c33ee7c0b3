import Foundation

/// Finds the compute API's version 2.1 below an endpoint that names no version, by the document at its root.
struct VersionDiscovery {
  var transport: any HTTPTransport

  /// The endpoint with its version; unchanged where it has one already.
  /// - Throws: `NovaError` of kind `.notOffered` with the versions that there are, or what the transport throws.
  func versioned(_ endpoint: ServiceURL) async throws -> ServiceURL {
    guard !endpoint.hasVersion else { return endpoint }
    let request = HTTPRequest(.get, endpoint.base + "/", headers: ["Accept": "application/json"])
    let response = try await transport.send(request)
    // Some services answer their root with 300 and the same list.
    guard response.status == 200 || response.status == 300 else { throw NovaError(response) }
    let document = try JSONReading.decode(Document.self, from: response)
    let versions = document.versions ?? document.choices ?? []
    // `v2.1` is what every release since 2015 offers; `v2.0` is the same without microversions.
    for id in ["v2.1", "v2.0"] {
      guard let link = versions.first(where: { $0.id == id })?.links.first(where: { $0.rel == "self" }) else {
        continue
      }
      if let found = endpoint.at(versionLink: link.href) { return found }
    }
    let offered = versions.isEmpty ? "nothing" : versions.map(\.id).joined(separator: ", ")
    throw NovaError(
      .notOffered, "there is no compute API 2.1 at \(endpoint.base); it offers \(offered)",
      status: response.status, requestID: response.requestID)
  }

  private struct Document: Decodable {
    var versions: [Version]?
    var choices: [Version]?
  }

  private struct Version: Decodable {
    var id: String
    var links: [Link]
  }

  private struct Link: Decodable {
    var rel: String
    var href: String
  }
}
