import Testing

@testable import NovaClient

/// What is known of a secret, and what is left of it.
struct SecretTests {
  @Test func `no way of printing shows it`() {
    let secret = Secret("hunter2")
    var dumped = ""
    dump(secret, to: &dumped)
    for text in ["\(secret)", "\([secret])", String(reflecting: secret), dumped] {
      #expect(!text.contains("hunter2"))
    }
    #expect(secret.reveal() == "hunter2")
  }

  @Test func `what is cleared is zero`() {
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: 8, alignment: 1)
    defer { bytes.deallocate() }
    bytes.copyBytes(from: "password".utf8)
    SecretBytes.clear(bytes)
    #expect(bytes.allSatisfy { $0 == 0 })
  }
}
