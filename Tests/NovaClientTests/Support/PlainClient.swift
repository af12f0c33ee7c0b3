import Foundation
import NovaClient

/// A client that shares nothing with ours: one request on a socket of its own, and whatever comes until it is closed.
struct PlainClient: Sendable {
  /// The connection ended before the answer did.
  struct Broken: Error {}

  let port: UInt16

  /// - Throws: `Broken` where the answer is not whole, or what the system says.
  func send(_ request: HTTPRequest, host: String) async throws -> HTTPResponse {
    let bytes = Self.bytes(request, host: host)
    // On a thread of its own: those of Swift's pool are few, and the server needs them.
    return try await withCheckedThrowingContinuation { continuation in
      Thread { continuation.resume(with: Result { try Self.answer(try exchange(bytes)) }) }.start()
    }
  }

  private static func bytes(_ request: HTTPRequest, host: String) -> Data {
    let path = request.url.split(separator: "/", omittingEmptySubsequences: false).dropFirst(3)
    var lines = ["\(request.method.rawValue) /\(path.joined(separator: "/")) HTTP/1.1", "Host: \(host)"]
    lines += request.headers.fields.map { "\($0.name): \($0.value)" }
    lines += ["Connection: close", "Content-Length: \(request.body?.count ?? 0)", "", ""]
    return Data(lines.joined(separator: "\r\n").utf8) + (request.body ?? Data())
  }

  private func exchange(_ bytes: Data) throws -> Data {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    defer { close(descriptor) }
    // A server that says nothing is a failure, and no reason to wait for ever.
    var patience = timeval(tv_sec: 60, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let code = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    try Self.check(code)
    try Self.check(
      bytes.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) })
    var received = Data()
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = recv(descriptor, &piece, piece.count, 0)
      try Self.check(count)
      if count == 0 { return received }
      received += piece[..<count]
    }
  }

  private static func check(_ result: Int) throws {
    if result < 0 { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
  }

  private static func check(_ result: Int32) throws { try check(Int(result)) }

  private static func answer(_ bytes: Data) throws -> HTTPResponse {
    guard let end = bytes.firstRange(of: Data("\r\n\r\n".utf8)) else { throw Broken() }
    let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
    guard let status = lines[0].split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
      throw Broken()
    }
    var headers: HTTPHeaders = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { throw Broken() }
      headers.add(String(parts[0]), parts[1].trimmingCharacters(in: .whitespaces))
    }
    let body = Data(bytes[end.upperBound...])
    guard headers["Content-Length"].flatMap({ Int($0) }) ?? 0 == body.count else { throw Broken() }
    return HTTPResponse(status, headers: headers, body: body)
  }
}
