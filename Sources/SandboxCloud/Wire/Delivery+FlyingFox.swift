import FlyingFox
import FlyingSocks
import Foundation
import NovaClient

extension FlyingFox.HTTPResponse {
  /// A delivery as FlyingFox sends it; broken ones break the connection.
  init(_ delivery: Wire.Delivery) {
    switch delivery {
    case .whole(let response):
      // Large pages go out in large pieces.
      self.init(response, HTTPBodySequence(data: response.body, suggestedBufferSize: 1 << 18))
    case .cut(let response, let count):
      self.init(response, BrokenBody(bytes: response.body, isCutAfter: count).announced)
    case .trickle(let response, let count, let pause):
      self.init(response, BrokenBody(bytes: response.body, piece: count, pause: pause).announced)
    case .endless(let response):
      self.init(response, HTTPBodySequence(from: BrokenBody(bytes: response.body, isEndless: true)))
    case .nothing:
      self.init(webSocket: ClosedDoor())
    }
  }

  private init(_ response: NovaClient.HTTPResponse, _ body: HTTPBodySequence) {
    var headers: FlyingFox.HTTPHeaders = [:]
    for field in response.headers.fields { headers.addValue(field.value, for: HTTPHeader(field.name)) }
    self.init(
      statusCode: HTTPStatusCode(response.status, phrase: "Sandbox"), headers: headers, body: body)
  }
}

/// FlyingFox answers every request with a header first, but for a WebSocket: one that cannot be opened ends the
/// connection before anything is sent.
private struct ClosedDoor: WSHandler {
  func makeFrames(for client: AsyncThrowingStream<WSFrame, any Error>) async throws -> AsyncStream<WSFrame> {
    throw SocketError.disconnected
  }
}

/// A body that does not arrive as it should.
private struct BrokenBody: AsyncBufferedSequence {
  typealias Element = UInt8

  var bytes: Data
  var isCutAfter: Int?
  /// How many bytes go out at a time.
  var piece = 1 << 16
  var pause: Duration?
  var isEndless = false

  /// With a `Content-Length` of what should arrive.
  var announced: HTTPBodySequence { HTTPBodySequence(from: self, count: bytes.count) }

  func makeAsyncIterator() -> Iterator { Iterator(body: self) }

  struct Iterator: AsyncBufferedIteratorProtocol {
    let body: BrokenBody
    var sent = 0

    mutating func next() async throws -> UInt8? {
      try await nextBuffer(suggested: 1)?.first
    }

    mutating func nextBuffer(suggested count: Int) async throws -> Data? {
      if let pause = body.pause, sent > 0 { try await Task.sleep(for: pause) }
      let end = Swift.min(body.isCutAfter ?? .max, body.bytes.count)
      if sent == end, body.isEndless { sent = 0 }
      if sent == end {
        if body.isCutAfter != nil { throw SocketError.disconnected }
        return nil
      }
      let next = Swift.min(end, sent + Swift.max(1, Swift.min(count, body.piece)))
      defer { sent = next }
      return body.bytes[(body.bytes.startIndex + sent)..<(body.bytes.startIndex + next)]
    }
  }
}
