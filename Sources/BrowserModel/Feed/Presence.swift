package import Foundation
package import NovaClient

/// Decides whom the watch looks after in a round, since a service does not tell which images have gone.
///
/// The image under the cursor and those that are followed are looked after in each round, the other rows of the screen
/// in turn, so that all of them have been by the fifth, and those that are being saved in each round, as far as there
/// is room, else in turn, as those that have been for more than a day. One question by names does for most, and one
/// more for a stretch of those that are all called the same; who cannot be asked for like that is read alone, two or
/// three in a round. To be missing from an answer is only a reason to be read alone: gone is what the service then does
/// not know.
package struct Presence: Sendable {
  /// Whom to ask for by names, in one question and one for a stretch if it is not about the whole screen, and whom to
  /// read alone.
  package struct Plan: Sendable {
    package var names: [NamesQuestion] = []
    package var singles: [Image] = []
  }

  /// Before this round the service is taken not to know lists of names.
  private var namelessUntil = 0
  /// Whether it has been found to know them.
  private var isProven = false
  /// How often it has left out somebody who was there.
  private var contradictions = 0
  /// Who is there and not listed.
  private var unlisted: Set<Image.ID> = []
  /// What many are called, so that a question for it would bring them all, and a stretch is asked for.
  private var commonNames: Set<String> = []
  /// The round in which each was looked after last.
  private var last: [Image.ID: Int] = [:]
  private var round = 0

  /// By this round all rows of the screen have been looked after.
  private static let rounds = 5
  /// Of those that are being saved so many are looked after in each round; more only in turn.
  private static let savingAtOnce = 40
  /// After so many rounds a service that seemed not to know lists of names is asked for one again: it may have been
  /// in trouble.
  private static let nameless = 100
  /// From so many of one name on they are common.
  private static let common = 20

  package init() {}

  package var knowsNames: Bool { round >= namelessUntil }

  /// Whom to look after now.
  ///
  /// - Parameters:
  ///   - saving: all images that are being saved, youngest first.
  ///   - now: the time, from which it follows what never will be saved.
  ///   - wholeScreen: whether all rows of the screen have their turn now.
  package mutating func plan(
    _ watched: Watched, saving: [Image], now: Date, wholeScreen: Bool = false
  ) -> Plan {
    round += 1
    var taken: Set<Image.ID> = []
    func fresh(_ images: [Image]) -> [Image] { images.filter { taken.insert($0.id).inserted } }
    let first = fresh([watched.cursor].compactMap { $0 } + watched.followed)
    let young = fresh(Array(saving.filter { $0.isStillSaving(now) }.prefix(Self.savingAtOnce)))
    let screen = fresh(watched.screen)
    let old = fresh(saving)
    last = last.filter { taken.contains($0.key) }

    var plan = Plan()
    let always = first + young
    let inTurn = screen.filter(canAskByName)
    let share = wholeScreen ? inTurn.count : (inTurn.count + Self.rounds - 1) / Self.rounds
    var question = NamesQuestion()
    // The screen's share comes before what is being saved somewhere: of that there can be more than has room.
    for image in first.filter(canAskByName) + longestAgo(inTurn).prefix(share)
      + longestAgo(young.filter(canAskByName)) + longestAgo(old.filter(canAskByName)).prefix(10)
    {
      if !question.add(image) {
        guard wholeScreen else { continue }
        plan.names.append(question)
        question = NamesQuestion()
        guard question.add(image) else { continue }
      }
      last[image.id] = round
    }
    if !question.isEmpty { plan.names.append(question) }
    for stretch in stretches(of: first + screen, most: wholeScreen ? .max : 1) {
      for image in stretch.images { last[image.id] = round }
      plan.names.append(stretch)
    }
    let alone = 3 - min(plan.names.count, 2)
    plan.singles = singles(
      always.filter { last[$0.id] != round && (first.contains($0) || !canAskByName($0)) },
      screen.filter { !canAskByName($0) },
      most: wholeScreen ? .max : alone)
    for image in plan.singles { last[image.id] = round }
    return plan
  }

  /// Who is missing from an answer to a question by names, and must be read alone to know more.
  package mutating func missing(from listed: [ImageName], of question: NamesQuestion) -> [Image] {
    let asked = Set(question.images.compactMap(\.name))
    let answers = listed.count { asked.contains($0.name ?? "") }
    // Some services compare without regard to case; one that has answered something else altogether is no such.
    guard listed.count - answers <= max(answers, 3) else {
      giveUpNames()
      return []
    }
    if answers > 0 {
      isProven = true
      contradictions = 0
    }
    for (name, count) in Dictionary(grouping: listed.compactMap(\.name), by: \.self).mapValues(\.count)
    where count >= Self.common { commonNames.insert(name) }
    let ids = Set(listed.map(\.id))
    let covered = question.covered(by: listed)
    for image in question.images[covered.endIndex...] { last[image.id] = nil }
    let missing = covered.filter { !ids.contains($0.id) }
    // Where it is doubtful whether the question is understood, a few are enough to know.
    return Array(missing.prefix(isProven ? 40 : 4))
  }

  /// The service could not answer the question by names.
  package mutating func namesRefused() { contradict() }

  private mutating func contradict() {
    contradictions += 1
    if contradictions >= 3 { giveUpNames() }
  }

  private mutating func giveUpNames() {
    namelessUntil = round + Self.nameless
    contradictions = 0
    isProven = false
    unlisted = []
  }

  /// Somebody who was missing from an answer is there.
  ///
  /// - Parameter asked: the image as it was asked for; one that has another name now is asked for by that.
  package mutating func isThere(_ image: Image, asked: Image) {
    guard image.name == asked.name else { return }
    unlisted.insert(image.id)
    guard !isProven, image.status != .error else { return }
    contradict()
  }

  private func canAskByName(_ image: Image) -> Bool { isListed(image) && !isCommon(image) }

  private func isListed(_ image: Image) -> Bool {
    knowsNames && NamesQuestion.canAsk(for: image) && !unlisted.contains(image.id)
  }

  private func isCommon(_ image: Image) -> Bool { commonNames.contains(image.name ?? "") }

  /// Questions for those that are called the same, that name first whose turn it is: for those from the one on that
  /// has waited longest.
  private func stretches(of images: [Image], most: Int) -> [NamesQuestion] {
    let common = images.filter { isListed($0) && isCommon($0) }.sorted { $0.isListed(before: $1) }
    var heads: [Image] = []
    for image in longestAgo(common) where heads.count < most {
      if !heads.contains(where: { $0.name == image.name }) { heads.append(image) }
    }
    return heads.map { head in
      NamesQuestion(stretch: common.filter { $0.name == head.name && !$0.isListed(before: head) })
    }
  }

  /// Both kinds have their turn, those that matter most first.
  private func singles(_ always: [Image], _ screen: [Image], most: Int) -> [Image] {
    let first = longestAgo(always)
    let second = longestAgo(screen)
    let firstShare = second.isEmpty ? most : max(most / 2, most - second.count)
    let chosen = first.prefix(firstShare)
    return Array(chosen) + second.prefix(most - chosen.count)
  }

  private func longestAgo(_ images: [Image]) -> [Image] {
    images.enumerated().sorted { a, b in
      let (lastA, lastB) = (last[a.element.id] ?? 0, last[b.element.id] ?? 0)
      return lastA == lastB ? a.offset < b.offset : lastA < lastB
    }.map(\.element)
  }
}
