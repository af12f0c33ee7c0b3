import BrowserModel
import BrowserRig
import Foundation
import NovaClient
import SandboxCloud
import Testing

/// A hundred changes by others: all are told, once, and nothing of the person's moves.
@MainActor struct RandomChangesTests {
  /// Somebody who works in the cloud, and keeps account of it.
  private struct Colleague {
    var dice: Dice
    /// The images, with how often each has changed; those that are gone are left out.
    var images: [Image.ID]
    var expected: [Image.ID: Int] = [:]
    /// Who must stay.
    let kept: Set<Image.ID>
    private var counter = 0

    init(seed: UInt64, images: [Image.ID], kept: Set<Image.ID>) {
      dice = Dice(seed: seed)
      self.images = images
      self.kept = kept
    }

    mutating func act(on rig: BrowserRig) async {
      counter += 1
      let place = Int.random(in: 0..<images.count, using: &dice)
      let id = images[place]
      let image = await rig.sandbox.image(id.rawValue)
      switch Int.random(in: 0..<5, using: &dice) {
      case 0:
        let new = Image.ID(await rig.sandbox.create("random-\(counter)", status: .queued))
        images.append(new)
        expected[new] = 1
      case 1 where !kept.contains(id):
        await rig.sandbox.remove(id.rawValue)
        images.remove(at: place)
        expected[id, default: 0] += 1
      case 2 where image?.status == .queued:
        await rig.sandbox.finish(id.rawValue, size: 9)
        expected[id, default: 0] += 1
      default:
        await rig.sandbox.set("count", to: "\(counter)", on: id.rawValue)
        expected[id, default: 0] += 1
      }
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `each change is told once and none is invented, while cursor, marks and typing stay`(seed: UInt64)
    async throws
  {
    let rig = try BrowserRig(images: 60, rows: 18)
    await rig.start()
    await rig.perform(.move(.halfPageDown), .mark, .mark, .move(.down), .filterName)
    let held = try #require(rig.browser.current?.id)
    let marks = rig.browser.marks
    let offset = rig.browser.cursor.row - rig.browser.cursor.top
    var colleague = Colleague(
      seed: seed, images: rig.ids.map { Image.ID($0) }.filter { !$0.rawValue.isEmpty },
      kept: marks.union([held]))
    var typed = ""
    for number in 0..<100 {
      await colleague.act(on: rig)
      // A change of its own second and interval, so that each is one.
      await rig.pass(5)
      if number % 9 == 0, typed.count < 8 {
        // The image under the cursor has to go on matching.
        let name = rig.browser.current?.displayName.lowercased() ?? ""
        let next = name.dropFirst(typed.count).first.map(String.init) ?? ""
        typed += next
        await rig.type(next)
      }
      #expect(rig.browser.current?.id == held)
      #expect(rig.browser.marks == marks)
      guard case .nameFilter(let field, _) = rig.browser.overlay else {
        Issue.record("the field has closed")
        return
      }
      #expect(field.text == typed)
    }
    #expect(rig.browser.cursor.row - rig.browser.cursor.top <= offset)
    // The sweep finds what went where nobody looked.
    for _ in 0..<400 { await rig.pass(1) }
    var told: [Image.ID: Int] = [:]
    for line in rig.browser.log.lines { told[line.image, default: 0] += line.words.hasPrefix("size") ? 0 : 1 }
    #expect(told == colleague.expected)
    let shown = Set(rig.browser.feed.listing.rows.filter { !$0.isGhost }.map(\.image.id))
    #expect(shown.isSubset(of: Set(colleague.images)))
    #expect(rig.browser.feed.listing.total == colleague.images.count)
  }
}
