import Dispatch
import FuzzTargets
import Glibc

/// libFuzzer, which has a `main` of its own, on the target that `NOVALENS_FUZZ` names. Built only by `make fuzz`.
private let chosen: FuzzTarget? = {
  let name = getenv("NOVALENS_FUZZ").map { String(cString: $0) }
  return FuzzTarget.all.first { $0.name == name }
}()

/// What libFuzzer calls with each input (llvm.org/docs/LibFuzzer.html).
@_cdecl("LLVMFuzzerTestOneInput") package func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int)
  -> Int32
{
  guard let chosen else { preconditionFailure("NOVALENS_FUZZ names no target") }
  let input = Array(UnsafeBufferPointer(start: bytes, count: count))
  // libFuzzer knows no async.
  let done = DispatchSemaphore(value: 0)
  Task.detached {
    await chosen.run(input)
    done.signal()
  }
  done.wait()
  return 0
}
