extension HostileText {
  static let hidden: [HostileText] =
    each(
      [0x061C, 0x200E, 0x200F] + Array(0x202A...0x202E) + Array(0x2066...0x2069),
      "turns the direction of what follows,")
    + [
      HostileText("invoice\u{202E}gnp.exe", "looks like a picture and is a program"),
      HostileText("\u{202E}\u{2066}a\u{2069}\u{202C}", "directions in directions"),
      HostileText("\u{202E}" + String(repeating: "x", count: 300), "a direction that never ends"),
      HostileText("עברית", "Hebrew, which goes from right to left"),
      HostileText("العربية", "Arabic, whose letters join"),
      HostileText("שָׁלוֹם", "Hebrew with points"),
      HostileText("مُحَمَّد", "Arabic with marks"),
      HostileText("ܐܒܓ", "Syriac"), HostileText("ޤއަ", "Thaana"), HostileText("ߒߞߏ", "N'Ko"),
      HostileText("abc עברית 123 def", "both directions with numbers between"),
      HostileText("\u{5D0}/\u{5D1}.img", "a path that reads the other way"),
      HostileText("\u{FEFB}\u{FDFA}\u{FDFD}", "Arabic signs for whole words"),
    ]
    + each(
      [
        0xAD, 0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180E, 0x180F, 0x200B, 0x200C,
        0x200D, 0x2060, 0x2061, 0x2062, 0x2063, 0x2064, 0x2065, 0x206A, 0x206B, 0x206C, 0x206D, 0x206E,
        0x206F,
        0x3164, 0xFE00, 0xFE0E, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFF9, 0xFFFA, 0xFFFB, 0x1BCA0, 0x1D173, 0x1D17A,
        0xE0001, 0xE0020, 0xE0061, 0xE007F, 0xE0100, 0xE01EF,
      ], "looks like nothing, so that two names look alike,")
    + each([0x85, 0x2028, 0x2029], "begins a new line,")
    + each(
      [0xFFFE, 0xFFFF, 0xFDD0, 0x1FFFE, 0x10FFFF, 0xE000, 0xF8FF, 0xF0000, 0x10FFFD, 0x378, 0x2FE0, 0xFFFD],
      "is no character, is private, or is not there yet,")
    + each(
      [0xA0, 0x1680] + Array(0x2000...0x200A) + [0x202F, 0x205F, 0x3000], "a space that is none of ASCII,")

  static let marks: [HostileText] =
    each(
      [
        0x300, 0x301, 0x308, 0x30A, 0x327, 0x328, 0x335, 0x338, 0x489, 0x5B0, 0x64B, 0x651, 0x670, 0x6D6,
        0x711,
        0x7EB, 0x816, 0x93C, 0x94D, 0x9BC, 0xA3C, 0xB3C, 0xE31, 0xE34, 0xE4A, 0xEB1, 0xF39, 0x1037, 0x135D,
        0x17D2, 0x1AB0, 0x1DC0, 0x20D0, 0x20DD, 0x20E3, 0x302A, 0x3099, 0x309A, 0xFE20, 0x1D165, 0x1D16E,
      ], "a mark that joins the letter before it,")
    + each([0x93E, 0x9BE, 0xB3E, 0xBBE, 0xD3E, 0x1D166], "a mark that takes a place of its own,")
    + [
      HostileText("\u{301}first", "a mark with nothing to sit on"),
      HostileText(" \u{301}", "a mark on a space"),
      HostileText("日\u{301}本", "a mark on a wide sign"),
      HostileText("a\n\u{301}b", "a mark on a control"),
      HostileText("a\u{200D}\u{301}b", "a mark on a joiner"),
      HostileText("Z" + String(repeating: "\u{310}", count: 5), "five marks on one letter"),
      HostileText("Z" + String(repeating: "\u{336}", count: 60), "sixty marks, which climb over other rows"),
      HostileText("\u{1112}\u{1161}\u{11AB}\u{1100}\u{1173}\u{11AF}", "Hangul in pieces"),
      HostileText("\u{1161}\u{11AB}", "the inner pieces alone"),
      HostileText("क्षत्रिय", "Devanagari, whose letters join"),
      HostileText("தமிழ்", "Tamil"), HostileText("ไทย กำลัง", "Thai"), HostileText("မြန်မာ", "Burmese"),
      HostileText("e\u{301}\u{323}", "marks in the other order"),
    ]

