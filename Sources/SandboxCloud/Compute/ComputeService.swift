import Foundation
import NovaClient

/// The compute service in front of the images: what is checked before an operation, in the order in which the real
/// service checks it, and the headers of every answer.
struct ComputeService {
  var request: HTTPRequest
  var target: RequestTarget
  var address: SandboxAddress
  var token: Token?
  var requestID: String
  var now: Date

  /// The largest body that is read (observed).
  static let largestBody = 114_688

  /// The kinds of body that are taken, all of them for JSON; "" stands for none (observed).
  private static let bodyTypes: Set<String> = [
    "", "text/plain", "application/json", "application/vnd.openstack.compute+json",
  ]

  private var bodyType: String {
    let parts = request.headers["Content-Type"]?.split(separator: ";") ?? []
    return parts.first?.trimmingCharacters(in: .whitespaces).lowercased() ?? ""
  }

  /// Answers one request.
  func answer(_ images: inout ImageStore, listsFailed: Bool, losesWrite: Bool) -> HTTPResponse {
    var headers: HTTPHeaders = [:]
    do {
      return HTTPResponse(
        try perform(&images, &headers, listsFailed: listsFailed, losesWrite: losesWrite), headers: headers)
    } catch {
      return HTTPResponse(error, headers: headers)
    }
  }

  private var endpoint: String { "\(address.origin)/compute" }

  private func perform(
    _ images: inout ImageStore, _ headers: inout HTTPHeaders, listsFailed: Bool, losesWrite: Bool
  ) throws(Answer) -> Answer {
    let route = ComputeRoute(request.method, target)
    switch route {
    case .versions:
      return ComputeVersions.list(endpoint)
    case .choices:
      return ComputeVersions.choices(endpoint, path: target.parts.dropFirst().joined(separator: "/"))
    case .version(let root):
      addRequestID(&headers)
      if root != "v2" { name(.lowest, in: &headers) }
      return ComputeVersions.document(root, endpoint)
    case .unknown, .operation:
      break
    }
    addRequestID(&headers)
    guard request.body?.count ?? 0 <= Self.largestBody else {
      // The placeholder is the service's (observed).
      throw .html(
        413, "Request Entity Too Large", "Request is too large. Larger than max_request_body_size (%s).")
    }
    guard let token else {
      headers.add("WWW-Authenticate", Keystone.challenge(address))
      throw .json(
        401,
        #"{"error": {"code": 401, "title": "Unauthorized", "message": "#
          + #""The request you have made requires authentication."}}"#)
    }
    guard case .operation(let operation, let place) = route else {
      throw .noRoute(accept: request.headers["Accept"])
    }
    try checkVersion(operation, place, token, &headers)
    let call = ComputeCall(
      operation: operation, viewer: Viewer(token), target: target, body: request.body ?? Data(),
      addresses: addresses(place), listsFailed: listsFailed, losesWrite: losesWrite, now: now)
    return try call.perform(on: &images)
  }

  /// Version, kind of body, project and operation, in this order.
  private func checkVersion(
    _ operation: ImageOperation, _ place: ComputeRoute.Place, _ token: Token, _ headers: inout HTTPHeaders
  ) throws(Answer) {
    var version = Microversion.lowest
    if place.root != "v2" {
      version = try Microversion.asked(in: request.headers)
      name(version, in: &headers)
      try version.check()
    }
    guard Self.bodyTypes.contains(bodyType) else {
      throw .fault(415, "badMediaType", "Unsupported Content-Type")
    }
    if let asked = place.project, case .project(let own) = token.scope, asked != own.id {
      throw .badRequest(
        "Malformed request URL: URL's project_id '\(asked)' doesn't match Context's project_id '\(own.id)'")
    }
    guard version <= operation.lastVersion else { throw .resourceNotFound }
  }

  private func addresses(_ place: ComputeRoute.Place) -> ImageJSON.Addresses {
    let project = place.project.map { "/\($0)" } ?? ""
    return ImageJSON.Addresses(
      endpoint: "\(endpoint)/\(place.root)\(project)", bookmark: endpoint + project,
      images: address.imageURL)
  }

  private func addRequestID(_ headers: inout HTTPHeaders) {
    headers.add("x-openstack-request-id", requestID)
    headers.add("x-compute-request-id", requestID)
  }

  private func name(_ version: Microversion, in headers: inout HTTPHeaders) {
    headers.add("OpenStack-API-Version", "compute \(version.text)")
    headers.add("X-OpenStack-Nova-API-Version", version.text)
    headers.add("Vary", "OpenStack-API-Version")
    headers.add("Vary", "X-OpenStack-Nova-API-Version")
  }
}
