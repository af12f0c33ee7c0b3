import CHeap
import FuzzTargets

/// `fuzz-memory`: how many times its own length an answer can have the program ask for. Each is as dense as can be, so
/// that a few bytes of it make much. A program of its own, in which nothing else asks for memory.
private func dense(_ open: String, _ element: String, _ close: String) -> [UInt8] {
  let text = open + repeatElement(element, count: 300_000 / element.utf8.count).joined(separator: ",") + close
  return Array(text.utf8)
}

private let id = #"{"id":"155d900f-4e14-4e4c-a73d-069cbf4541e6","name":"a","status":"ACTIVE"}"#
private let answers: [(name: String, target: FuzzTarget?, bytes: [UInt8])] = [
  ("images", "images", dense(#"{"images":["#, id, "]}")),
  ("numbers for images", "images", dense(#"{"images":["#, "0", "]}")),
  ("empty images", "images", dense(#"{"images":["#, "{}", "]}")),
  ("lists for images", "images", dense(#"{"images":["#, "[]", "]}")),
  ("links without images", "images", dense(#"{"images":[],"images_links":["#, "{}", "]}")),
  (
    "an image of lists", "images",
    dense(#"{"image":{"id":"1","status":"ACTIVE","metadata":{"a":["#, "0", "]}}}")
  ),
  ("metadata", "images", dense(#"{"metadata":{"#, #""a":"b""#, "}}")),
  ("a number", "images", Array(repeating: UInt8(ascii: "9"), count: 300_000)),
  ("depth", "images", Array(repeating: UInt8(ascii: "["), count: 300_000)),
  ("stray bytes", "images", Array(repeating: 0xFF, count: 300_000)),
  ("a catalogue", "keystone", [0] + dense(#"{"token":{"catalog":["#, #"{"type":"a"}"#, "]}}")),
  ("numbers for a catalogue", "keystone", [0] + dense(#"{"token":{"catalog":["#, "0", "]}}")),
  // As dense as is let through.
  ("padded numbers for images", "images", dense(#"{"images":["#, "           0", "]}")),
  ("padded empty images", "images", dense(#"{"images":["#, "                {}", "]}")),
].map { name, target, bytes in (name, FuzzTarget.all.first { $0.name == target }, bytes) }

for answer in answers {
  guard let target = answer.target else { preconditionFailure("\(answer.name) is for no target") }
  // What is made once, such as tables, is no matter of the answer.
  await target.run(Array(answer.bytes.prefix(1000)))
  let before = cheap_begin()
  await target.run(answer.bytes)
  let ratio = Double(cheap_peak() - before) / Double(answer.bytes.count)
  print("\((ratio * 10).rounded() / 10) \(answer.name)")
}