  static let wide: [HostileText] =
    [
      "日本語のイメージ", "简体中文镜像", "繁體中文", "한국어 이미지", "ｆｕｌｌｗｉｄｔｈ", "ﾊﾝｶｸｶﾅ", "ｶﾞｷﾞ", "ꀀꀁ", "𠀀𠀁",
      "あa漢b字", "、。「」", "㈱㍿㌔", "〜～", "龍龍龍龍龍龍龍龍龍龍龍龍龍龍龍龍龍龍龍龍龍龍龍龍龍龍龍龍", "豈更",
    ].map { HostileText($0, "signs of two cells") }
    + each(
      [
        0xA1, 0xA7, 0xB1, 0xD7, 0x3A9, 0x42F, 0x2014, 0x2026, 0x2460, 0x2500, 0x2588, 0x2605, 0x2764, 0x1F321,
      ],
      "one cell here and two elsewhere,")
    + each(
      [0x1F600, 0x1F680, 0x1F4A9, 0x231A, 0x2615, 0x1F0CF, 0x1F9E0, 0x1FA70, 0x1F004, 0x2B50], "an emoji,")
    + [
      ("👨\u{200D}👩\u{200D}👧\u{200D}👦", "a family of four, joined"), ("👩\u{200D}🚀", "an astronaut, joined"),
      ("🏴\u{200D}☠\u{FE0F}", "a pirate's flag, joined"),
      ("👁\u{FE0F}\u{200D}🗨\u{FE0F}", "joined with selectors"),
      ("🧑🏿\u{200D}🤝\u{200D}🧑🏻", "skins and joiners"), ("👍🏽", "a skin"), ("🏽", "a skin alone"),
      ("🇩🇪🇫🇷", "flags"), ("🇩", "half a flag"), ("🇩🇪🇫", "a flag and a half"), ("1\u{FE0F}\u{20E3}", "a keycap"),
      ("#\u{20E3}", "a keycap without a selector"), ("❤\u{FE0F}", "a heart made a picture"),
      ("❤\u{FE0E}", "a heart kept as text"), ("⌚\u{FE0E}", "a wide sign made text"),
      ("a\u{FE0F}", "a letter made a picture"),
      ("🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}", "England, in tags"),
      ("\u{200D}\u{200D}\u{200D}", "joiners that join nothing"), ("👩\u{200D}", "a joiner at the end"),
      ("\u{200D}👩", "a joiner at the start"), ("\u{FE0F}x", "a selector at the start"),
    ].map { HostileText($0, $1) }

  static let others: [HostileText] =
    [
      ("a", "letters"), ("長", "wide signs"), ("e\u{301}", "letters with marks"), (" ", "spaces"),
      ("\u{200D}", "joiners"), ("👩\u{200D}", "emoji that join on"), ("\u{1B}[2J", "commands"),
      ("\u{301}", "marks"),
      ("\0", "NULs"), ("\u{202E}", "directions"),
    ].map {
      HostileText(String(repeating: $0, count: 10_000 / $0.unicodeScalars.count), "10,000 of them: \($1)")
    }
    + [
      ("%s%s%n%x", "a format"), ("$(reboot)", "a command for a shell"), ("`id`", "another"),
      ("'; rm -rf ~; '", "a quote that ends"), ("../../etc/passwd", "a path upwards"), ("-rf", "an option"),
      ("--help", "a long option"), ("<script>alert(1)</script>", "a script"),
      ("\\e[31m", "an escape in words"),
      ("^[[31m", "an escape as it is shown"), ("\\u001b[2J", "an escape of JSON, kept as text"),
      ("{\"a\": [", "half of a JSON text"), ("=cmd|'/c calc'!A1", "a formula"), ("null", "a word of JSON"),
      ("- [ ]: {}", "signs of YAML"), ("&anchor *alias", "more of them"),
      ("!!python/object", "a tag of YAML"),
      ("...", "the end of a YAML document"), ("…", "our own sign for what is cut"), ("▌", "our own cursor"),
      ("│ ● live 5s", "our own frame"), ("  ", "two spaces"), (" at both ends ", "spaces at both ends"),
      ("\u{FFFD}\u{FFFD}", "signs for what is no character"),
      ("a\u{0}b\u{0}", "the end of a C text in the middle"),
      ("\u{1F}\u{1E}", "signs that separate records"), ("~~~", "ends of ASCII"),
      ("^M", "a control in two signs"),
    ].map { HostileText($0, $1) }
}
