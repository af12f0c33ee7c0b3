import Foundation
import NovaClient
import SandboxCloud
import Testing

@Suite struct NovaErrorTests {
  private func error(_ status: Int, _ body: String, _ headers: HTTPHeaders = [:]) -> NovaError {
    NovaError(HTTPResponse(status, headers: headers, body: Data(body.utf8)))
  }

  private static let page =
    "<html>\n <head>\n  <title>Oops</title>\n </head>\n <body>\n  <h1>Oops</h1>\n  It&#x27;s <br /><br />\n\nbroken.\n </body>\n</html>"

  @Test(arguments: [
    (400, NovaError.Kind.badRequest), (401, .notSignedIn), (403, .forbidden), (404, .notFound),
    (406, .notOffered),
    (409, .conflict), (413, .tooLarge), (415, .badRequest), (429, .rateLimited), (500, .serverError),
    (501, .serverError), (502, .unavailable), (503, .unavailable), (504, .unavailable), (301, .redirected),
    (302, .redirected), (307, .redirected), (418, .badRequest),
  ])
  func `the status decides what can be done about it`(_ status: Int, _ kind: NovaError.Kind) {
    let error = error(
      status, #"{"someFault": {"code": 1, "message": "Words."}}"#, ["x-openstack-request-id": "req-1"])
    #expect(error.kind == kind && error.message == "Words." && error.isServiceMessage)
    #expect(error.status == status && error.requestID == "req-1")
    #expect(error.fault == "someFault")
  }

  @Test(arguments: [#"{"error": {"message": " "}}"#, #"{"message": ""}"#, "<html></html>", "", "{}", "null"])
  func `an answer without a word is told by its status`(_ body: String) {
    #expect(error(401, body).message == "the service answered 401")
    #expect(!error(401, body).isServiceMessage)
  }

  @Test(arguments: [
    (
      404, #"{"itemNotFound": {"code": 404, "message": "Image not found."}}"#, NovaError.Kind.notFound,
      "Image not found."
    ),
    (
      401, #"{"error": {"code": 401, "title": "Unauthorized", "message": "It requires authentication."}}"#,
      .notSignedIn, "It requires authentication."
    ),
    (
      404,
      #"{"message": "The resource could not be found.<br /><br />\n\n\n", "code": "404 Not Found", "title": "Not Found"}"#,
      .notOffered, "The resource could not be found."
    ),
    (404, page, .notOffered, "Oops It's broken."),
    (413, page, .tooLarge, "Oops It's broken."),
    (503, page, .unavailable, "Oops It's broken."),
    (
      500,
      #"{"computeFault": {"code": 500, "message": "Unexpected API Error. Please contact\n<class 'nova.exception.GlanceConnectionFailed'>"}}"#,
      .unavailable, "Unexpected API Error. Please contact <class 'nova.exception.GlanceConnectionFailed'>"
    ),
    (
      400,
      #"{"badRequest": {"code": 400, "message": "HTTP 400 Bad Request: Bad &quot;updated_at&quot; &lt;&amp;lt;&gt;"}}"#,
      .badRequest, #"HTTP 400 Bad Request: Bad "updated_at" <&lt;>"#
    ),
    (500, "", .serverError, "the service answered 500"),
    (502, "gone", .unavailable, "gone"),
    (400, "[1]", .badRequest, "the service answered 400"),
    (400, #"{"badRequest": {"code": 400}}"#, .badRequest, "the service answered 400"),
    (400, #"{"badRequest": {"message": "half a pair \ud800"}}"#, .badRequest, "half a pair \u{FFFD}"),
  ])
  func `the message is the service's in whatever form it comes`(
    _ status: Int, _ body: String, _ kind: NovaError.Kind, _ message: String
  ) {
    let error = error(status, body)
    #expect(error.kind == kind && error.message == message && error.status == status)
  }

  @Test func `what the service calls the fault tells its own words from a proxy's`() {
    #expect(
      error(404, #"{"itemNotFound": {"code": 404, "message": "Image not found."}}"#).fault == "itemNotFound")
    #expect(error(404, #"{"message": "no Route matched with those values"}"#).fault == nil)
    #expect(error(404, Self.page).fault == nil)
  }

  @Test(
    arguments: [
      ("7", 7), ("0", 0), ("-5", 0), ("100000", 3600), ("Mon, 23 Nov 2026 12:01:30 GMT", 90),
      ("Mon, 23 Nov 2026 11:00:00 GMT", 0), ("Wed, 25 Nov 2026 12:00:00 GMT", 3600), ("soon", nil), ("", nil),
    ] as [(String, Int?)])
  func `how long to wait is told in seconds or as a time of the service's clock`(
    _ header: String, _ seconds: Int?
  ) {
    let error = error(429, "", ["Retry-After": header, "Date": "Mon, 23 Nov 2026 12:00:00 GMT"])
    #expect(error.retryAfter == seconds.map { .seconds($0) })
  }

  @Test func `a time without the service's clock says nothing`() {
    #expect(error(503, "", ["Retry-After": "Mon, 23 Nov 2026 12:01:30 GMT"]).retryAfter == nil)
  }

  @Test func `too large with a time to wait is too often`() {
    let error = error(413, #"{"overLimit": {"code": 413, "message": "Slow down."}}"#, ["Retry-After": "3"])
    #expect(error.kind == .rateLimited && error.retryAfter == .seconds(3))
  }

  @Test(arguments: Wire.both) func `every error of an operation arrives like that`(_ wire: Wire) async throws
  {
    try await ClientDesk.open(wire) { desk in
      let faults: [(Fault, NovaError.Kind, Int?)] = [
        (.badGateway, .unavailable, 502), (.unavailable(retryAfter: 3), .unavailable, 503),
        (.gatewayTimeout, .unavailable, 504), (.tooManyRequests(retryAfter: 7), .rateLimited, 429),
        (.overLimit(413, 7), .rateLimited, 413), (.overLimit(413, nil), .tooLarge, 413),
        (.unexpected("TypeError"), .serverError, 500), (.redirect(to: "http://x.invalid/"), .redirected, 302),
        (.notJSON, .malformedAnswer, 200), (.drop, .unreachable, nil),
        (.cut(afterBytes: 5), .malformedAnswer, nil),
      ]
      for (fault, kind, status) in faults {
        // Twice, since reading is tried once more when a kept connection ends without a word.
        await desk.sandbox.inject(fault, into: .compute, times: 2)
        let error = await #expect(throws: NovaError.self, "\(fault)") { try await desk.client.list() }
        #expect(error?.kind == kind, "\(fault)")
        #expect(error?.status == status, "\(fault)")
        await desk.sandbox.removeFaults()
      }
    }
  }

  @Test(arguments: Wire.both) func `a refused token is renewed before anybody sees an error`(
    _ wire: Wire
  ) async throws {
    try await ClientDesk.open(wire) { desk in
      await desk.add("web", secondsAgo: 1)
      _ = try await desk.client.list()
      await desk.sandbox.revokeTokens()
      let afterRevocation = try await desk.client.list().images.count
      await desk.sandbox.revokeTokensBehindCompute()
      let afterRefusal = try await desk.client.listDetailed().images.count
      #expect(afterRevocation == 1 && afterRefusal == 1)
      #expect(await desk.sandbox.requests.filter { $0.hasPrefix("POST /identity") }.count == 3)
    }
  }
}
