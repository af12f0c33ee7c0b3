import CHeap

/// `fuzz-memory`: how many times its own length an input can have the program ask for, and how many it may. A program of
/// its own, in which nothing else asks for memory.
for input in denseAnswers + denseFiles + denseInput {
  // What is made once, such as tables, is no matter of the input.
  await input.read(Array(input.bytes.prefix(1000)))
  let before = cheap_begin()
  await input.read(input.bytes)
  let ratio = Double(cheap_peak() - before) / Double(input.bytes.count)
  print("\((ratio * 10).rounded() / 10) \(input.limit) \(input.name)")
}
