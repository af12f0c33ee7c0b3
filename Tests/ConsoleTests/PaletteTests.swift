import Testing

@testable import Console

struct PaletteTests {
  @Test(arguments: [8, 16, 256]) func `roles have the colours of the user's palette`(_ colors: Int) {
    let palette = Palette(colors: colors)
    #expect(palette.look(of: .plain) == Look())
    #expect(palette.look(of: .progress) == Look(color: .cyan))
    #expect(palette.look(of: .danger) == Look(color: .red, isBold: true))
    #expect(palette.look(of: .faint) == Look(isDim: true))
    #expect(palette.look(of: .danger.selected()) == Look(color: .red, isBold: true, isReversed: true))
    #expect(palette.look(of: .faint.strong) == Look(isBold: true))
  }

  @Test(arguments: [Palette(colors: 256, isMonochrome: true), Palette(colors: 2), Palette(colors: 0)])
  func `without colours attributes remain`(_ palette: Palette) {
    for role in Role.allCases {
      let look = palette.look(of: Style(role))
      #expect(look.color == nil && !look.isReversed)
      #expect(palette.look(of: Style(role).selected()).isReversed)
    }
    #expect(palette.look(of: .danger).isBold)
    #expect(palette.look(of: .warning).isUnderlined)
  }
}
