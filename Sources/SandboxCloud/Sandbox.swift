package import Foundation
package import NovaClient

/// A cloud in this process: an identity service, a compute service's images API and enough of an image service.
///
/// It answers what a real Keystone, Nova and Glance answer, with their traps and messages. A test asks it through an
/// `InProcessTransport`, a person through a `SandboxServer`; both may do so at once.
package actor Sandbox {
  private let settings: SandboxSettings
  private var keystone: Keystone
  private var life: Life?
  private var random: SplitMix
  /// By how much `advance(by:)` has moved the clock, in seconds.
  private var shift: TimeInterval = 0
  var images: ImageStore
  var wire = Wire()

  /// Makes the cloud; the same settings make the same one.
  package init(_ settings: SandboxSettings = SandboxSettings()) {
    self.settings = settings
    keystone = Keystone(settings)
    random = SplitMix(seed: settings.seed ^ 0x7265_7175_6573_7473)
    let start = Self.time(settings.clock)
    images = ImageStore(ImageGenerator(settings, now: start).images())
    life = settings.isAlive ? Life(seed: settings.seed, images: images, start: start) : nil
  }

  /// The cloud's time.
  package var now: Date { Self.time(settings.clock).addingTimeInterval(shift) }

  private static func time(_ clock: SandboxSettings.Clock) -> Date {
    switch clock {
    case .system: Date()
    case .stopped(let date): date
    }
  }

  /// Lets time pass: tokens age, and what the cloud's life brings in that time happens.
  package func advance(by duration: Duration) {
    shift += duration.seconds
    live()
  }

  /// Answers one request as the services do, without the faults of the way there.
  package func respond(to request: HTTPRequest) -> HTTPResponse {
    respond(to: request, losesWrite: false)
  }

  func respond(to request: HTTPRequest, losesWrite: Bool) -> HTTPResponse {
    live()
    let target = RequestTarget(request.url)
    let address = SandboxAddress(origin: target.origin)
    let token = keystone.token(request.headers["X-Auth-Token"], at: now)
    let rest = Array(target.parts.dropFirst())
    var response: HTTPResponse
    switch target.parts.first {
    case "identity":
      response = keystone.answer(request, rest, at: address, now: now)
      response.headers.add("x-openstack-request-id", requestID())
    case "compute":
      let service = ComputeService(
        request: request, target: target, address: address, token: token, requestID: requestID(), now: now)
      response = service.answer(&images, listsFailed: settings.listsFailed, losesWrite: losesWrite)
    case "image":
      response = ImageService.answer(
        request, rest, token: token, images: images, challenge: Keystone.challenge(address))
      response.headers.add("x-openstack-request-id", requestID())
    default:
      response = HTTPResponse(.html(404, "Not Found", "The sandbox has /identity, /compute and /image."))
    }
    response.headers.add("Date", HTTPDate.format(now))
    return response
  }

  /// Takes back all tokens: whoever uses one gets 401.
  package func revokeTokens() { keystone.revokeAll() }

  /// Lets the image service refuse all tokens that the compute service still takes, as after a revocation: lists are
  /// then 403, one image is 500.
  package func revokeTokensBehindCompute() { keystone.refuseAllBehindCompute() }

  /// Whatever the cloud's life has brought since it was last looked at. Nothing runs in between, so a cloud that
  /// nobody asks costs nothing, and the same times always show the same.
  private func live() {
    life?.run(until: now, on: &images)
  }

  /// An id that no image has yet.
  func newID() -> String { random.uuid() }

  private func requestID() -> String { "req-" + random.uuid() }
}

extension Duration {
  /// The duration in seconds.
  var seconds: TimeInterval {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
