/// What one cell shows, or two: a base and the marks on it.
package struct Glyph: Hashable, Sendable {
  package var text: String
  /// 1 or 2 cells.
  package var width: Int

  package init(text: String, width: Int) {
    self.text = text
    self.width = width
  }
}

/// The one place that decides how a text becomes cells, so that nothing that a stranger wrote reaches the terminal as
/// a command, and every terminal lays the rest out alike.
///
/// - Controls, bidirectional controls and other invisible formatting, private, unassigned: one visible sign each.
/// - So is what older terminals give another width than newer ones (`TextWidth.isDisputed`).
/// - Joiners, variation selectors and skin tones are dropped: each emoji of a joined sequence takes its own two cells.
/// - The letters of a flag become letters, because terminals disagree whether a flag is one sign or two.
/// - At most four marks stay on their base; a mark without a base sits on a dotted circle.
package struct SafeText: Sequence, IteratorProtocol {
  /// curses keeps this many beside the base (CCHARW_MAX - 1).
  private static let mostMarks = 4
  /// So much of what shows nothing of its own belongs to one glyph, so that no text has to be read to its end for a few
  /// cells of it.
  private static let mostUnseen = 256

  private let scalars: Substring.UnicodeScalarView
  /// Where the next glyph begins.
  private(set) var index: String.Index

  package init(_ text: some StringProtocol) {
    scalars = Substring(text).unicodeScalars
    index = scalars.startIndex
  }

  package mutating func next() -> Glyph? {
    var unseen = 0
    while index < scalars.endIndex {
      let scalar = scalars[index]
      scalars.formIndex(after: &index)
      switch Kind(scalar) {
      case .dropped:
        unseen += 1
        if unseen == Self.mostUnseen { return Glyph(text: "\u{FFFD}", width: 1) }
      case .replaced(let sign):
        skipDropped()
        return Glyph(text: sign, width: 1)
      case .spaced(let sign):
        skipDropped()
        return Glyph(text: sign, width: 2)
      case .mark: return withMarks(onto: "\u{25CC}\(scalar)", count: 1, width: 1)
      case .base(let width): return withMarks(onto: String(scalar), count: 0, width: width)
      }
    }
    return nil
  }

  /// Takes the marks that follow, the first of them into the glyph.
  private mutating func withMarks(onto base: String, count: Int, width: Int) -> Glyph {
    var text = base
    var count = count
    var unseen = 0
    loop: while index < scalars.endIndex, unseen < Self.mostUnseen {
      unseen += 1
      switch Kind(scalars[index]) {
      case .mark:
        if count < Self.mostMarks { text.unicodeScalars.append(scalars[index]) }
        count += 1
      case .dropped: break
      case .base, .replaced, .spaced: break loop
      }
      scalars.formIndex(after: &index)
    }
    return Glyph(text: text, width: width)
  }

  /// What is dropped belongs to the glyph before it, so that a cut never falls between them.
  private mutating func skipDropped() {
    var unseen = 0
    while index < scalars.endIndex, unseen < Self.mostUnseen, case .dropped = Kind(scalars[index]) {
      scalars.formIndex(after: &index)
      unseen += 1
    }
  }
}

extension SafeText {
  /// What becomes of one scalar.
  enum Kind: Equatable {
    case base(width: Int)
    case mark
    case dropped
    case replaced(String)
    /// A sign of two cells for a mark that not every terminal puts on the sign before it.
    case spaced(String)

    init(_ scalar: Unicode.Scalar) {
      switch scalar.value {
      case 0x20..<0x7F: self = .base(width: 1)
      case 0x09: self = .replaced("⇥")
      case 0x0A: self = .replaced("⏎")
      case 0x00..<0x20: self = .replaced(Self.sign(0x2400 + scalar.value))
      case 0x7F: self = .replaced("␡")
      case 0xA1..<0xAD, 0xAE..<0x300: self = .base(width: 1)
      // Zero-width non-joiner and joiner; skin tones, which some terminals draw on the emoji before them.
      case 0x200C, 0x200D, 0x1F3FB...0x1F3FF: self = .dropped
      // The marks of voiced kana, which stand apart when a Mac has taken names to pieces.
      case 0x3099: self = .spaced("\u{309B}")
      case 0x309A: self = .spaced("\u{309C}")
      // Regional indicators.
      case 0x1F1E6...0x1F1FF: self = .replaced(Self.sign(0x41 + scalar.value - 0x1F1E6))
      default: self.init(beyondLatin: scalar)
      }
    }

    private init(beyondLatin scalar: Unicode.Scalar) {
      let properties = scalar.properties
      if properties.isVariationSelector {
        self = .dropped
        return
      }
      switch properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned:
        self = .replaced("\u{FFFD}")
      default:
        let width = TextWidth.width(of: scalar)
        // Hangul fillers and their like look like nothing at all; Hangul's joining vowels are not among them.
        let isInvisible = properties.isDefaultIgnorableCodePoint
        if isInvisible || TextWidth.isDisputed(scalar, width: width) {
          self = .replaced("\u{FFFD}")
        } else {
          self = width == 0 ? .mark : .base(width: width)
        }
      }
    }

    private static func sign(_ value: UInt32) -> String {
      Unicode.Scalar(value).map(String.init) ?? "\u{FFFD}"
    }
  }
}
