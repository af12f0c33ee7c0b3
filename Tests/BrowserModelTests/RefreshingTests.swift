import BrowserModel
import BrowserRig
import Foundation
import NovaClient
import SandboxCloud
import Testing

/// Asking because a person wants to know now, and what keeps that from being too much.
@MainActor @Suite(.timeLimit(.minutes(3))) struct RefreshingTests {
  private func rig(_ count: Int) async throws -> BrowserRig {
    let rig = try BrowserRig(rows: 20)
    for number in 10..<10 + count { await rig.make("web-\(number)") }
    await rig.start()
    return rig
  }

  /// A filtered list, and a refresh whose answer the gate holds.
  private func awaited(_ isPaused: Bool) async throws -> (BrowserRig, Gate) {
    let rig = try await rig(20)
    await rig.perform(.quickFilter(.active))
    if isPaused { await rig.perform(.pause) }
    let gate = Gate()
    await rig.sandbox.inject(.hold(gate), into: changes, times: 1)
    _ = rig.browser.perform(.refresh)
    await gate.arrival()
    return (rig, gate)
  }

  /// A start whose first page the gate holds.
  private func hangingStart(images: Int = 3, interval: Duration = .seconds(5)) async throws -> (
    BrowserRig, Gate, Task<Void, Never>
  ) {
    let rig = try BrowserRig(images: images, interval: interval)
    let gate = Gate()
    await rig.sandbox.inject(
      .hold(gate), into: RequestPattern { $0.url.contains("/images/detail") }, times: 1)
    let start = Task { await rig.start() }
    await gate.arrival()
    return (rig, gate, start)
  }

  private let changes = RequestPattern { $0.url.contains("changes-since") }

  @Test func `a refresh of a whole screen takes few requests, and sees all of it`() async throws {
    let rig = try await rig(20)
    await rig.sandbox.remove(rig.ids[13])
    await rig.sandbox.set("a", to: "1", on: rig.ids[17])
    await rig.sandbox.forgetRequests()
    await rig.perform(.refresh)
    #expect(Set(rig.changes) == ["web-23: gone", "web-27: a: – → 1"])
    // What changed, who is there, and the one that is missing alone.
    #expect(await rig.sandbox.requests.count == 3)
  }

  @Test func `a screen of long names is asked for in more than one question, and all are asked for`()
    async throws
  {
    let rig = try BrowserRig(rows: 20)
    for number in 10..<30 { await rig.make("\(number)-" + String(repeating: "ü", count: 120)) }
    await rig.start()
    let gone = [rig.ids[3], rig.ids[12], rig.ids[19]]
    for id in gone { await rig.sandbox.remove(id) }
    await rig.perform(.refresh)
    #expect(Set(rig.browser.log.lines.map(\.image.rawValue)) == Set(gone))
  }

  @Test func `a key that is held down asks no more than one does`() async throws {
    let rig = try await rig(20)
    let gate = Gate()
    await rig.sandbox.inject(.hold(gate), into: RequestPattern { $0.url.contains("changes-since") }, times: 1)
    await rig.sandbox.forgetRequests()
    _ = rig.browser.perform(.refresh)
    await gate.arrival()
    for _ in 0..<30 { _ = rig.browser.perform(.refresh) }
    #expect(rig.browser.notice?.text == "It is being asked already. Esc cancels.")
    rig.time.advance(by: 2)
    _ = rig.browser.perform(.trouble)
    #expect(
      rig.browser.notice?.text.hasPrefix("Nothing has failed so far: an answer has been awaited") == true)
    rig.time.advance(by: 1)
    await gate.open()
    await rig.browser.settled()
    #expect(rig.browser.lineNotice == nil)
    #expect(await rig.sandbox.requests.count <= 2)
  }

  @Test(arguments: [false, true]) func `Esc cancels a refresh that hangs, and nothing else`(
    _ isPaused: Bool
  ) async throws {
    let (rig, gate) = try await awaited(isPaused)
    rig.time.advance(by: 4)
    await rig.sandbox.forgetRequests()
    _ = rig.browser.perform(.back)
    #expect(rig.browser.notice?.text.hasPrefix("Cancelled") == true)
    await rig.pass(4)
    #expect((rig.browser.feed.waitingSince == nil) == isPaused, "the header says since when")
    #expect(rig.browser.filter.status == .active)
    #expect(rig.browser.feed.isPaused == isPaused)
    let asked = await rig.sandbox.requests
    #expect(asked == [])
    // The next one is Esc again, and what is asked when it is due finds what has changed.
    await rig.perform(.back)
    #expect(rig.browser.filter.isEmpty)
    await rig.sandbox.set("a", to: "1", on: rig.ids[0])
    if isPaused { await rig.perform(.pause) } else { await rig.pass(2) }
    #expect(rig.changes == ["web-10: a: – → 1"])
    await gate.open()
  }

  @Test(arguments: [false, true]) func `when the answer has come there is nothing to cancel`(_ isPaused: Bool)
    async throws
  {
    let (rig, gate) = try await awaited(isPaused)
    rig.time.advance(by: 1)
    await gate.open()
    await rig.browser.settled()
    #expect(rig.browser.lineNotice == nil)
    await rig.perform(.back)
    #expect(rig.browser.filter.isEmpty)
  }

  @Test func `nor when it has failed`() async throws {
    let rig = try await rig(20)
    await rig.sandbox.inject(.drop, times: .max)
    await rig.perform(.refresh)
    guard case .troubled = rig.browser.feed.connection else {
      Issue.record("there is no trouble")
      return
    }
    let before = rig.browser.feed.connection
    await rig.perform(.quickFilter(.active), .back)
    #expect(rig.browser.filter.isEmpty)
    #expect(rig.browser.feed.connection == before)
  }

  @Test func `a round that hangs by itself can be cancelled once a person has asked for it`() async throws {
    let rig = try await rig(20)
    let gate = Gate()
    await rig.sandbox.inject(.hold(gate), into: changes, times: 1)
    await rig.perform(.quickFilter(.active))
    rig.time.advance(by: 5)
    await gate.arrival()
    _ = rig.browser.perform(.refresh)
    #expect(rig.browser.notice?.text == "It is being asked already. Esc cancels.")
    _ = rig.browser.perform(.back)
    #expect(rig.browser.notice?.text == "Cancelled; it is asked again in 5s.")
    #expect(rig.browser.filter.status == .active)
    await rig.pass(5)
    #expect(rig.browser.lineNotice == nil, "it has been asked again")
    await gate.open()
  }

  @Test func `who asks once more, in vain, and cancels is where he was before the first time`() async throws {
    let rig = try await rig(20)
    await rig.sandbox.inject(.hold(Gate()), into: changes, times: .max)
    _ = rig.browser.perform(.refresh)
    while rig.browser.feed.waitingSince == nil { await Task.yield() }
    rig.time.advance(by: 12)
    for _ in 0..<3 { _ = rig.browser.perform(.refresh) }
    rig.time.advance(by: 1)
    _ = rig.browser.perform(.back)
    let since = try #require(rig.browser.feed.waitingSince)
    #expect(rig.time.now.timeIntervalSince(since) == 13, "the header goes on counting")
    await rig.sandbox.removeFaults()
  }

  @Test func `a refresh of a round that hangs looks at the whole screen, and waits for the round alone`()
    async throws
  {
    let rig = try BrowserRig(images: 2500, rows: 20)
    let page = RequestPattern { $0.url.contains("/images/detail") && $0.url.contains("marker") }
    let (pages, round) = (Gate(), Gate())
    await rig.sandbox.inject(.hold(pages), into: page, times: 1)
    await rig.sandbox.inject(.hold(round), into: changes, times: 1)
    let start = Task { await rig.start() }
    await pages.arrival()
    _ = rig.browser.perform(.refresh)
    await round.arrival()
    rig.time.advance(by: 3)
    // The walk is answered, and nobody has asked for that.
    await pages.open()
    while !rig.browser.feed.reading.isComplete { await Task.yield() }
    #expect(rig.browser.lineNotice?.text.hasSuffix("Esc cancels.") == true)
    _ = rig.browser.perform(.refresh)
    #expect(rig.browser.lineNotice?.text == "It is being asked already. Esc cancels.")
    await round.open()
    await start.value
    await rig.browser.settled()
    await rig.pass(1)
    #expect(rig.browser.lineNotice == nil)
  }

  @Test func `who cancels when the walk has been answered is in no trouble any more`() async throws {
    let rig = try BrowserRig(images: 2500, rows: 20)
    let page = RequestPattern { $0.url.contains("/images/detail") && $0.url.contains("marker") }
    await rig.sandbox.inject(.drop, into: page, times: 1)
    let round = Gate()
    await rig.sandbox.inject(.hold(round), into: changes, times: 1)
    let start = Task { await rig.start() }
    while rig.browser.feed.connection.notice == nil { await Task.yield() }
    _ = rig.browser.perform(.refresh)
    await round.arrival()
    while !rig.browser.feed.reading.isComplete { await Task.yield() }
    _ = rig.browser.perform(.back)
    #expect(rig.browser.feed.connection == .live)
    await start.value
    await round.open()
  }

  @Test func `who cancels when the walk has shown that one is signed in is so`() async throws {
    let rig = try BrowserRig(images: 2500, rows: 20)
    let page = RequestPattern { $0.url.contains("/images/detail") && $0.url.contains("marker") }
    let (pages, round) = (Gate(), Gate())
    await rig.sandbox.inject(.hold(pages), into: page, times: 1)
    let start = Task { await rig.start() }
    await pages.arrival()
    await rig.sandbox.revokeTokens()
    await rig.sandbox.inject(.unauthorized, into: .path("/identity", .post), times: 1)
    await pages.open()
    await start.value
    guard case .notSignedIn = rig.browser.feed.connection else {
      Issue.record("it is signed in")
      return
    }
    await rig.sandbox.inject(.hold(round), into: changes, times: 1)
    _ = rig.browser.perform(.refresh)
    await round.arrival()
    while !rig.browser.feed.reading.isComplete { await Task.yield() }
    _ = rig.browser.perform(.back)
    #expect(rig.browser.feed.connection == .live)
    await round.open()
  }

  @Test func `who cancels before the first image may ask again, but not with every key`() async throws {
    let rig = try BrowserRig(images: 3)
    await rig.sandbox.inject(
      .hold(Gate()), into: RequestPattern { $0.url.contains("/images/detail") }, times: .max)
    let start = Task { await rig.start() }
    while rig.browser.feed.waitingSince == nil { await Task.yield() }
    rig.time.advance(by: 12)
    _ = rig.browser.perform(.refresh)
    _ = rig.browser.perform(.back)
    rig.time.advance(by: 12)
    await rig.sandbox.forgetRequests()
    var asked = 0
    for _ in 0..<30 {
      _ = rig.browser.perform(.refresh)
      for _ in 0..<50 { await Task.yield() }
      asked = await rig.sandbox.requests.count
    }
    #expect(asked <= 2)
    rig.browser.stop()
    await start.value
  }

  @Test func `what is cancelled before the first image goes on soon, however seldom it is asked`()
    async throws
  {
    let (rig, gate, start) = try await hangingStart(interval: .seconds(3600))
    rig.time.advance(by: 12)
    _ = rig.browser.perform(.refresh)
    _ = rig.browser.perform(.back)
    await start.value
    await rig.pass(30)
    #expect(rig.names.count == 3)
    await gate.open()
  }

  @Test func `an Esc too much does not go on with what the first has ended`() async throws {
    let (rig, gate, start) = try await hangingStart()
    rig.time.advance(by: 3)
    for _ in 0..<2 { _ = rig.browser.perform(.back) }
    #expect(rig.browser.feed.isPaused)
    await gate.open()
    await start.value
  }

  @Test func `who cancels in trouble is where he was, waits included`() async throws {
    let rig = try await rig(20)
    await rig.sandbox.inject(.drop, times: .max)
    for _ in 0..<90 { await rig.pass(10) }
    guard case .troubled(let trouble, let retry) = rig.browser.feed.connection else {
      Issue.record("there is no trouble")
      return
    }
    #expect(retry.timeIntervalSince(rig.time.now) > 5, "long trouble is asked about seldom")
    await rig.sandbox.removeFaults()
    let gate = Gate()
    await rig.sandbox.inject(.hold(gate), times: 1)
    _ = rig.browser.perform(.refresh)
    await gate.arrival()
    _ = rig.browser.perform(.back)
    await rig.browser.settled()
    #expect(rig.browser.feed.waitingSince == nil, "nobody waits, and the header does not say so")
    #expect(rig.browser.feed.connection == .troubled(trouble, retry: rig.time.now + 5))
    await gate.open()
    await rig.sandbox.inject(.drop, times: .max)
    await rig.pass(5)
    guard case .troubled(_, let next) = rig.browser.feed.connection else {
      Issue.record("the trouble is over")
      return
    }
    #expect(next.timeIntervalSince(rig.time.now) > 5, "it is not young trouble now")
  }

  @Test func `who asks seldom and cancels is not told for an hour that an answer is awaited`() async throws {
    let rig = try BrowserRig(images: 3, interval: .seconds(3600))
    await rig.start()
    let gate = Gate()
    await rig.sandbox.inject(.hold(gate), into: changes, times: 1)
    _ = rig.browser.perform(.refresh)
    await gate.arrival()
    _ = rig.browser.perform(.back)
    let next = (rig.time.clock + 3600).clock(utcOffset: 0)
    #expect(rig.browser.notice?.text == "Cancelled; it is asked again at \(next).")
    await rig.browser.settled()
    #expect(rig.browser.feed.waitingSince == nil)
    #expect(rig.browser.feed.connection == .live)
    await gate.open()
  }

  @Test func `what was asked while paused is not awaited any more when it goes on`() async throws {
    let (rig, gate) = try await awaited(true)
    let round = Gate()
    await rig.sandbox.inject(.hold(round), into: changes, times: 1)
    _ = rig.browser.perform(.pause)
    await round.arrival()
    _ = rig.browser.perform(.back)
    #expect(rig.browser.filter.isEmpty, "there was nothing to cancel")
    await round.open()
    await rig.browser.settled()
    #expect(rig.browser.feed.connection == .live)
    await gate.open()
  }

  @Test func `that one is not signed in is said while it is paused, too`() async throws {
    let rig = try await rig(20)
    await rig.perform(.pause)
    await rig.sandbox.revokeTokens()
    await rig.sandbox.inject(.unauthorized, into: .path("/identity", .post), times: 1)
    await rig.perform(.refresh)
    #expect(rig.browser.feed.isPaused)
    #expect(rig.browser.notice?.text.hasPrefix("Images could not be read: ") == true)
    #expect(rig.browser.notice?.weight == .problem)
  }

  @Test func `an image that cannot be read alone takes nobody's wait away`() async throws {
    let (rig, gate) = try await awaited(false)
    let id = rig.ids[0]
    await rig.sandbox.inject(.drop, into: RequestPattern { $0.url.contains(id) }, times: .max)
    _ = rig.browser.perform(.open)
    while rig.browser.notice?.weight != .problem { await Task.yield() }
    _ = rig.browser.perform(.back)
    #expect(rig.browser.notice?.text == "Cancelled; it is asked again in 5s.")
    #expect(rig.browser.focus == .detail)
    await gate.open()
  }

  @Test func `a walk that hangs rests, too, when the refresh is cancelled`() async throws {
    let rig = try BrowserRig(images: 100, rows: 20)
    let gate = Gate()
    let later = RequestPattern { $0.url.contains("/images/detail") && $0.url.contains("marker") }
    await rig.sandbox.inject(.hold(gate), into: later)
    let start = Task { await rig.start() }
    await gate.arrival()
    rig.time.advance(by: 12)
    _ = rig.browser.perform(.refresh)
    _ = rig.browser.perform(.back)
    await start.value
    #expect(!rig.browser.feed.reading.isComplete)
    await rig.pass(5)
    #expect(rig.browser.feed.reading.isComplete)
    await gate.open()
  }

  @Test func `who is not signed in and cancels is not signed in again by itself`() async throws {
    let rig = try await rig(20)
    await rig.sandbox.revokeTokens()
    let signIn = RequestPattern.path("/identity", .post)
    await rig.sandbox.inject(.unauthorized, into: signIn, times: 1)
    await rig.perform(.refresh)
    guard case .notSignedIn = rig.browser.feed.connection else {
      Issue.record("it is signed in")
      return
    }
    let gate = Gate()
    await rig.sandbox.inject(.hold(gate), into: signIn, times: 1)
    _ = rig.browser.perform(.refresh)
    await gate.arrival()
    rig.time.advance(by: 11)
    _ = rig.browser.perform(.refresh)
    _ = rig.browser.perform(.back)
    await rig.sandbox.forgetRequests()
    await rig.pass(30)
    guard case .notSignedIn = rig.browser.feed.connection else {
      Issue.record("it has signed in again")
      return
    }
    #expect(await rig.sandbox.requests.isEmpty)
    await gate.open()
  }

  @Test func `Esc cancels a first page that hangs, when it has been waited for`() async throws {
    let (rig, gate, start) = try await hangingStart(images: 1)
    _ = rig.browser.perform(.back)
    #expect(!rig.browser.feed.isPaused)
    rig.time.advance(by: 3)
    _ = rig.browser.perform(.back)
    #expect(rig.browser.notice?.text == "Cancelled: nothing is asked until p.")
    await rig.browser.settled()
    #expect(rig.browser.feed.waitingSince == nil)
    await rig.perform(.refresh)
    #expect(rig.browser.notice?.text == "Paused before any image was read. p goes on.")
    await rig.perform(.pause)
    #expect(rig.browser.feed.listing.rows.count == 1)
    await gate.open()
    await start.value
  }

  @Test func `and one that hangs after another has failed`() async throws {
    let rig = try BrowserRig(images: 3)
    let page = RequestPattern { $0.url.contains("/images/detail") }
    await rig.sandbox.inject(.drop, into: page, times: 1)
    let gate = Gate()
    await rig.sandbox.inject(.hold(gate), into: page, times: 1)
    let start = Task { await rig.start() }
    while rig.browser.feed.connection.notice == nil { await Task.yield() }
    while rig.browser.feed.waitingSince == nil {
      // Whoever rests may not have begun to.
      rig.time.advance(by: 0.01)
      await Task.yield()
    }
    await gate.arrival()
    rig.time.advance(by: 3)
    _ = rig.browser.perform(.back)
    #expect(rig.browser.notice?.text == "Cancelled: nothing is asked until p.")
    await rig.perform(.pause)
    #expect(rig.names.count == 3)
    await gate.open()
    await start.value
  }

  @Test func `a page that comes just as it is paused is read when it goes on`() async throws {
    let rig = try BrowserRig(images: 2500, rows: 20)
    let browser = rig.browser
    rig.answerComes = { request in
      guard request.url.contains("marker=") else { return }
      await MainActor.run { if !browser.feed.isPaused { _ = browser.perform(.pause) } }
    }
    await rig.start()
    #expect(browser.feed.isPaused)
    rig.answerComes = { _ in }
    await rig.perform(.pause)
    #expect(browser.feed.reading.isComplete)
    #expect(Set(rig.ids).count == 2500)
  }

  @Test func `nor does it while the first images are still to come`() async throws {
    let rig = try BrowserRig(images: 60)
    let gate = Gate()
    await rig.sandbox.inject(.hold(gate), into: .compute, times: 1)
    rig.browser.start { Place(cloud: "sandbox") }
    await gate.arrival()
    for _ in 0..<30 { _ = rig.browser.perform(.refresh) }
    await gate.open()
    await rig.browser.settled()
    #expect(rig.names.count == 60)
    #expect(await rig.sandbox.requests.count { $0.contains("/images/detail?limit=20") } == 1)
  }

  @Test func `who has waited for long may ask anew`() async throws {
    let rig = try await rig(3)
    await rig.sandbox.inject(
      .hold(Gate()), into: RequestPattern { $0.url.contains("changes-since") }, times: 1)
    _ = rig.browser.perform(.refresh)
    while rig.browser.feed.waitingSince == nil { await Task.yield() }
    await rig.make("new")
    rig.time.advance(by: 10)
    _ = rig.browser.perform(.refresh)
    while !rig.names.contains("new") { await Task.yield() }
  }

  @Test func `a service that wants to be left alone is left alone by keys too, and that is said`()
    async throws
  {
    let rig = try await rig(20)
    await rig.sandbox.inject(.tooManyRequests(retryAfter: 30), into: .compute, times: 1)
    await rig.pass(5)
    await rig.sandbox.forgetRequests()
    for _ in 0..<29 {
      await rig.perform(.refresh, .open, .back)
      await rig.pass(1)
    }
    #expect(await rig.sandbox.requests.isEmpty)
    await rig.perform(.refresh)
    #expect(rig.browser.notice?.text == "The service has asked to be left alone until 14:00:35.")
    // Nor does a pause make it forget.
    await rig.perform(.pause, .pause)
    #expect(await rig.sandbox.requests.isEmpty)
    await rig.pass(1)
    #expect(rig.browser.feed.connection == .live)
  }

  @Test func `whoever is told to wait, all do`() async throws {
    let rig = try await rig(3)
    let single = RequestPattern { !$0.url.contains("changes-since") && $0.url.contains("/images/") }
    await rig.sandbox.inject(.tooManyRequests(retryAfter: 30), into: single, times: 1)
    await rig.perform(.open)
    await rig.sandbox.forgetRequests()
    for _ in 0..<29 { await rig.pass(1) }
    #expect(await rig.sandbox.requests.isEmpty)
    guard case .troubled(let trouble, _) = rig.browser.feed.connection else {
      Issue.record("\(rig.browser.feed.connection)")
      return
    }
    #expect(trouble.word == "asked to wait")
    await rig.pass(2)
    #expect(rig.browser.feed.connection == .live)
  }

  @Test func `after the first trouble no more images are read alone`() async throws {
    let rig = try BrowserRig(rows: 20)
    for number in 10..<30 { await rig.make("\"quoted\" \(number)") }
    await rig.start()
    let single = RequestPattern { !$0.url.contains("changes-since") && $0.url.contains("/images/") }
    await rig.sandbox.inject(.drop, into: single, times: 1000)
    await rig.sandbox.forgetRequests()
    await rig.perform(.refresh)
    // Four were under way together.
    #expect(await rig.sandbox.requests.count { !$0.contains("changes-since") } <= 4)
  }

  @Test func `the longest wait is the one that is said`() async throws {
    let rig = try await rig(3)
    let gate = Gate()
    let single = RequestPattern { !$0.url.contains("changes-since") && $0.url.contains("/images/") }
    await rig.sandbox.inject(.hold(gate), into: single, times: 1)
    _ = rig.browser.perform(.open)
    await gate.arrival()
    let since = rig.time.now
    for _ in 0..<8 {
      await rig.sandbox.advance(by: .seconds(1))
      rig.time.advance(by: 1)
      while rig.browser.now != rig.time.now { await Task.yield() }
    }
    // Rounds have come and gone meanwhile.
    #expect(rig.browser.feed.waitingSince == since)
    await gate.open()
    await rig.browser.settled()
    #expect(rig.browser.feed.waitingSince == nil)
  }

  @Test func `that a service wants to be left alone is said until it is over`() async throws {
    let rig = try await rig(20)
    await rig.sandbox.inject(.tooManyRequests(retryAfter: 30), into: .compute, times: 1)
    await rig.pass(5)
    await rig.perform(.refresh)
    await rig.pass(20)
    #expect(rig.browser.lineNotice?.text.hasPrefix("The service has asked to be left alone") == true)
    await rig.pass(10)
    #expect(rig.browser.lineNotice == nil)
  }

  @Test func `something that has been read does not hide why nothing is answered`() async throws {
    let rig = try await rig(20)
    await rig.perform(.follow)
    await rig.sandbox.inject(.drop, into: .compute, times: 1000)
    await rig.pass(6)
    await rig.pass(6)
    #expect(rig.browser.lineNotice == rig.browser.feed.connection.notice)
    // And what the line has no room for is behind the key that it names.
    await rig.perform(.trouble)
    #expect(rig.browser.context == .page)
  }

  @Test func `a problem that is over is shown with its time`() async throws {
    let (rig, _) = try await BrowserRig.withImage()
    await rig.perform(.edit, .deleteKey)
    await rig.sandbox.inject(.drop, into: RequestPattern { $0.url.contains("/metadata") }, times: 10)
    await rig.perform(.review)
    #expect(rig.browser.notice?.text.hasPrefix("web could not be read") == true)
    let time = rig.time.clock.clock(utcOffset: 0)
    rig.time.advance(by: 9)
    await rig.perform(.back, .trouble)
    guard case .page(let page) = rig.browser.overlay, case .trouble(let notice) = page.content else {
      Issue.record("nothing is shown")
      return
    }
    #expect(notice.text.hasPrefix("web could not be read"))
    #expect(notice.details.last == "That was at \(time).")
  }

  @Test(arguments: [78, 38]) func `the whole of what the line says is behind its key`(_ columns: Int)
    async throws
  {
    let rig = try await rig(20)
    rig.browser.viewport.noticeColumns = columns
    await rig.perform(.copyID)
    let text = try #require(rig.browser.notice?.text)
    await rig.perform(.trouble)
    guard text.utf8.count > columns else {
      #expect(rig.browser.notice?.text == "There is no trouble.")
      return
    }
    guard case .page(let page) = rig.browser.overlay, case .trouble(let notice) = page.content else {
      Issue.record("nothing is shown")
      return
    }
    #expect(notice.text == text)
  }
}
