/// Images as people really make them: names and values that a program shows wrongly until it has met them.
enum OddImages {
  /// A name, if there is one, and properties.
  typealias Odd = (name: String?, properties: ImageProperties)

  /// One of each; the order is that of their appearance.
  static let all: [Odd] = [
    (nil, ["architecture": "x86_64", "description": "uploaded by a script that gave no name"]),
    ("Übungsrechner für Größe", ["os_distro": "debian", "description": "Straße, Grüße, naïve café"]),
    ("数据库服务器-黄金镜像", ["os_distro": "rocky", "description": "生产环境使用\n请勿删除"]),
    ("データ解析ノード v2", ["os_distro": "ubuntu", "maintainer": "田中 太郎"]),
    ("خادم الويب الرئيسي", ["os_distro": "almalinux", "description": "صورة للإنتاج"]),
    ("שרת בדיקות", ["os_distro": "debian", "mixed": "abc שלום 123"]),
    ("🚀 golden image 👩‍💻", ["os_distro": "fedora", "description": "emoji in the name"]),
    ("e\u{301}quipe re\u{301}seau", ["os_distro": "debian", "combining": "a\u{300}\u{301}\u{302}"]),
    (
      "bell\u{7}and\u{1B}[31mred\u{1B}[0m",
      ["os_distro": "alpine", "escape": "\u{1B}]0;title\u{7}\u{1B}[2J", "tab": "a\tb\tc"]
    ),
    ("two\nlines", ["os_distro": "debian", "description": "first line\nsecond line\n\nfourth line"]),
    ("overridden\u{202E}gpj.exe", ["os_distro": "windows", "bidi": "user\u{2066} // \u{2069}admin"]),
    ("  spaces at both ends  ", ["os_distro": "debian", "padded": "   ", "empty": ""]),
    (
      String(repeating: "a-very-long-name-", count: 15),
      ["os_distro": "debian", "long": String(repeating: "0123456789", count: 25)]
    ),
    (
      "volume-backed",
      ["mappings": #"[{"virtual": "ephemeral0", "device": "sdb"}, {"size": 9007199254740993}]"#]
    ),
    ("in:place,upgrade", ["os_distro": "debian", "auto_disk_config": "false"]),
    ("as many items as may be", many),
    ("keys made elsewhere", ["a/b": "slash", "größe": "umlaut", "100%": "per cent", "q?x": "question"]),
    ("auto-disk", ["auto_disk_config": "true", "os_distro": "windows", "vm_mode": "hvm"]),
  ]

  private static let many: ImageProperties = {
    var properties: ImageProperties = [:]
    for number in 0..<MetadataChange.limit { properties["item_\(number)"] = "value \(number)" }
    return properties
  }()
}
